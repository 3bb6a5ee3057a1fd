/** STS, EKS and ECR on one HTTPS port: enough of them for a login, and as strict as they are. */
import {
  type AwsState,
  answerSts,
  authenticate,
  type Refusal,
  Refused,
  type Session,
  toStsError,
} from './aws-sts.ts';
import { type Answer, type Exchange, type HttpsDouble, startHttps } from './https-double.ts';

/** As DescribeCluster tells it; what is left out is an ACTIVE cluster with a public endpoint. */
export type EksClusterDouble = Readonly<Record<string, unknown>>;

export interface AwsDouble extends HttpsDouble, AwsState {
  /** Leads the SDK here; nothing of the machine's own credentials is left in it. */
  readonly environment: Readonly<Record<string, string>>;
  /** By name. */
  readonly clusters: Map<string, EksClusterDouble>;
  /** What no session may do, such as `eks:DescribeCluster` and `ecr:GetAuthorizationToken`. */
  readonly denied: Set<string>;
  /** Still to come, by action. */
  readonly refusals: Map<string, (Refusal | Answer)[]>;
  /**
   * What the next calls of an action, such as `AssumeRoleWithWebIdentity` or `DescribeCluster`, are
   * answered: one after the other, then as usual. Without a code: by somebody else than AWS.
   */
  refuse(action: string, ...refusals: readonly (Refusal | Answer)[]): void;
  /** Long-lived keys of a user or role, which a test puts into an environment. */
  addSession(session: Pick<Session, 'arn'> & Partial<Session>): Session;
  /** How often an action was called. */
  count(action: string): number;
  /** Milliseconds by which its clock differs from ours, in its `Date` headers as well. */
  skew: number;
  /** Password of the registry, given by GetAuthorizationToken. */
  readonly registryPassword: string;
}

export async function startAws(
  certificates: { readonly cert: string; readonly key: string },
  options: Partial<Pick<AwsDouble, 'sessionSeconds' | 'audiences'>> = {},
): Promise<AwsDouble> {
  const https = await startHttps(certificates, (exchange) => answer(double, exchange));
  const double: AwsDouble = {
    ...https,
    environment: toEnvironment(https.url),
    roles: new Map(),
    sessions: new Map(),
    clusters: new Map(),
    denied: new Set(),
    refusals: new Map(),
    audiences: 'audiences' in options ? options.audiences : ['sts.amazonaws.com'],
    sessionSeconds: options.sessionSeconds ?? 0,
    sessionTokenLength: 900,
    skew: 0,
    registryPassword: 'cGFzc3dvcmQtb2YtdGhlLXJlZ2lzdHJ5',
    now() {
      return Date.now() + this.skew;
    },
    refuse(action, ...further) {
      this.refusals.set(action, [...(this.refusals.get(action) ?? []), ...further]);
    },
    addSession(given) {
      const session = {
        accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
        secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
        sessionToken: '',
        expiresAt: Number.POSITIVE_INFINITY,
        ...given,
      };
      this.sessions.set(session.accessKeyId, session);
      return session;
    },
    count(action) {
      return https.asked.filter((exchange) => actionOf(exchange) === action).length;
    },
  };
  return double;
}

/** Empty variables are as good as unset to every client of AWS. */
function toEnvironment(url: string): Record<string, string> {
  return {
    AWS_ENDPOINT_URL_STS: url,
    AWS_ENDPOINT_URL_EKS: url,
    AWS_ENDPOINT_URL_ECR: url,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_ACCESS_KEY_ID: '',
    AWS_SECRET_ACCESS_KEY: '',
    AWS_SESSION_TOKEN: '',
    AWS_PROFILE: '',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  };
}

function actionOf({ method, url, headers, body }: Exchange): string {
  const target = headers['x-amz-target'];
  if (target !== undefined) return String(target).split('.').at(-1) ?? '';
  if (url.pathname.startsWith('/clusters/')) return 'DescribeCluster';
  const parameters = method === 'GET' ? url.searchParams : new URLSearchParams(body);
  return parameters.get('Action') ?? '';
}

async function answer(double: AwsDouble, exchange: Exchange): Promise<Answer> {
  const date = { date: new Date(double.now()).toUTCString() };
  const action = actionOf(exchange);
  const { serve, toError } = services[action] ?? sts;
  try {
    const refusal = double.refusals.get(action)?.shift();
    if (refusal && !('code' in refusal)) return refusal;
    if (refusal) throw new Refused(refusal);
    const given = await serve(double, exchange);
    return { ...given, headers: { ...given.headers, ...date } };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const given = toError(error.refusal);
    return { ...given, headers: { ...given.headers, ...date } };
  }
}

interface Service {
  serve(double: AwsDouble, exchange: Exchange): Promise<Answer>;
  toError(refusal: Refusal): Answer;
}

const sts: Service = { serve: answerSts, toError: toStsError };

const services: Readonly<Record<string, Service>> = {
  DescribeCluster: { serve: describeCluster, toError: toRestError },
  GetAuthorizationToken: { serve: giveRegistryToken, toError: toRestError },
};

async function describeCluster(double: AwsDouble, exchange: Exchange): Promise<Answer> {
  const caller = await authenticate(double, exchange, 'eks');
  const name = decodeURIComponent(exchange.url.pathname.split('/')[2] ?? '');
  const [, partition, , , account] = caller.arn.split(':');
  const arn = `arn:${partition}:eks:eu-west-1:${account}:cluster/${name}`;
  refuseDenied(double, caller, { action: 'eks:DescribeCluster', resource: arn });
  const cluster = double.clusters.get(name);
  if (!cluster) {
    const message = `No cluster found for name: ${name}.`;
    throw new Refused({ code: 'ResourceNotFoundException', message, status: 404 });
  }
  const ordinary = {
    ...{ name, arn, status: 'ACTIVE', version: '1.34', createdAt: 1_760_000_000 },
    resourcesVpcConfig: {
      ...{ endpointPublicAccess: true, endpointPrivateAccess: false },
      publicAccessCidrs: ['0.0.0.0/0'],
    },
    accessConfig: { authenticationMode: 'API' },
  };
  return { body: { cluster: { ...ordinary, ...cluster } } };
}

async function giveRegistryToken(double: AwsDouble, exchange: Exchange): Promise<Answer> {
  const caller = await authenticate(double, exchange, 'ecr');
  refuseDenied(double, caller, { action: 'ecr:GetAuthorizationToken', resource: '*' });
  const authorizationToken = Buffer.from(`AWS:${double.registryPassword}`).toString('base64');
  const expiresAt = double.now() / 1000 + 43_200;
  return {
    headers: { 'content-type': 'application/x-amz-json-1.1' },
    body: { authorizationData: [{ authorizationToken, expiresAt }] },
  };
}

function refuseDenied(
  double: AwsDouble,
  caller: Session,
  { action, resource }: { readonly action: string; readonly resource: string },
): void {
  if (!double.denied.has(action)) return;
  const message = `User: ${caller.arn} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`;
  throw new Refused({ code: 'AccessDeniedException', message, status: 403 });
}

/** As the JSON services name errors: in a header or in `__type`; and some by other names than STS. */
function toRestError({ code, message, status }: Refusal): Answer {
  const names: Readonly<Record<string, string>> = {
    InvalidClientTokenId: 'UnrecognizedClientException',
    ExpiredToken: 'ExpiredTokenException',
    SignatureDoesNotMatch: 'InvalidSignatureException',
  };
  const name = names[code] ?? code;
  return {
    status,
    headers: { 'x-amzn-errortype': name, 'content-type': 'application/json' },
    body: { __type: name, message },
  };
}
