import { type FileHandle, open } from 'node:fs/promises';
import { inflateRawSync } from 'node:zlib';

/*
 * As much of a zip reader as the npm packages' `layer.zip` needs: no zip64, no encryption.
 * Numbers are offsets and sizes of the format: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT §4.3.
 */

const END_SIZE = 22;
const END_SIGNATURE = 0x06054b50;
const CENTRAL_SIZE = 46;
const LOCAL_SIZE = 30;
const LONGEST_COMMENT = 0xffff;
const STORED = 0;

/** The content of one file in a zip. */
export async function readZipMember(zip: string, name: string): Promise<Buffer> {
  const file = await open(zip);
  try {
    const directory = await readCentralDirectory(file);
    for (let at = 0; at < directory.length; ) {
      const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) =>
        directory.readUInt16LE(at + offset),
      ) as [number, number, number];
      const nameAt = at + CENTRAL_SIZE;
      if (directory.toString('utf8', nameAt, nameAt + nameLength) === name) {
        return await readMember(file, directory.subarray(at, nameAt));
      }
      at = nameAt + nameLength + extraLength + commentLength;
    }
    throw new Error(`${zip} holds no ${name}`);
  } finally {
    await file.close();
  }
}

async function readCentralDirectory(file: FileHandle): Promise<Buffer> {
  const { size } = await file.stat();
  const tail = await read(file, Math.max(0, size - END_SIZE - LONGEST_COMMENT), size);
  let end = tail.length - END_SIZE;
  while (end >= 0 && tail.readUInt32LE(end) !== END_SIGNATURE) end -= 1;
  if (end < 0) throw new Error('not a zip: it has no end of central directory');
  const start = tail.readUInt32LE(end + 16);
  return read(file, start, start + tail.readUInt32LE(end + 12));
}

async function readMember(file: FileHandle, central: Buffer): Promise<Buffer> {
  const method = central.readUInt16LE(10);
  const compressed = central.readUInt32LE(20);
  const localAt = central.readUInt32LE(42);
  const local = await read(file, localAt, localAt + LOCAL_SIZE);
  const dataAt = localAt + LOCAL_SIZE + local.readUInt16LE(26) + local.readUInt16LE(28);
  const data = await read(file, dataAt, dataAt + compressed);
  return method === STORED ? data : inflateRawSync(data);
}

async function read(file: FileHandle, from: number, to: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(to - from), 0, to - from, from);
  if (bytesRead !== to - from) throw new Error('not a zip: it ends too early');
  return buffer;
}
