/** A double of what GKE's login needs of Google: one HTTPS port, Google's own shapes of answers. */
import { type Claims, createIssuer, type Issuer, isSigned, readClaims } from './google-issuer.ts';
import { type Answer, type Exchange, type HttpsDouble, startHttps } from './https-double.ts';

export const PROVIDER =
  'projects/111122223333/locations/global/workloadIdentityPools/github/providers/slipway';
export const SERVICE_ACCOUNT = 'deployer@acme-data.iam.gserviceaccount.com';

/** What the double knows; a test may change all of it at any time. */
export interface GoogleSettings {
  /** Full name of the one provider that exists. */
  provider: string;
  /** Issuer and audience that the provider expects. */
  issuer: string;
  audience: string;
  /** PEM of the key that signs GitHub's tokens; undefined: the signature is not looked at. */
  githubKey?: string | undefined;
  /** The provider's attribute condition. */
  condition: (claims: Claims) => boolean;
  /** Who may act as which service account: e-mail → condition on the principal. */
  serviceAccounts: Record<string, (principal: string) => boolean>;
  /** Keys of service accounts, PEM by e-mail. */
  keys: Record<string, string>;
  /** Seconds that tokens live; undefined: for federated ones as long as GitHub's, for others an hour. */
  life?: number | undefined;
  /** Longest life that may be asked for, seconds. */
  longestLife: number;
  /** Clusters by `projects/P/locations/L/clusters/C`. */
  clusters: Record<string, object>;
  /** Who may read clusters. */
  mayRead: (principal: string) => boolean;
  /** Numbers of projects by id. */
  projects: Record<string, string>;
  /** Fleet memberships by `projects/P/locations/L/memberships/M`. */
  memberships: Record<string, object>;
  /** Asked first; what it answers is the answer. */
  instead: (exchange: Exchange) => Answer | undefined;
}

export interface GoogleDouble extends HttpsDouble {
  readonly settings: GoogleSettings;
  /** The variables that lead our login here; the certificate's authority is the caller's. */
  readonly environment: Readonly<Record<string, string>>;
  /** As the cluster would see the owner of a token; undefined when it has ended or nobody knows it. */
  whois(token: string): string | undefined;
}

export async function startGoogle(
  certificates: { readonly cert: string; readonly key: string },
  options: Partial<GoogleSettings> = {},
): Promise<GoogleDouble> {
  const settings: GoogleSettings = {
    provider: PROVIDER,
    issuer: 'https://token.actions.githubusercontent.com',
    audience: `https://iam.googleapis.com/${options.provider ?? PROVIDER}`,
    condition: () => true,
    serviceAccounts: { [SERVICE_ACCOUNT]: () => true },
    keys: {},
    longestLife: 3600,
    clusters: {},
    mayRead: () => true,
    projects: { 'acme-data': '111122223333' },
    memberships: {},
    instead: () => undefined,
    ...options,
  };
  const issuer = createIssuer();
  const double = await startHttps(
    certificates,
    (exchange) => settings.instead(exchange) ?? answer(exchange, settings, issuer),
  );
  return { ...double, settings, environment: toEnvironment(double.url), whois: issuer.whois };
}

function toEnvironment(url: string): Record<string, string> {
  const names = [
    ...['CONTAINER', 'STS', 'IAMCREDENTIALS'],
    ...['CLOUDRESOURCEMANAGER', 'GKEHUB', 'OAUTH2'],
  ];
  return Object.fromEntries(
    names.map((name) => [`CLOUDSDK_API_ENDPOINT_OVERRIDES_${name}`, `${url}/`]),
  );
}

/** The services by path, which no two of them share. */
function answer(exchange: Exchange, settings: GoogleSettings, issuer: Issuer): Answer {
  const path = decodeURIComponent(exchange.url.pathname);
  if (path === '/v1/token') return exchangeToken(exchange, settings, issuer);
  if (path === '/token') return takeAssertion(exchange, settings, issuer);
  const token = (exchange.headers.authorization ?? '').replace(/^Bearer /, '');
  const principal = issuer.whois(token);
  if (principal === undefined) return toError(401, 'UNAUTHENTICATED', NO_TOKEN);
  const [, email] =
    /^\/v1\/projects\/-\/serviceAccounts\/(.+):generateAccessToken$/.exec(path) ?? [];
  if (email !== undefined) {
    return impersonate({ email, principal, exchange }, settings, issuer);
  }
  return read(path, principal, settings);
}

/** https://docs.cloud.google.com/iam/docs/reference/sts/rest/v1/TopLevel/token */
function exchangeToken(exchange: Exchange, settings: GoogleSettings, issuer: Issuer): Answer {
  const asked = readParameters(exchange);
  const claims = readClaims(asked('subjectToken', 'subject_token'));
  if (asked('audience') !== `//iam.googleapis.com/${settings.provider}`) {
    return refuse(400, 'invalid_target', BAD_TARGET);
  }
  const problem = claims ? findProblem(claims, settings) : 'Unable to parse the ID Token.';
  if (problem !== undefined || !claims) return refuse(400, 'invalid_grant', problem ?? '');
  if (settings.githubKey && !isSigned(asked('subjectToken', 'subject_token'), settings.githubKey)) {
    return refuse(400, 'invalid_grant', 'Invalid ID Token signature.');
  }
  if (!settings.condition(claims)) return refuse(401, 'unauthorized_client', BAD_CONDITION);
  const pool = settings.provider.replace(/\/providers\/.*/, '');
  const left = Number(claims.exp) - Math.floor(Date.now() / 1000);
  const life = settings.life ?? left;
  return {
    body: {
      access_token: issuer.issue(
        `principal://iam.googleapis.com/${pool}/subject/${claims.sub}`,
        life,
      ),
      issued_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      token_type: 'Bearer',
      expires_in: life,
    },
  };
}

