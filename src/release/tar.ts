/** A regular file of an archive. */
export interface TarEntry {
  readonly path: string;
  readonly bytes: Uint8Array;
}

const BLOCK = 512;

/**
 * The regular files of a tar archive: POSIX ustar with prefix, pax and GNU long names, which is what
 * helm and tar write (https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html).
 * Throws an Error when the archive is cut off or broken.
 */
export function parseTar(archive: Uint8Array): TarEntry[] {
  const entries: TarEntry[] = [];
  let longName = '';
  for (let at = 0; at + BLOCK <= archive.length; ) {
    const header = archive.subarray(at, at + BLOCK);
    if (header.every((byte) => byte === 0)) break;
    const start = at + BLOCK;
    const size = octal(header, 124, 12);
    // A size that is no number, or is below zero, would lead nowhere or round and round.
    if (!(size >= 0)) throw new Error('the archive is broken');
    if (start + size > archive.length) throw new Error('the archive is cut off');
    const bytes = archive.subarray(start, start + size);
    const type = String.fromCharCode(header[156] ?? 0);
    const path = longName || nameOf(header);
    // Before POSIX a folder was a file whose name ends with a slash.
    if (isRegular(type) && !path.endsWith('/')) entries.push({ path, bytes });
    longName = longNameOf(type, bytes, longName);
    at = start + Math.ceil(size / BLOCK) * BLOCK;
  }
  return entries;
}

/** `7` is a contiguous file and NUL the mark before POSIX. */
function isRegular(type: string): boolean {
  return type === '0' || type === '\0' || type === '7';
}

/** The name that an entry gives to the one after it. Global pax headers (`g`) carry none. */
function longNameOf(type: string, bytes: Uint8Array, before: string): string {
  if (type === 'L') return text(bytes);
  if (type === 'x') return paxPath(bytes);
  return type === 'g' || type === 'K' ? before : '';
}

/** Records are `<length> <key>=<value>\n`, the length counting the whole record in bytes. */
function paxPath(bytes: Uint8Array): string {
  let path = '';
  for (let at = 0; at < bytes.length; ) {
    const length = Number.parseInt(text(bytes.subarray(at, at + 20)), 10);
    if (!(length > 0)) break;
    const record = text(bytes.subarray(at, at + length - 1));
    const value = /^\d+ path=([\s\S]*)$/.exec(record)?.[1];
    path = value ?? path;
    at += length;
  }
  return path;
}

function nameOf(header: Uint8Array): string {
  const name = text(header.subarray(0, 100));
  const prefix = text(header.subarray(345, 500));
  // Only POSIX has a prefix; old GNU archives keep times there.
  const isPosix = text(header.subarray(257, 263)) === 'ustar';
  return isPosix && prefix ? `${prefix}/${name}` : name;
}

function octal(header: Uint8Array, start: number, length: number): number {
  return Number.parseInt(text(header.subarray(start, start + length)).trim() || '0', 8);
}

function text(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return Buffer.from(end < 0 ? bytes : bytes.subarray(0, end)).toString('utf8');
}
