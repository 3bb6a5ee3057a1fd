/** A small HTTPS server that stands for a service of a cloud; tests read what it was asked. */
import { once } from 'node:events';
import type { IncomingHttpHeaders } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Exchange {
  readonly method: string;
  /** Host as the client named it. */
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text, or what becomes JSON. */
  readonly body?: unknown;
}

export interface HttpsDouble {
  /** Such as `https://localhost:41234`. */
  readonly url: string;
  readonly port: number;
  /** All that was asked so far, in order. */
  readonly asked: Exchange[];
  close(): void;
}

export async function startHttps(
  { cert, key }: { readonly cert: string; readonly key: string },
  answer: (exchange: Exchange) => Answer | Promise<Answer>,
): Promise<HttpsDouble> {
  const asked: Exchange[] = [];
  const server = createServer({ cert, key }, async (request, response) => {
    const url = new URL(request.url ?? '/', `https://${request.headers.host}`);
    const { method = 'GET', headers } = request;
    const exchange = { method, url, headers, body: await text(request) };
    asked.push(exchange);
    const { status = 200, headers: told = {}, body = '' } = await answer(exchange);
    response.writeHead(status, {
      'content-type': typeof body === 'string' ? 'text/plain' : 'application/json',
      ...told,
    });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `https://localhost:${port}`,
    port,
    asked,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
