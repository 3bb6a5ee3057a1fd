/** What STS says to whom: https://docs.aws.amazon.com/STS/latest/APIReference. */
import { randomBytes } from 'node:crypto';
import { readSignature } from './aws-signature.ts';
import type { Answer, Exchange } from './https-double.ts';

/** Who may have a role, and for how long. */
export interface Role {
  /** Subjects of GitHub's tokens that its trust policy allows; `*` stands for anything. */
  readonly subjects?: readonly string[];
  /** ARNs of roles that may assume it, whatever their session. */
  readonly principals?: readonly string[];
  readonly externalId?: string;
  /** MaxSessionDuration, seconds; an hour, unless told. */
  readonly maxDuration?: number;
}

/** Keys that somebody holds. */
export interface Session {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Empty: of a user, without an end. */
  readonly sessionToken: string;
  /** `arn:aws:sts::…:assumed-role/…` or of a user. */
  readonly arn: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** An error as a service tells it: its code, its sentence, the HTTP status. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly status: number;
}

/** All of it may be changed while the double runs. */
export interface AwsState {
  /** By ARN. */
  readonly roles: Map<string, Role>;
  /** Those that were issued, and what a test adds, by access key. */
  readonly sessions: Map<string, Session>;
  /** Client ids of the IAM OIDC provider; undefined: the account has no such provider. */
  audiences: readonly string[] | undefined;
  /** Seconds that session credentials live instead of what was asked for; 0: as asked. */
  sessionSeconds: number;
  /** Length of session tokens, bytes. */
  sessionTokenLength: number;
  /** Milliseconds since 1970. */
  now(): number;
}

const XMLNS = 'https://sts.amazonaws.com/doc/2011-06-15/';

type Parameters = URLSearchParams;

/** Throws a `Refused` with what the service would say. */
export async function answerSts(state: AwsState, exchange: Exchange): Promise<Answer> {
  const parameters =
    exchange.method === 'GET' ? exchange.url.searchParams : new URLSearchParams(exchange.body);
  switch (parameters.get('Action')) {
    case 'AssumeRoleWithWebIdentity':
      return issue(state, parameters, assumeByToken(state, parameters));
    case 'AssumeRole':
      return issue(state, parameters, await assumeByRole(state, exchange, parameters));
    case 'GetCallerIdentity':
      return tellCaller(exchange, await authenticate(state, exchange, 'sts'));
    default:
      throw new Refused({
        code: 'InvalidAction',
        message: 'Could not find operation',
        status: 400,
      });
  }
}

/** Whoever signed the request, whose keys are good and whose signature is right. */
export async function authenticate(
  state: AwsState,
  exchange: Exchange,
  service: string,
): Promise<Session> {
  const signature = readSignature(exchange);
  if (signature?.service !== service) {
    throw new Refused({
      code: 'MissingAuthenticationToken',
      message: 'Request is missing Authentication Token',
      status: 403,
    });
  }
  const session = state.sessions.get(signature.accessKeyId);
  if (session?.sessionToken !== signature.sessionToken) {
    throw new Refused({
      code: 'InvalidClientTokenId',
      message: 'The security token included in the request is invalid.',
      status: 403,
    });
  }
  refuseLate(state, session, signature.signedAt);
  if (!(await signature.matches(session.secretAccessKey))) {
    const message =
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';
    throw new Refused({ code: 'SignatureDoesNotMatch', message, status: 403 });
  }
  return session;
}

function refuseLate(state: AwsState, session: Session, signedAt: number): void {
  if (session.expiresAt <= state.now()) {
    const message = 'The security token included in the request is expired';
    throw new Refused({ code: 'ExpiredToken', message, status: 403 });
  }
  const quarter = 15 * 60_000;
  if (signedAt < state.now() - quarter) {
    const message = `Signature expired: ${stamp(signedAt)} is now earlier than ${stamp(state.now() - quarter)} (${stamp(state.now())} - 15 min.)`;
    throw new Refused({ code: 'SignatureDoesNotMatch', message, status: 403 });
  }
  if (signedAt > state.now() + quarter) {
    const message = `Signature not yet current: ${stamp(signedAt)} is still later than ${stamp(state.now() + quarter)} (${stamp(state.now())} + 15 min.)`;
    throw new Refused({ code: 'SignatureDoesNotMatch', message, status: 403 });
  }
}

function stamp(time: number): string {
  return new Date(time).toISOString().replace(/[:-]|\.\d{3}/g, '');
}

function assumeByToken(state: AwsState, parameters: Parameters): Role {
  const claims = parseClaims(parameters.get('WebIdentityToken') ?? '');
  const account = (parameters.get('RoleArn') ?? '').split(':')[4];
  if (!state.audiences) {
    const message = `No OpenIDConnect provider found in your account for ${claims.iss}`;
    throw new Refused({ code: 'InvalidIdentityToken', message, status: 400 });
  }
  if (claims.exp * 1000 <= state.now()) {
    const message = `Token expired: current date/time ${Math.round(state.now() / 1000)} must be before the expiration date/time ${claims.exp}`;
    throw new Refused({ code: 'ExpiredTokenException', message, status: 400 });
  }
  if (!state.audiences.includes(claims.aud)) {
    throw new Refused({
      code: 'InvalidIdentityToken',
      message: 'Incorrect token audience',
      status: 400,
    });
  }
  const role = state.roles.get(parameters.get('RoleArn') ?? '');
  if (account === undefined || !role?.subjects?.some((wanted) => isLike(claims.sub, wanted))) {
    const message = 'Not authorized to perform sts:AssumeRoleWithWebIdentity';
    throw new Refused({ code: 'AccessDenied', message, status: 403 });
  }
  return role;
}

