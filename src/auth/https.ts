import { type Agent, type IncomingHttpHeaders, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { toProxyRefusal } from './proxy-agent.ts';

export interface TextRequest {
  readonly url: URL;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  /** Empty: none. */
  readonly body: string;
  /** As of `createProxyAgent`. */
  readonly agent: Agent;
  readonly signal: AbortSignal;
  /** Milliseconds that the whole exchange may take. */
  readonly timeout: number;
}

export interface TextAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Bytes: far more than any service of a login says; an answer without an end would fill the memory. */
const LARGEST = 8 * 1024 * 1024;

/**
 * One request, without retries or redirects; every status is an answer.
 * @throws an error with Node's `code` when nothing answers (`ETIMEDOUT` after the timeout), `DeployError`
 * `proxy-refused`, and the signal's reason on abort
 */
export async function requestText(request: TextRequest): Promise<TextAnswer> {
  const limit = AbortSignal.timeout(request.timeout);
  try {
    return await send(request, AbortSignal.any([request.signal, limit]));
  } catch (error) {
    request.signal.throwIfAborted();
    if (limit.aborted) throw toTimeout(request.timeout);
    throw toProxyRefusal(error) ?? error;
  }
}

async function send(
  { url, method, headers, body, agent }: TextRequest,
  signal: AbortSignal,
): Promise<TextAnswer> {
  const start = url.protocol === 'http:' ? requestHttp : requestHttps;
  return new Promise((resolve, reject) => {
    const sent = start(url, { method, headers, agent, signal }, (response) => {
      const { statusCode: status = 0, headers } = response;
      const resolveText = (bytes: Buffer) =>
        resolve({ status, headers, text: new TextDecoder().decode(bytes) });
      readWhole(response).then(resolveText, reject);
    });
    sent.once('error', reject);
    sent.end(body);
  });
}

/** @throws when the answer breaks off, or is larger than any that is meant for us */
export async function readWhole(answer: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of answer) {
    size += chunk.length;
    if (size > LARGEST) throw new Error(`the answer is larger than ${LARGEST / 1024 / 1024} MB`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

export function toTimeout(timeout: number): Error {
  const error = new Error(`no answer within ${timeout / 1000} s`);
  return Object.assign(error, { code: 'ETIMEDOUT' });
}
