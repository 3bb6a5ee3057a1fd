/** The few requests to the API server that a cluster and its tests need. */
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';
import type { Connection } from './kubeconfig.ts';

export interface Answer {
  readonly status: number;
  /** The parsed JSON, or the text where it is none (logs, /readyz). */
  // biome-ignore lint/suspicious/noExplicitAny: any object of the API
  readonly body: any;
}

export interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly body?: object;
}

/** Something that takes connections and never answers is not our API server. */
const patience = 30_000;

/** The answer as it comes; rejects only when there is none. */
export async function call(connection: Connection, path: string, options: Call = {}) {
  const signal = AbortSignal.timeout(patience);
  const response = await open(connection, path, { ...options, signal });
  const body = await text(response);
  const isJson = response.headers['content-type']?.includes('json');
  return { status: response.statusCode ?? 0, body: isJson ? JSON.parse(body) : body } as Answer;
}

/** The response as a stream, for logs that are followed. */
export async function open(
  connection: Connection,
  path: string,
  { method = 'GET', body, signal }: Call & { readonly signal?: AbortSignal } = {},
): Promise<IncomingMessage> {
  const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
  const outgoing = request(new URL(path, connection.server), {
    method,
    agent: connection.agent,
    ...(signal && { signal }),
    headers: {
      ...(connection.token && { authorization: `Bearer ${connection.token}` }),
      ...(body && { 'content-type': type }),
    },
  });
  outgoing.end(body && JSON.stringify(body));
  const [response] = await once(outgoing, 'response');
  return response;
}

/** Creates the object; one that is there already is as good. */
export async function create(connection: Connection, path: string, object: object): Promise<void> {
  const { status, body } = await call(connection, path, { method: 'POST', body: object });
  if (status < 300 || status === 409) return;
  throw new Error(
    `Creating an object at ${path} of ${connection.server} was refused: ${status} ${body.message ?? body}`,
  );
}
