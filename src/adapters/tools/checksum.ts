import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

export async function sha256OfFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/**
 * The hash of an archive in the publisher's `.sha256sum` file: lines of `<sha256>  <name>`, as
 * `sha256sum` writes them (`*` before the name: read as binary). Undefined when no line names the
 * archive, such as in an error page.
 */
export function parseChecksumFile(text: string, archive: string): string | undefined {
  for (const line of text.split('\n')) {
    const [, sha256, name] = /^([0-9a-f]{64}) [ *](.+)$/i.exec(line.trim()) ?? [];
    if (name === archive) return sha256?.toLowerCase();
  }
  return undefined;
}
