import { readFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

/** What to answer instead of the file: a status, or half of the announced bytes and then a broken connection. */
export type Fault = number | 'break';

export interface MirrorServer {
  /** With a path prefix, as mirrors in a company have one. */
  readonly url: string;
  /** Paths below the prefix, in the order of arrival. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

const PREFIX = '/artifacts/helm';

/** Serves a folder in the publisher's layout on 127.0.0.1; `fault` may spoil the nth request (from 0). */
export async function serveMirror(
  folder: string,
  fault: (nth: number, name: string) => Fault | undefined = () => undefined,
): Promise<MirrorServer> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
    const name = pathname.startsWith(`${PREFIX}/`) ? pathname.slice(PREFIX.length + 1) : '';
    const spoiled = fault(requests.length, name);
    requests.push(name);
    answer(response, path.join(folder, path.basename(name)), spoiled).catch(() => {
      response.writeHead(404).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${PREFIX}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Rejects when there is no such file. */
async function answer(
  response: ServerResponse,
  file: string,
  fault: Fault | undefined,
): Promise<void> {
  if (typeof fault === 'number') {
    response.writeHead(fault).end();
    return;
  }
  const content = await readFile(file);
  response.writeHead(200, { 'content-length': content.length });
  if (fault === undefined) response.end(content);
  else response.write(content.subarray(0, content.length / 2), () => response.destroy());
}
