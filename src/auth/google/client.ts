import type { Agent } from 'node:http';
import { gaxios } from 'google-auth-library';
import { type JsonMap, parseJsonMap } from '../../release/json.ts';
import type { AuthWorld } from '../access.ts';
import { requestText, type TextAnswer } from '../https.ts';
import { createProxyAgent } from '../proxy-agent.ts';
import { judgeHttp, type Passing, StatusError, withRetries } from '../retry.ts';
import { parseRefusal } from './refusal.ts';
import { type Service, toServiceUrl } from './services.ts';

/** The way to one of Google's clouds. */
export interface Google {
  readonly world: AuthWorld;
  readonly universe: string;
  readonly agent: Agent;
}

export function connectGoogle(universe: string, world: AuthWorld): Google {
  return { world, universe, agent: createProxyAgent(world.environment) };
}

/** Address of a service, or of something in it. */
export function toAddress(google: Google, service: Service, path = ''): string {
  const { universe, world } = google;
  return `${toServiceUrl(service, { universe, environment: world.environment })}${path}`;
}

export interface JsonRequest {
  /** As the log calls who is asked. */
  readonly service: string;
  readonly url: string;
  readonly bearer: string;
  /** Makes it a POST. */
  readonly body?: JsonMap;
}

/**
 * Asks one of Google's REST services, again when the failure may pass.
 * @throws StatusError for a refusal, RetriesEnded, and as `requestText`
 */
export async function requestJson(request: JsonRequest, google: Google): Promise<JsonMap> {
  const { url, bearer, body } = request;
  const answer = await withPatience(request.service, google, () =>
    requestSuccess(
      {
        url: new URL(url),
        method: body ? 'POST' : 'GET',
        headers: {
          accept: 'application/json',
          authorization: `Bearer ${bearer}`,
          ...(body && { 'content-type': 'application/json' }),
        },
        body: body ? JSON.stringify(body) : '',
      },
      google,
    ),
  );
  const told = parseJsonMap(answer.text);
  if (!told) throw new Error(NO_JSON);
  return told;
}

const NO_JSON = 'what answered in its place is no service of Google (no JSON)';

/** Retries of what may pass, of our own requests and of the library's. */
export function withPatience<T>(
  service: string,
  { world }: Google,
  attempt: () => Promise<T>,
): Promise<T> {
  const judge = (error: unknown) => judgeGoogle(error, world.clock.now());
  return withRetries({ service, world, judge }, async () => {
    try {
      return await attempt();
    } catch (error) {
      throw unwrap(error);
    }
  });
}

/** The library's own transport over our requests: our proxy's rules, our timeouts, no retries, no log. */
export function createTransporter(google: Google): gaxios.Gaxios {
  const transporter = new gaxios.Gaxios({
    // Never used, but without one the library looks for a proxy by rules of its own.
    agent: google.agent,
    async fetchImplementation(input, init = {}) {
      const { method = 'GET', headers, body = '' } = init;
      const request = {
        url: redirect(new URL(String(input)), google),
        method: method === 'POST' ? method : 'GET',
        headers: Object.fromEntries(new Headers(headers)),
        body: String(body ?? ''),
      } as const;
      const { text, status, headers: told } = await requestSuccess(request, google);
      const type = told['content-type'] ?? 'text/plain';
      return new Response(text, { status, headers: { 'content-type': type } });
    },
  });
  transporter.interceptors.request.add({
    resolved: async (options) => Object.assign(options, { retry: false, retryConfig: undefined }),
  });
  return transporter;
}

/** The address of this service is fixed in the library. */
function redirect(url: URL, google: Google): URL {
  const isToken = url.href === 'https://oauth2.googleapis.com/token';
  return isToken ? new URL(toAddress(google, 'oauth2', '/token')) : url;
}

/** Milliseconds for one try. */
const TIMEOUT = 20_000;

type PlainRequest = Pick<Parameters<typeof requestText>[0], 'url' | 'method' | 'headers' | 'body'>;

async function requestSuccess(request: PlainRequest, google: Google): Promise<TextAnswer> {
  const { agent, world } = google;
  const answer = await requestText({ ...request, agent, signal: world.signal, timeout: TIMEOUT });
  if (answer.status < 200 || answer.status > 299) throw new StatusError(answer);
  return answer;
}

/**
 * What we threw below the library; its own errors hold the whole request, with its secrets. A success
 * that is no JSON makes it stumble with an error that quotes the answer.
 */
function unwrap(error: unknown): unknown {
  let inner = error;
  while (inner instanceof gaxios.GaxiosError && inner.cause !== undefined) inner = inner.cause;
  if (inner instanceof TypeError && !('code' in inner)) return new Error(NO_JSON);
  if (!(inner instanceof gaxios.GaxiosError)) return inner;
  return new Error(inner.message);
}

/** Besides what may pass anywhere: Google did not reach GitHub for its keys. */
function judgeGoogle(error: unknown, now: Date): Passing | undefined {
  const isKeys =
    error instanceof StatusError &&
    /Error connecting to the given credential's issuer/.test(parseRefusal(error.answer).message);
  if (isKeys) return { type: 'answer', said: 'that it could not fetch the keys of the issuer' };
  return judgeHttp(error, now);
}
