import { randomUUID } from 'node:crypto';
import {
  access,
  chmod,
  constants,
  copyFile,
  mkdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import { parseChecksumFile, sha256OfFile } from './checksum.ts';
import { programName } from './platforms.ts';
import type { Release } from './tool.ts';

/*
 * The runner's tool cache, in the layout of @actions/tool-cache (`find`, `cacheDir`):
 * `<cache>/<tool>/<version>/<arch>/` with `<arch>.complete` beside it, written last. By hand,
 * because that package loads an HTTP client (some 100 ms) and takes its folders from the
 * environment. Our marker is not empty: it is a checksum file of two lines, the verified download and
 * the program. So what another action made without verifying, what is of another archive or platform,
 * and what was half written or damaged since is not a hit. Reading the program costs some 50 ms, so
 * a third line holds its size and time: as long as they are the same, nobody has written it since.
 */

export interface CacheEntry {
  readonly binary: string;
  readonly marker: string;
  /** What was downloaded for it, as the publisher calls it. */
  readonly file: string;
}

/** `arch`: Node's name, as in the layout. */
export function cacheEntry(toolCache: string, release: Release, arch: string): CacheEntry {
  const { tool, version, platform } = release;
  const folder = path.join(toolCache, tool.name, version, arch);
  return {
    binary: path.join(folder, programName(tool.name, platform)),
    marker: `${folder}.complete`,
    file: tool.file(version, platform),
  };
}

/** Whether the entry is whole, and of a download with this hash; without one, of any verified. */
export async function isCached(entry: CacheEntry, pin: string | undefined): Promise<boolean> {
  const { binary, marker, file } = entry;
  try {
    const text = await readFile(marker, 'utf8');
    const download = parseChecksumFile(text, file);
    if (download === undefined || (pin !== undefined && download !== pin)) return false;
    await access(binary, constants.X_OK);
    if (text.includes(`\n${await toStamp(binary)}\n`)) return true;
    return (await sha256OfFile(binary)) === parseChecksumFile(text, path.basename(binary));
  } catch {
    return false;
  }
}

/**
 * Another job that uses or fills the same entry is not disturbed: a rename is atomic.
 * `download`: the sha256 of what the program came in. Throws what the file system says.
 */
export async function cacheBinary(
  entry: CacheEntry,
  binary: string,
  download: string,
): Promise<void> {
  const lines = `${download}  ${entry.file}\n${await sha256OfFile(binary)}  ${path.basename(entry.binary)}\n`;
  await mkdir(path.dirname(entry.binary), { recursive: true });
  await put(entry.binary, async (draft) => {
    await copyFile(binary, draft);
    await chmod(draft, 0o755);
  });
  const stamp = await toStamp(entry.binary);
  await put(entry.marker, (draft) => writeFile(draft, `${lines}${stamp}\n`));
}

/** Of a file as it is now. */
async function toStamp(file: string): Promise<string> {
  const { size, mtimeMs, ctimeMs } = await stat(file);
  return `# ${size} bytes, written ${mtimeMs}, changed ${ctimeMs}`;
}

async function put(target: string, write: (draft: string) => Promise<void>): Promise<void> {
  const draft = `${target}.${randomUUID()}`;
  try {
    await write(draft);
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw error;
  }
}
