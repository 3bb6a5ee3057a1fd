import { open, readFile } from 'node:fs/promises';
import path from 'node:path';
import { DeployError } from '../../errors.ts';
import { parseChecksumFile, sha256OfFile } from './checksum.ts';
import { download } from './download.ts';
import { type Item, locate, type Origin } from './origin.ts';
import { doing, type Release } from './tool.ts';
import { unpack } from './unpack.ts';

/** What one download is about. */
export interface Wanted extends Release {
  readonly origin: Origin;
  /** The hash that the download must have; undefined when this release of the action does not know it. */
  readonly pin: string | undefined;
}

/** A program that was verified. */
export interface Fetched {
  readonly binary: string;
  /** Of the download that it came in. */
  readonly sha256: string;
  readonly verifiedBy: 'pin' | 'checksum-file';
}

/** Downloads into the folder, verifies, and only then unpacks; nothing is executed. */
export async function fetchTool(
  wanted: Wanted,
  work: { readonly folder: string; readonly log: (line: string) => void },
): Promise<Fetched> {
  const { tool, version, platform, pin } = wanted;
  const file = tool.file(version, platform);
  const item = locate(wanted.origin, file);
  const target = path.join(work.folder, path.posix.basename(file));
  work.log(`${tool.name} ${version}: from ${item.shown}`);
  await download(item, target, { tool, doing: doing(wanted) });
  const sha256 = pin ?? (await readPublishedSha256(wanted, target));
  await verify(target, sha256, { wanted, item });
  work.log(`${tool.name} ${version}: its sha256 ${sha256} ${toProof(wanted)}`);
  const binary = await toBinary(target, wanted, work.folder);
  return { binary, sha256, verifiedBy: pin === undefined ? 'checksum-file' : 'pin' };
}

function checksumItem({ tool, version, platform, origin }: Wanted): Item {
  return locate(origin, tool.file(version, platform) + tool.checksum);
}

function toProof(wanted: Wanted): string {
  return wanted.pin === undefined
    ? `matches ${checksumItem(wanted).shown}; this release of the action pins none for ${wanted.platform}`
    : 'is the one pinned by this release of the action';
}

async function readPublishedSha256(wanted: Wanted, target: string): Promise<string> {
  const { tool } = wanted;
  const item = checksumItem(wanted);
  const file = target + tool.checksum;
  await download(item, file, { tool, doing: doing(wanted) });
  const name = path.basename(target);
  const text = await readFile(file, 'utf8');
  const sha256 = parseChecksumFile(text, name);
  if (sha256 !== undefined) return sha256;
  if (await isWebPage(file)) throw toWebPage(item, wanted);
  const message = `${doing(wanted)}: ${item.shown} names no sha256 of ${name}.`;
  const hint = `It must hold the line \`<sha256>  ${name}\`, or a sha256 alone, as the publisher's file does.`;
  throw new DeployError('tool-download-failed', message, { hint, said: text.slice(0, SAID) });
}

/** Characters of a foreign file that the log shows. */
const SAID = 2_000;

async function verify(
  file: string,
  expected: string,
  { wanted, item }: { readonly wanted: Wanted; readonly item: Item },
): Promise<void> {
  const actual = await sha256OfFile(file);
  if (actual === expected) return;
  if (await isWebPage(file)) throw toWebPage(item, wanted);
  const authority =
    wanted.pin === undefined ? checksumItem(wanted).shown : 'this release of the action';
  throw new DeployError(
    'tool-checksum-mismatch',
    `${doing(wanted)}: ${item.shown} has the sha256 ${actual}, but ${authority} says ${expected}.`,
    {
      hint:
        'Nothing was unpacked, cached or executed. Run the job again in case the download was damaged; if it stays, ' +
        `do not use this file: compare it with ${wanted.tool.page(wanted.version)}` +
        `${wanted.origin.kind === 'publisher' ? '' : ' and repair `tool-mirror`'}.`,
    },
  );
}

/** What a proxy or a mirror shows instead of the file, with status 200. */
async function isWebPage(file: string): Promise<boolean> {
  const opened = await open(file);
  try {
    const { buffer, bytesRead } = await opened.read(Buffer.alloc(512), 0, 512, 0);
    return /^\s*<(!doctype html|html|head|body)\b/i.test(buffer.toString('latin1', 0, bytesRead));
  } finally {
    await opened.close();
  }
}

function toWebPage(item: Item, wanted: Wanted): DeployError {
  const message = `${doing(wanted)}: ${item.shown} is a web page, not the file.`;
  const hint =
    item.kind === 'publisher'
      ? 'Something between this runner and the publisher answers in its place, such as a proxy that wants a login: set HTTPS_PROXY with a login, or `tool-mirror`.'
      : 'Open that address without being logged in: `tool-mirror` must give the files themselves, and a login it wants can stand in the URL.';
  return new DeployError('tool-download-failed', message, { hint });
}

async function toBinary(file: string, wanted: Wanted, folder: string): Promise<string> {
  const member = wanted.tool.member(wanted.platform);
  if (member === undefined) return file;
  const binary = await unpack(file, member, folder);
  if (binary !== undefined) return binary;
  const message = `${doing(wanted)}: ${path.basename(file)} holds no ${member}.`;
  const hint = "Use an archive in the publisher's layout.";
  throw new DeployError('tool-download-failed', message, { hint });
}
