/* The room is pure, so node:path is not at hand; inputs use `/`, which Windows understands as well. */

/**
 * The absolute path that a path written in an input means; `.` and `..` are resolved. On Windows it
 * starts with a drive, or as `//server/share`.
 */
export function resolvePath(directory: string, path: string): string {
  const isAbsolute = /^([\\/]|[A-Za-z]:[\\/])/.test(path);
  const absolute = isAbsolute ? path : `${directory.replace(/[\\/]$/, '')}/${path}`;
  const slashed = absolute.replaceAll('\\', '/');
  const [, root, rest] = /^([A-Za-z]:|\/(?=\/[^/]))?(.*)$/s.exec(slashed) ?? [];
  const kept: string[] = [];
  for (const part of (rest ?? '').split('/')) {
    if (part === '..') kept.pop();
    else if (part !== '' && part !== '.') kept.push(part);
  }
  return `${root ?? ''}/${kept.join('/')}`;
}

/** The path as seen from a folder, the way annotations and messages want it; unchanged when outside. */
export function toRelative(directory: string, path: string): string {
  const folder = resolvePath(directory, '.');
  const absolute = resolvePath(directory, path);
  return absolute.startsWith(`${folder}/`) ? absolute.slice(folder.length + 1) : absolute;
}

/** Of an absolute path. */
export function folderOf(path: string): string {
  const folder = path.slice(0, path.lastIndexOf('/'));
  return /^([A-Za-z]:)?$/.test(folder) ? `${folder}/` : folder;
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
