import { randomUUID } from 'node:crypto';
import { lstat, mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { DeployError } from '../../errors.ts';
import { type CacheEntry, cacheBinary, cacheEntry, isCached } from './cache.ts';
import { parseChecksumFile, sha256OfFile } from './checksum.ts';
import { download } from './download.ts';
import { type Item, locate, type Origin, parseOrigin } from './origin.ts';
import { archiveName, binaryName, type HelmPlatform, toHelmPlatform } from './platforms.ts';
import { chooseHelmVersion, pinnedSha256 } from './versions.ts';

export interface ToolRequest {
  /** As the user wrote it; empty: the default of this release of the action. */
  version: string;
  /** A URL or an absolute folder in the publisher's layout. */
  mirror?: string | undefined;
  platform?: NodeJS.Platform;
  arch?: string;
  /** The runner's `RUNNER_TOOL_CACHE` and `RUNNER_TEMP`. */
  toolCache: string;
  temp: string;
  log: (line: string) => void;
}

export interface InstalledTool {
  /** Of the binary. */
  path: string;
  /** Such as `4.3.0`. */
  version: string;
  verifiedBy: 'pin' | 'checksum-file' | 'tool-cache';
}

/** What one install is about. */
interface Wanted {
  readonly version: string;
  readonly platform: HelmPlatform;
  readonly archive: string;
  /** The hash that the archive must have; undefined when this release of the action does not know it. */
  readonly pin: string | undefined;
  readonly origin: Origin;
}

/** From the tool cache, or downloaded, verified, and only then unpacked and cached; not executed. */
export async function installHelm(request: ToolRequest): Promise<InstalledTool> {
  const { platform: os = process.platform, arch = process.arch, log } = request;
  const version = chooseHelmVersion(request.version);
  const origin = parseOrigin(request.mirror);
  const platform = toHelmPlatform(os, arch);
  const wanted = {
    version,
    platform,
    origin,
    archive: archiveName(version, platform),
    pin: pinnedSha256(version, platform),
  };

  const entry = cacheEntry(request.toolCache, { version, arch, binary: binaryName(platform) });
  if (await isCached(entry, wanted.pin)) {
    log(`helm ${version}: found in the tool cache`);
    return { path: entry.binary, version, verifiedBy: 'tool-cache' };
  }
  const folder = path.join(request.temp, `helm-${randomUUID()}`);
  await mkdir(folder, { recursive: true });
  try {
    const verifiedBy = await installInto(entry, wanted, { folder, log });
    return { path: entry.binary, version, verifiedBy };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function installInto(
  entry: CacheEntry,
  wanted: Wanted,
  work: { folder: string; log: (line: string) => void },
): Promise<'pin' | 'checksum-file'> {
  const item = locate(wanted.origin, wanted.archive);
  const archive = path.join(work.folder, wanted.archive);
  work.log(`helm ${wanted.version}: from ${item.shown}`);
  await download(item, archive, doing(wanted));
  const sha256 = wanted.pin ?? (await readPublishedSha256(wanted, work.folder));
  await verify(archive, sha256, { wanted, item });
  work.log(
    wanted.pin === undefined
      ? `helm ${wanted.version}: not pinned for ${wanted.platform} by this release of the action; ` +
          `its sha256 ${sha256} matches ${checksumFile(wanted).shown}`
      : `helm ${wanted.version}: its sha256 ${sha256} is the one pinned by this release of the action`,
  );
  await cacheBinary(entry, await unpack(archive, wanted, work.folder), sha256);
  return wanted.pin === undefined ? 'checksum-file' : 'pin';
}

function doing(wanted: Wanted): string {
  return `Installing helm ${wanted.version}`;
}

function checksumFile(wanted: Wanted): Item {
  return locate(wanted.origin, `${wanted.archive}.sha256sum`);
}

async function readPublishedSha256(wanted: Wanted, folder: string): Promise<string> {
  const item = checksumFile(wanted);
  const file = path.join(folder, 'sha256sum');
  await download(item, file, doing(wanted));
  const sha256 = parseChecksumFile(await readFile(file, 'utf8'), wanted.archive);
  if (sha256 === undefined) {
    throw new DeployError(
      'tool-download-failed',
      `${doing(wanted)}: ${item.shown} names no sha256 of ${wanted.archive}.`,
      {
        hint: `It must hold the line \`<sha256>  ${wanted.archive}\`, as the publisher's file does.`,
      },
    );
  }
  return sha256;
}

async function verify(
  archive: string,
  expected: string,
  { wanted, item }: { wanted: Wanted; item: Item },
): Promise<void> {
  const actual = await sha256OfFile(archive);
  if (actual === expected) return;
  const authority =
    wanted.pin === undefined ? checksumFile(wanted).shown : 'this release of the action';
  throw new DeployError(
    'tool-checksum-mismatch',
    `${doing(wanted)}: ${item.shown} has the sha256 ${actual}, but ${authority} says ${expected}.`,
    {
      hint:
        'Nothing was unpacked, cached or executed. Run the job again in case the download was damaged; if it stays, ' +
        `do not use this archive: compare it with https://github.com/helm/helm/releases/tag/v${wanted.version}` +
        `${wanted.origin.kind === 'publisher' ? '' : ' and repair `tool-mirror`'}.`,
    },
  );
}

/** The path of the unpacked binary: `<platform>/helm` in the publisher's archives. */
async function unpack(archive: string, wanted: Wanted, folder: string): Promise<string> {
  const { extractTar, extractZip } = await import('@actions/tool-cache');
  const extract = archive.endsWith('.zip') ? extractZip : extractTar;
  const unpacked = await extract(archive, path.join(folder, 'unpacked'));
  const member = path.join(wanted.platform, binaryName(wanted.platform));
  const binary = path.join(unpacked, member);
  const found = await lstat(binary).catch(() => undefined);
  if (!found?.isFile()) {
    throw new DeployError(
      'tool-download-failed',
      `${doing(wanted)}: ${wanted.archive} holds no ${member}.`,
      {
        hint: "Use an archive in the publisher's layout.",
      },
    );
  }
  return binary;
}
