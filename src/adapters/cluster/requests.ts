import type { IncomingMessage } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { ApiError } from '../../ports.ts';
import { type Answer, exchange, type HttpRequest, readText } from './http.ts';
import type { Identity } from './identity.ts';

/** Requests with the few retries that are safe. All throw `ApiError`. */
export interface Requests {
  /** The text of the answer. */
  send(request: ApiRequest): Promise<string>;
  /** The answer as it comes; the first try counts, the caller starts again. */
  open(request: ApiRequest & { readonly silence: number }): Promise<IncomingMessage>;
}

export type ApiRequest = Omit<HttpRequest, 'silence' | 'use'>;

/** Milliseconds of silence: a read takes less, a write may wait for admission webhooks (30 s each at most). */
const SILENCE = { read: 20_000, write: 60_000 } as const;
/** Milliseconds before the second and the third try of a read. */
const BACKOFF = [250, 1_000] as const;
/** How often a throttled request (429: nothing was done) is tried again, and seconds to wait at most. */
const THROTTLED = { tries: 5, longest: 10 } as const;
/** What a moment later may be over. A wrong name or certificate, or silence, is not. */
const PASSING = new Set(['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ETIMEDOUT', 'EAI_AGAIN']);

export function createRequests(identity: Identity): Requests {
  async function send(request: ApiRequest, attempt = 0): Promise<string> {
    const silence = request.method === 'GET' ? SILENCE.read : SILENCE.write;
    const answer = await attemptOnce(identity, { ...request, silence, use: 'request' });
    if (answer.type === 'text') return answer.text;
    const delay = delayBeforeRetry(answer, request, attempt);
    if (delay === undefined || request.signal?.aborted) throw answer.error;
    if (answer.error.status === 401) identity.forget();
    await wait(delay);
    return send(request, attempt + 1);
  }

  return {
    send,
    async open(request) {
      const answer = await exchange(identity, { ...request, use: 'watch' });
      if (answer.type === 'success') return answer.response;
      if (answer.error.status === 401) identity.forget();
      throw answer.error;
    },
  };
}

type Refused = Extract<Answer, { readonly type: 'refused' }>;

async function attemptOnce(
  identity: Identity,
  request: HttpRequest,
): Promise<Refused | { readonly type: 'text'; readonly text: string }> {
  try {
    const answer = await exchange(identity, request);
    if (answer.type === 'refused') return answer;
    return { type: 'text', text: await readText(answer.response) };
  } catch (error) {
    if (error instanceof ApiError) return { type: 'refused', error, retryAfter: undefined };
    throw error;
  }
}

/** Milliseconds; undefined: not again. A write is repeated only when it certainly was not done. */
function delayBeforeRetry(
  { error, retryAfter }: Refused,
  { method }: ApiRequest,
  attempt: number,
): number | undefined {
  // A token may have been renewed a moment ago.
  if (error.status === 401) return attempt === 0 ? 0 : undefined;
  if (error.status === 429) {
    // An eviction that a disruption budget forbids also says 429, but we do not evict.
    const seconds = Math.min(retryAfter ?? 1, THROTTLED.longest);
    return attempt < THROTTLED.tries ? seconds * 1000 : undefined;
  }
  return method === 'GET' && isPassing(error) ? BACKOFF[attempt] : undefined;
}

function isPassing(error: ApiError): boolean {
  if (error.status !== 0) return error.status >= 500;
  const code = (error.cause as NodeJS.ErrnoException | undefined)?.code;
  return code !== undefined && PASSING.has(code);
}
