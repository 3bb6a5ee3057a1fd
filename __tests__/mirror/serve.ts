import { readFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

/**
 * What to answer instead of the file: a status, half of the announced bytes and then a broken
 * connection, half of them as if they were all, a web page, or the same file at another address.
 */
export type Fault = number | 'break' | 'truncate' | 'page' | 'redirect';

export interface MirrorServer {
  /** With a path prefix, as mirrors in a company have one. */
  readonly url: string;
  /** Paths below the prefix, in the order of arrival. */
  readonly requests: readonly string[];
  /** The header `Authorization` of each. */
  readonly logins: readonly (string | undefined)[];
  close(): Promise<void>;
}

const PREFIX = '/artifacts/tools';
/** A web page such as the login of a proxy. */
const PAGE = '<!DOCTYPE html>\n<html><body>Please sign in</body></html>';

/** Serves a folder in the publishers' layouts on 127.0.0.1; `fault` may spoil the nth request (from 0). */
export async function serveMirror(
  folder: string,
  fault: (nth: number, name: string) => Fault | undefined = () => undefined,
): Promise<MirrorServer> {
  const requests: string[] = [];
  const logins: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
    const name = pathname.startsWith(`${PREFIX}/`) ? pathname.slice(PREFIX.length + 1) : '';
    const spoiled = fault(requests.length, name);
    requests.push(name);
    logins.push(request.headers.authorization);
    answer(response, path.join(folder, name), spoiled).catch(() => {
      response.writeHead(404).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${PREFIX}`,
    requests,
    logins,
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
  if (fault === 'page') {
    response.writeHead(200, { 'content-type': 'text/html' }).end(PAGE);
    return;
  }
  if (fault === 'redirect') {
    response.writeHead(302, { location: `${response.req.url}?elsewhere` }).end();
    return;
  }
  const content = await readFile(file);
  const half = content.subarray(0, content.length / 2);
  if (fault === 'truncate') {
    response.writeHead(200).end(half);
    return;
  }
  response.writeHead(200, { 'content-length': content.length });
  if (fault === undefined) response.end(content);
  else response.write(half, () => response.destroy());
}
