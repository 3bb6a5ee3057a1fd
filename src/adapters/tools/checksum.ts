import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

/** Bytes read at once; programs have 60 MB, and smaller pieces take longer. */
const CHUNK = 1024 * 1024;

export async function sha256OfFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file, { highWaterMark: CHUNK }), hash);
  return hash.digest('hex');
}

/**
 * The hash of a file in a checksum file: lines of `<sha256>  <name>`, as `sha256sum` writes them (`*`
 * before the name: read as binary), or one hash and nothing else. Undefined when it names none, such
 * as an error page.
 */
export function parseChecksumFile(text: string, file: string): string | undefined {
  if (/^[0-9a-f]{64}$/i.test(text.trim())) return text.trim().toLowerCase();
  for (const line of text.split('\n')) {
    const [, sha256, name] = /^([0-9a-f]{64}) [ *](.+)$/i.exec(line.trim()) ?? [];
    if (name === file) return sha256?.toLowerCase();
  }
  return undefined;
}
