/** GitHub's OIDC service, which gives jobs their ID tokens. */
import { type Answer, type Exchange, type HttpsDouble, startHttps } from './https-double.ts';

/** Claims of the tokens it gives; the audience is the one asked for, unless it is here. */
export interface TokenClaims {
  readonly sub?: string;
  readonly aud?: string;
  readonly repository?: string;
  readonly ref?: string;
  readonly environment?: string;
  /** Seconds since 1970; 300 s after `iat` unless said otherwise. */
  readonly iat?: number;
  readonly exp?: number;
}

export interface GitHubOidcDouble extends HttpsDouble {
  /** What the runner gives a job that may ask. */
  readonly environment: {
    readonly ACTIONS_ID_TOKEN_REQUEST_URL: string;
    readonly ACTIONS_ID_TOKEN_REQUEST_TOKEN: string;
  };
  /** Of the next tokens. */
  claims: TokenClaims;
  /** The tokens that it gave. */
  readonly given: readonly string[];
  /** The next requests are answered so, one after the other; `hang`: never. */
  fail(...answers: readonly (Answer | 'hang')[]): void;
}

const SUBJECT = 'repo:acme/shop:ref:refs/heads/main';
const ISSUER = 'https://token.actions.githubusercontent.com';

export async function startGitHubOidc(
  certified: { readonly cert: string; readonly key: string },
  { requestToken = toJwt({ iss: ISSUER, iat: nowInSeconds(), exp: nowInSeconds() + 22_200 }) } = {},
): Promise<GitHubOidcDouble> {
  const failures: (Answer | 'hang')[] = [];
  const given: string[] = [];
  const double = {
    claims: {} as TokenClaims,
    given,
    fail(...answers: readonly (Answer | 'hang')[]) {
      failures.push(...answers);
    },
  };
  const server = await startHttps(certified, (exchange) => {
    const failure = failures.shift();
    if (failure === 'hang') return new Promise<Answer>(() => undefined);
    if (failure) return failure;
    const refusal = refuse(exchange, requestToken);
    if (refusal) return refusal;
    const token = createIdToken(exchange.url.searchParams.get('audience') ?? '', double.claims);
    given.push(token);
    return { body: { value: token, count: token.length } };
  });
  return Object.assign(double, server, {
    environment: {
      ACTIONS_ID_TOKEN_REQUEST_URL: `${server.url}/4711/idtoken?api-version=2.0`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken,
    },
  });
}

function refuse({ method, url, headers }: Exchange, requestToken: string): Answer | undefined {
  if (headers.authorization !== `Bearer ${requestToken}`) return { status: 401 };
  if (method !== 'GET' || url.pathname !== '/4711/idtoken') return { status: 404 };
  const { searchParams } = url;
  const isComplete = searchParams.get('api-version') === '2.0' && searchParams.get('audience');
  return isComplete ? undefined : { status: 400, body: { message: 'api-version and audience' } };
}

function createIdToken(audience: string, claims: TokenClaims): string {
  const iat = claims.iat ?? nowInSeconds();
  const repository = 'acme/shop';
  const ref = 'refs/heads/main';
  const usual = { iss: ISSUER, sub: SUBJECT, aud: audience, repository, ref, iat, exp: iat + 300 };
  return toJwt({ ...usual, ...claims });
}

/** A JWT that looks signed. */
export function toJwt(claims: object): string {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const signature = Buffer.from('looks like a signature').toString('base64url');
  return `${encode({ alg: 'RS256', typ: 'JWT', kid: '1' })}.${encode(claims)}.${signature}`;
}

function nowInSeconds(): number {
  return Math.floor(Date.now() / 1000);
}
