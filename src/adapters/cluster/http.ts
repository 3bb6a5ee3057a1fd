import type { ClientRequest, IncomingMessage } from 'node:http';
import { request as requestPlain } from 'node:http';
import { request as requestTls } from 'node:https';
import type { Socket } from 'node:net';
import { text as readAll } from 'node:stream/consumers';
import { ApiError } from '../../ports.ts';
import { toApiError, toNetworkError } from './answer.ts';
import type { Identity, Use } from './identity.ts';

/** One HTTP request, without opinions: no retries, no JSON. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path and query below the server's address. */
  readonly path: string;
  /** JSON text. */
  readonly body?: string;
  readonly contentType?: string;
  readonly signal?: AbortSignal;
  /** Milliseconds of silence after which the connection counts as dead. */
  readonly silence: number;
  readonly use: Use;
}

/**
 * Milliseconds for a connection to come to be, TLS and a proxy's tunnel included: what a firewall drops
 * is told soon. A lost packet is sent again after 1, 3 and 7 s.
 */
const CONNECT = 8_000;

export type Answer =
  | { readonly type: 'success'; readonly response: IncomingMessage }
  /** `retryAfter`: seconds that the server asks us to wait, if it does. */
  | { readonly type: 'refused'; readonly error: ApiError; readonly retryAfter: number | undefined };

/** Resolves with the head of an answer. Throws `ApiError` with status 0 when there is none. */
export async function exchange(identity: Identity, request: HttpRequest): Promise<Answer> {
  const options = await identity.options(request.use);
  const url = new URL(identity.server + request.path);
  const open = url.protocol === 'http:' ? requestPlain : requestTls;
  const client = open(url, {
    ...options,
    method: request.method,
    timeout: Math.min(CONNECT, request.silence),
    ...(request.signal ? { signal: request.signal } : {}),
    headers: {
      ...options.headers,
      Accept: 'application/json',
      'User-Agent': 'slipway',
      ...(request.body === undefined
        ? {}
        : {
            'Content-Type': request.contentType ?? 'application/json',
            'Content-Length': Buffer.byteLength(request.body),
          }),
    },
  });
  const response = await headOf(client, request);
  const status = response.statusCode ?? 0;
  if (status >= 200 && status < 300) return { type: 'success', response };
  const retryAfter = Number(response.headers['retry-after'] ?? Number.NaN);
  return {
    type: 'refused',
    error: toApiError(status, await readText(response)),
    retryAfter: Number.isFinite(retryAfter) ? retryAfter : undefined,
  };
}

/** Throws `ApiError` with status 0 when the connection breaks on the way. */
export async function readText(response: IncomingMessage): Promise<string> {
  try {
    return await readAll(response);
  } catch (error) {
    throw toNetworkError(error);
  }
}

/** Calls back for every line until the server ends the answer; throws like `readText`. */
export async function readLines(
  response: IncomingMessage,
  onLine: (line: string) => void,
): Promise<void> {
  // An open watch is no reason for the process to stay; agents `ref` a socket when they use it again.
  response.socket.unref();
  response.setEncoding('utf8');
  let rest = '';
  for await (const chunk of brokenAsApiError(response)) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line !== '') onLine(line);
  }
}

async function* brokenAsApiError(response: IncomingMessage): AsyncGenerator<string> {
  try {
    for await (const chunk of response) yield chunk as string;
  } catch (error) {
    throw toNetworkError(error);
  }
}

function headOf(client: ClientRequest, { body, silence }: HttpRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    let late = `no connection within ${CONNECT / 1000} s`;
    client.once('response', resolve);
    // Stays for the life of the request: a connection may break more than once.
    client.on('error', (error) => reject(toNetworkError(error)));
    client.once('socket', (socket) => {
      onceConnected(socket, () => {
        late = `the API server was silent for ${silence / 1000} s`;
        client.setTimeout(silence);
      });
    });
    client.once('timeout', () => client.destroy(new ApiError(0, 'Timeout', late)));
    client.end(body);
  });
}

/** A connection that is used again, or comes from a proxy's agent, is there already. */
function onceConnected(socket: Socket, then: () => void): void {
  if (!socket.connecting) then();
  else socket.once('encrypted' in socket ? 'secureConnect' : 'connect', then);
}
