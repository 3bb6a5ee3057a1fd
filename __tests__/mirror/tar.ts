import { gzipSync } from 'node:zlib';

/** POSIX ustar: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html, "ustar Interchange Format". */
const BLOCK = 512;

export interface TarMember {
  /** At most 100 bytes. */
  readonly name: string;
  readonly content: Buffer;
  readonly executable?: boolean;
}

/** A `.tar.gz` that depends on nothing but its members: same members, same bytes. */
export function toTarGz(members: readonly TarMember[]): Buffer {
  const blocks = members.flatMap(({ name, content, executable = false }) => [
    header(name, content.length, executable ? 0o755 : 0o644),
    content,
    Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK),
  ]);
  // Level 1: the archives are read once or twice; speed counts, size does not.
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK)]), { level: 1 });
}

function header(name: string, size: number, mode: number): Buffer {
  const block = Buffer.alloc(BLOCK);
  block.write(name, 0, 100);
  block.write(octal(mode, 8), 100);
  block.write(octal(0, 8), 108); // owner
  block.write(octal(0, 8), 116); // group
  block.write(octal(size, 12), 124);
  block.write(octal(0, 12), 136); // modified
  block.write(' '.repeat(8), 148); // the checksum counts as spaces while it is made
  block.write('0', 156); // a file
  block.write('ustar\u000000', 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\u0000 `, 148);
  return block;
}

function octal(value: number, width: number): string {
  return `${value.toString(8).padStart(width - 1, '0')}\u0000`;
}