function findProblem(claims: Claims, { issuer, audience }: GoogleSettings): string | undefined {
  if (claims.iss !== issuer) {
    return `The issuer in ID Token ${claims.iss} does not match the expected ones.`;
  }
  if (claims.aud !== audience) {
    return `The audience in ID Token [${claims.aud}] does not match the expected audience.`;
  }
  if (Number(claims.exp) * 1000 < Date.now()) {
    return `ID Token issued at ${claims.iat} is stale to sign-in.`;
  }
  return undefined;
}

/** https://developers.google.com/identity/protocols/oauth2/service-account#httprest */
function takeAssertion(exchange: Exchange, settings: GoogleSettings, issuer: Issuer): Answer {
  const asked = readParameters(exchange);
  const assertion = asked('assertion');
  const email = String(readClaims(assertion)?.iss ?? '');
  const key = settings.keys[email];
  if (key === undefined) return refuse(400, 'invalid_grant', 'Invalid grant: account not found');
  if (!isSigned(assertion, key)) return refuse(400, 'invalid_grant', 'Invalid JWT Signature.');
  const life = settings.life ?? 3599;
  return {
    body: { access_token: issuer.issue(email, life), expires_in: life, token_type: 'Bearer' },
  };
}

/** https://docs.cloud.google.com/iam/docs/reference/credentials/rest/v1/projects.serviceAccounts/generateAccessToken */
function impersonate(
  asked: { readonly email: string; readonly principal: string; readonly exchange: Exchange },
  settings: GoogleSettings,
  issuer: Issuer,
): Answer {
  if (!settings.serviceAccounts[asked.email]?.(asked.principal)) {
    return toError(403, 'PERMISSION_DENIED', NO_IMPERSONATION);
  }
  const { lifetime = '', scope = [] } = JSON.parse(asked.exchange.body);
  if (Number.parseInt(lifetime, 10) > settings.longestLife) {
    return toError(400, 'INVALID_ARGUMENT', TOO_LONG);
  }
  // Without this scope a cluster sees the number of the service account, not its address.
  const seen = scope.some((one: string) => one.endsWith('/userinfo.email'))
    ? asked.email
    : '108000000000000000000';
  const life = settings.life ?? Number.parseInt(lifetime, 10);
  return {
    body: {
      accessToken: issuer.issue(seen, life),
      expireTime: new Date(Date.now() + life * 1000).toISOString(),
    },
  };
}

function read(path: string, principal: string, settings: GoogleSettings): Answer {
  const name = path.replace(/^\/v\d\//, '');
  if (/^projects\/[^/]+$/.test(name)) {
    const number = settings.projects[name.slice('projects/'.length)];
    const projectId = name.slice('projects/'.length);
    return number
      ? { body: { name: `projects/${number}`, projectId } }
      : toError(403, 'PERMISSION_DENIED', 'The caller does not have permission');
  }
  if (!settings.mayRead(principal)) {
    const message = `Required "container.clusters.get" permission(s) for "${name}".`;
    return toError(403, 'PERMISSION_DENIED', message);
  }
  const found = settings.clusters[name] ?? settings.memberships[name];
  return found ? { body: found } : toError(404, 'NOT_FOUND', `Not found: ${name}.`);
}

/** Parameters of a form or of JSON, whose names differ in their letter case. */
function readParameters({ headers, body }: Exchange): (...names: string[]) => string {
  const isJson = String(headers['content-type']).includes('json');
  const values: Record<string, unknown> = isJson
    ? JSON.parse(body)
    : Object.fromEntries(new URLSearchParams(body));
  return (...names) => String(names.map((name) => values[name]).find((value) => value) ?? '');
}

/** An error as OAuth's token endpoints tell it. */
export function refuse(status: number, error: string, description: string): Answer {
  return { status, body: { error, error_description: description } };
}

/** An error as Google's other services tell it (https://google.aip.dev/193). */
export function toError(
  code: number,
  status: string,
  message: string,
  details: readonly object[] = [],
): Answer {
  return { status: code, body: { error: { code, message, status, details } } };
}

const NO_TOKEN =
  'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.';
const BAD_TARGET =
  'The target service indicated by the "audience" parameters is invalid. This might either be because the pool or provider is disabled or deleted or because it doesn\'t exist.';
const BAD_CONDITION = 'The given credential is rejected by the attribute condition.';
const NO_IMPERSONATION =
  "Permission 'iam.serviceAccounts.getAccessToken' denied on resource (or it may not exist).";
const TOO_LONG = 'The access token lifetime cannot exceed 3600 seconds.';
