import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';

/** An API server that gives the answers that a real one cannot be made to give. */
export interface ApiDouble {
  /** Path of a kubeconfig for it. */
  readonly kubeconfig: string;
  /** A folder that goes with it. */
  readonly folder: string;
  readonly requests: readonly Received[];
  close(): void;
}

export interface Received {
  /** `GET /api/v1/pods?limit=500`. */
  readonly line: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** Gets the request, and how many of the same line came before. */
export type Answering = (response: ServerResponse, request: Received, nth: number) => void;

export async function startApi(answer: Answering, user: object = {}): Promise<ApiDouble> {
  const requests: Received[] = [];
  const server = createServer(async (incoming, response) => {
    const line = `${incoming.method} ${incoming.url}`;
    const request = { line, headers: incoming.headers, body: await text(incoming) };
    const nth = requests.filter((each) => each.line === line).length;
    requests.push(request);
    answer(response, request, nth);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const folder = mkdtempSync(path.join(tmpdir(), 'slipway-api-'));
  const kubeconfig = path.join(folder, 'kubeconfig.json');
  const { port } = server.address() as AddressInfo;
  writeFileSync(kubeconfig, JSON.stringify(toKubeconfig(`http://127.0.0.1:${port}/prefix`, user)));
  return {
    kubeconfig,
    folder,
    requests,
    close() {
      server.closeAllConnections();
      server.close();
      rmSync(folder, { recursive: true });
    },
  };
}

export function toKubeconfig(server: string, user: object, cluster: object = {}): object {
  return {
    'current-context': 'x',
    contexts: [{ name: 'x', context: { cluster: 'x', user: 'x' } }],
    clusters: [{ name: 'x', cluster: { server, ...cluster } }],
    users: [{ name: 'x', user }],
  };
}

export function succeed(response: ServerResponse, body: unknown): void {
  response.writeHead(200).end(JSON.stringify(body));
}

export function refuse(
  response: ServerResponse,
  code: number,
  extra: { readonly reason?: string; readonly retryAfter?: number } = {},
): void {
  const { reason = 'Some', retryAfter } = extra;
  response
    .writeHead(code, retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) })
    .end(JSON.stringify({ kind: 'Status', code, reason, message: `refused with ${code}` }));
}
