import { type Agent, type IncomingHttpHeaders, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { text } from 'node:stream/consumers';
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
      text(response).then((read) => resolve({ status, headers, text: read }), reject);
    });
    sent.once('error', reject);
    sent.end(body);
  });
}

function toTimeout(timeout: number): Error {
  const error = new Error(`no answer within ${timeout / 1000} s`);
  return Object.assign(error, { code: 'ETIMEDOUT' });
}
