import { DeployError } from '../errors.ts';
import { parseJsonMap } from '../release/json.ts';
import type { AuthWorld } from './access.ts';
import { type Claims, parseClaims } from './claims.ts';
import { requestText, type TextAnswer } from './https.ts';
import { createProxyAgent } from './proxy-agent.ts';
import { judgeHttp, RetriesEnded, StatusError, withRetries } from './retry.ts';
import { tellUnanswered, tellUnasked } from './unanswered.ts';

export interface IdToken {
  /** Secret; hidden already. Lives 5 minutes. */
  readonly token: string;
  readonly claims: Claims;
}

const SERVICE = "GitHub's OIDC service";
const FAILED = { service: SERVICE, code: 'oidc-failed' } as const;
/** Milliseconds for one try; it answers in far less than a second. */
const TIMEOUT = 10_000;
/** Milliseconds from the start of the job to the end of its request token (Azure/azure-cli#28778). */
const LIFE = (6 * 60 + 10) * 60_000;
const LATE = 6 * 3_600_000;

/**
 * A new ID token of this job for an audience.
 * https://docs.github.com/en/actions/reference/security/oidc#methods-for-requesting-the-oidc-token
 * @throws DeployError `oidc-unavailable` when the job may have none, `oidc-failed` when it got none,
 * `proxy-refused`, `certificate-untrusted`
 */
export async function requestIdToken(audience: string, world: AuthWorld): Promise<IdToken> {
  const { url, bearer } = readOffer(world);
  world.hide(bearer);
  url.searchParams.set('audience', audience);
  const request = {
    url,
    method: 'GET',
    headers: { accept: 'application/json', authorization: `Bearer ${bearer}` },
    body: '',
    agent: createProxyAgent(world.environment),
    signal: world.signal,
    timeout: TIMEOUT,
  } as const;
  const judge = (error: unknown) => judgeHttp(error, world.clock.now());
  try {
    const answer = await withRetries({ service: SERVICE, world, judge }, async () => {
      const answer = await requestText(request);
      if (answer.status !== 200) throw new StatusError(answer);
      return answer;
    });
    const token = parseToken(answer);
    world.hide(token);
    return { token, claims: parseClaims(token) };
  } catch (error) {
    throw explain(error, { bearer, world });
  } finally {
    request.agent.destroy();
  }
}

function readOffer({ environment, fromFork }: AuthWorld): { url: URL; bearer: string } {
  const url = environment['ACTIONS_ID_TOKEN_REQUEST_URL'];
  const bearer = environment['ACTIONS_ID_TOKEN_REQUEST_TOKEN'];
  if (url && bearer && URL.canParse(url)) return { url: new URL(url), bearer };
  if (fromFork) {
    throw new DeployError('oidc-unavailable', 'Pull requests from forks never get OIDC tokens.', {
      hint: 'Check them with `against: none`, which needs no cluster, and deploy on push.',
    });
  }
  const message = 'GitHub did not offer this job an OIDC token.';
  throw new DeployError('oidc-unavailable', message, {
    hint: 'Add "permissions: id-token: write" (and "contents: read") to the job; in a reusable workflow the caller must grant it too.',
  });
}

function parseToken({ status, text }: TextAnswer): string {
  const fields = parseJsonMap(text);
  if (typeof fields?.['value'] === 'string' && fields['value'] !== '') return fields['value'];
  const found = fields ? `keys: ${Object.keys(fields).join(', ') || 'none'}` : 'no JSON object';
  const message = `${SERVICE} answered without a token (HTTP ${status}, ${found}).`;
  throw new DeployError('oidc-failed', message, {
    hint: 'Something else may have answered in its place, such as a proxy: let the runner reach GitHub directly, or re-run the job.',
  });
}

interface Asked {
  readonly bearer: string;
  readonly world: AuthWorld;
}

function explain(error: unknown, asked: Asked): unknown {
  if (error instanceof DeployError) return error;
  if (error instanceof RetriesEnded) return tellUnanswered(error, FAILED);
  if (error instanceof StatusError) return tellRefusal(error, asked);
  return tellUnasked(error, FAILED);
}

function tellRefusal(error: StatusError, { bearer, world }: Asked): DeployError {
  const { status, text } = error.answer;
  const age = toAge(bearer, world.clock.now().getTime());
  if ((status === 401 || status === 403) && age >= LATE) {
    const message = `The job's OIDC request token is no longer accepted (job running ${toHours(age)}; GitHub ends it about 6 h after start).`;
    return new DeployError('oidc-failed', message, {
      cause: error,
      hint: 'Split the job: each job has a request token of its own.',
    });
  }
  const told = parseJsonMap(text)?.['message'];
  const why = typeof told === 'string' ? `: ${told.split('\n')[0]?.slice(0, 200)}` : '';
  const message = `${SERVICE} refused this job a token (HTTP ${status}${why}).`;
  return new DeployError('oidc-failed', message, {
    cause: error,
    hint: 'Run the job again; a token is given only while the job runs.',
    said: text,
  });
}

/** How long the job runs, milliseconds, by the times in its own request token; 0: they are not there. */
function toAge(bearer: string, now: number): number {
  const { iat, exp } = parseClaims(bearer);
  if (iat !== undefined) return now - iat * 1000;
  return exp === undefined ? 0 : now - exp * 1000 + LIFE;
}

function toHours(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