async function assumeByRole(
  state: AwsState,
  exchange: Exchange,
  parameters: Parameters,
): Promise<Role> {
  const caller = await authenticate(state, exchange, 'sts');
  const arn = parameters.get('RoleArn') ?? '';
  const role = state.roles.get(arn);
  const isTrusted = role?.principals?.some((principal) => isSessionOf(caller.arn, principal));
  if (!role || !isTrusted || (role.externalId ?? '') !== (parameters.get('ExternalId') ?? '')) {
    const message = `User: ${caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${arn}`;
    throw new Refused({ code: 'AccessDenied', message, status: 403 });
  }
  if (caller.sessionToken !== '' && Number(parameters.get('DurationSeconds')) > 3600) {
    const message =
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining';
    throw new Refused({ code: 'ValidationError', message, status: 400 });
  }
  return role;
}

function issue(state: AwsState, parameters: Parameters, role: Role): Answer {
  const seconds = Number(parameters.get('DurationSeconds') ?? 3600);
  if (seconds > (role.maxDuration ?? 3600)) {
    const message =
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.';
    throw new Refused({ code: 'ValidationError', message, status: 400 });
  }
  const [, partition, , , account, resource = ''] = (parameters.get('RoleArn') ?? '').split(':');
  const name = parameters.get('RoleSessionName') ?? '';
  const session: Session = {
    accessKeyId: makeKey('ASIA'),
    secretAccessKey: randomBytes(30).toString('base64'),
    sessionToken: randomBytes(state.sessionTokenLength)
      .toString('base64')
      .slice(0, state.sessionTokenLength),
    arn: `arn:${partition}:sts::${account}:assumed-role/${resource.split('/').at(-1)}/${name}`,
    expiresAt: state.now() + (state.sessionSeconds || seconds) * 1000,
  };
  state.sessions.set(session.accessKeyId, session);
  return toXml(parameters.get('Action') ?? '', [
    `<AssumedRoleUser><Arn>${session.arn}</Arn><AssumedRoleId>${makeKey('AROA')}:${name}</AssumedRoleId></AssumedRoleUser>`,
    `<Credentials><AccessKeyId>${session.accessKeyId}</AccessKeyId>`,
    `<SecretAccessKey>${session.secretAccessKey}</SecretAccessKey>`,
    `<SessionToken>${session.sessionToken}</SessionToken>`,
    `<Expiration>${new Date(session.expiresAt).toISOString().replace(/\.\d+/, '')}</Expiration></Credentials>`,
  ]);
}

function tellCaller({ headers }: Exchange, { arn }: Session): Answer {
  const [, , , , Account] = arn.split(':');
  const UserId = `AROA2222222222222222A:${arn.split('/').at(-1)}`;
  if (!String(headers.accept).includes('application/json')) {
    return toXml('GetCallerIdentity', [
      `<Arn>${arn}</Arn><UserId>${UserId}</UserId><Account>${Account}</Account>`,
    ]);
  }
  const GetCallerIdentityResult = { Account, Arn: arn, UserId };
  return { body: { GetCallerIdentityResponse: { GetCallerIdentityResult } } };
}

function toXml(action: string, result: readonly string[]): Answer {
  const body = `<${action}Response xmlns="${XMLNS}"><${action}Result>${result.join('')}</${action}Result><ResponseMetadata><RequestId>0d1c4a2b-double</RequestId></ResponseMetadata></${action}Response>`;
  return { headers: { 'content-type': 'text/xml' }, body };
}

/** `arn:aws:sts::1:assumed-role/name/session` is one of `arn:aws:iam::1:role/path/name`. */
function isSessionOf(session: string, role: string): boolean {
  const parts = session.split(':');
  const wanted = role.split(':');
  return parts[4] === wanted[4] && parts[5]?.split('/')[1] === (wanted[5] ?? '').split('/').at(-1);
}

/** As StringLike in a policy: `*` is anything, and letters' case counts. */
function isLike(value: string, pattern: string): boolean {
  const escaped = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${escaped.join('.*')}$`).test(value);
}

function parseClaims(token: string): {
  readonly sub: string;
  readonly aud: string;
  readonly iss: string;
  readonly exp: number;
} {
  try {
    return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  } catch {
    const message =
      'The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)';
    throw new Refused({ code: 'InvalidIdentityToken', message, status: 400 });
  }
}

function makeKey(prefix: string): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  return prefix + [...randomBytes(16)].map((byte) => letters[byte % 32]).join('');
}

/** What a service refuses with. */
export class Refused extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.message);
    this.refusal = refusal;
  }
}

/** STS's own form of an error. */
export function toStsError({ code, message, status }: Refusal): Answer {
  const type = status >= 500 ? 'Receiver' : 'Sender';
  const body = `<ErrorResponse xmlns="${XMLNS}"><Error><Type>${type}</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>0d1c4a2b-double</RequestId></ErrorResponse>`;
  return { status, headers: { 'content-type': 'text/xml' }, body };
}
