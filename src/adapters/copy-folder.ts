import { copyFileSync, existsSync, mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';

/**
 * Copies the files of a folder to below `into`, and links what the relative paths of `beside` lead to,
 * so that they lead there from the copy too: helm reads `file://../library` from where the chart is.
 * Returns the path of the copy, which has the folder's name.
 */
export function copyFolder(request: {
  readonly folder: string;
  /** Its files. */
  readonly files: readonly string[];
  readonly into: string;
  readonly beside: readonly string[];
}): string {
  const { folder, files, into, beside } = request;
  const copy = path.join(into, ...toParents(folder, beside), path.basename(folder));
  for (const file of files) {
    const name = path.relative(folder, file);
    // Of a chart at the root of a repository.
    if (name.split(path.sep)[0] === '.git') continue;
    const target = path.join(copy, name);
    mkdirSync(path.dirname(target), { recursive: true });
    copyFileSync(file, target);
  }
  for (const written of beside) {
    const [original, link] = [path.resolve(folder, written), path.resolve(copy, written)];
    // A path may climb beyond the root: there is nothing, and above the copies is no place of ours.
    if (!link.startsWith(into + path.sep) || existsSync(link) || !existsSync(original)) continue;
    mkdirSync(path.dirname(link), { recursive: true });
    // A junction is what Windows lets anybody make.
    symlinkSync(original, link, 'junction');
  }
  return copy;
}

/** As many folders above the copy as the paths climb, but one: the last is `into` itself. */
function toParents(folder: string, beside: readonly string[]): readonly string[] {
  const climbs = beside.map((written) => {
    const parts = path.relative(folder, path.resolve(folder, written)).split(path.sep);
    return parts.filter((part) => part === '..').length;
  });
  const count = Math.max(0, ...climbs.map((climb) => climb - 1));
  return count === 0 ? [] : path.dirname(folder).split(path.sep).filter(Boolean).slice(-count);
}
