import { lstat, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { parseTar } from '../../release/tar.ts';

const unzip = promisify(gunzip);

/** Writes the one file of a verified archive that is wanted, and returns its path; undefined: not in it. */
export function unpack(
  archive: string,
  member: string,
  folder: string,
): Promise<string | undefined> {
  const unpackOne = archive.endsWith('.zip') ? unpackZip : unpackTar;
  return unpackOne(archive, member, folder);
}

/**
 * By ourselves: the `extractTar` of @actions/tool-cache writes its commands into the job's log and
 * wants a `tar` on PATH.
 */
async function unpackTar(
  archive: string,
  member: string,
  folder: string,
): Promise<string | undefined> {
  const entries = parseTar(await unzip(await readFile(archive)));
  const found = entries.find((entry) => entry.path === member);
  if (!found) return undefined;
  const file = path.join(folder, path.posix.basename(member));
  await writeFile(file, found.bytes);
  return file;
}

/** For Windows, by its PowerShell. */
async function unpackZip(
  archive: string,
  member: string,
  folder: string,
): Promise<string | undefined> {
  const { extractZip } = await import('@actions/tool-cache');
  const file = path.join(await extractZip(archive, path.join(folder, 'unpacked')), member);
  const found = await lstat(file).catch(() => undefined);
  return found?.isFile() ? file : undefined;
}
