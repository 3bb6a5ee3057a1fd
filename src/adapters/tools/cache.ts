import { randomUUID } from 'node:crypto';
import { chmod, copyFile, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';

/*
 * The runner's tool cache, in the layout of @actions/tool-cache (`find`, `cacheDir`):
 * `<cache>/<tool>/<version>/<arch>/` with `<arch>.complete` beside it, written last. By hand,
 * because that package loads an HTTP client (some 100 ms) and takes its folders from the
 * environment. Our marker is not empty: it holds the verified sha256 of the archive. So an entry
 * that another action made without verifying, or that is not of the pinned archive, is not a hit.
 */

export interface CacheEntry {
  readonly binary: string;
  readonly marker: string;
}

export function cacheEntry(
  toolCache: string,
  tool: { version: string; arch: string; binary: string },
): CacheEntry {
  const folder = path.join(toolCache, 'helm', tool.version, tool.arch);
  return { binary: path.join(folder, tool.binary), marker: `${folder}.complete` };
}

/** Whether the entry is complete, and of an archive with this hash; without one, of any verified. */
export async function isCached(entry: CacheEntry, sha256: string | undefined): Promise<boolean> {
  const marked = await readFile(entry.marker, 'utf8').catch(() => '');
  if (!/^[0-9a-f]{64}\n$/.test(marked)) return false;
  if (sha256 !== undefined && marked.trim() !== sha256) return false;
  return stat(entry.binary).then(
    (found) => found.isFile(),
    () => false,
  );
}

/** Another job that uses or fills the same entry is not disturbed: a rename is atomic. */
export async function cacheBinary(entry: CacheEntry, file: string, sha256: string): Promise<void> {
  await mkdir(path.dirname(entry.binary), { recursive: true });
  await rm(entry.marker, { force: true });
  const draft = `${entry.binary}.${randomUUID()}`;
  await copyFile(file, draft);
  await chmod(draft, 0o755);
  await rename(draft, entry.binary);
  await writeFile(entry.marker, `${sha256}\n`);
}
