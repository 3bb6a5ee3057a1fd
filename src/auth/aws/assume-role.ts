import {
  AssumeRoleCommand,
  type AssumeRoleResponse,
  AssumeRoleWithWebIdentityCommand,
  STSClient,
} from '@aws-sdk/client-sts';
import { DeployError } from '../../errors.ts';
import type { Claims } from '../claims.ts';
import { requestIdToken } from '../github-oidc.ts';
import type { RetryPolicy } from '../retry.ts';
import { explainChained, explainFederated } from './assume-role-refusals.ts';
import { type AwsCall, callAws } from './call.ts';
import type { AwsRefusal } from './refusal.ts';
import { type AwsSession, hideCredentials, type RoleRequest } from './session.ts';
import type { Aws } from './transport.ts';

/** A role or its trust that was made a moment ago is refused until IAM knows it everywhere: ~5 s in all. */
const EVENTUAL: RetryPolicy = { tries: 3, first: 2_500, longest: 5_000 };
/** Each try has a new ID token, so there is nothing to wait for. */
const ANEW: RetryPolicy = { tries: 2, first: 100, longest: 100 };

/**
 * Assumes a role with the job's OIDC token.
 * @throws DeployError `oidc-…`, `login-refused`, `login-failed`, and what any call throws (`callAws`)
 */
export async function assumeByToken(
  aws: Aws,
  request: RoleRequest,
  audience: string,
): Promise<AwsSession> {
  const client = new STSClient(aws.client);
  let claims: Claims | undefined;
  const call: AwsCall = {
    service: 'AWS STS',
    doing: `assume the role ${request.role}`,
    persist: persistFederated,
    explain: (refusal) => explainFederated(refusal, { request, audience, claims }),
  };
  return callAws(aws, call, async () => {
    const idToken = await requestIdToken(audience, aws.world);
    claims = idToken.claims;
    const command = new AssumeRoleWithWebIdentityCommand({
      ...toParameters(request),
      WebIdentityToken: idToken.token,
    });
    return toSession(await client.send(command, { abortSignal: aws.world.signal }), request, aws);
  });
}

function persistFederated({ code }: AwsRefusal): RetryPolicy | undefined {
  if (code === 'AccessDenied') return EVENTUAL;
  return code === 'ExpiredToken' ? ANEW : undefined;
}

/**
 * Assumes a role as somebody.
 * @throws DeployError `login-refused`, `login-failed`, `login-expired`, and what any call throws
 */
export async function assumeByRole(
  aws: Aws,
  request: RoleRequest,
  by: { readonly session: AwsSession; readonly externalId: string; readonly isAmbient: boolean },
): Promise<AwsSession> {
  const client = new STSClient({ ...aws.client, credentials: by.session.credentials });
  const command = new AssumeRoleCommand({
    ...toParameters(request),
    ...(by.externalId === '' ? {} : { ExternalId: by.externalId }),
  });
  const call: AwsCall = {
    service: 'AWS STS',
    doing: `assume the role ${request.role}`,
    explain: (refusal) =>
      explainChained(refusal, { request, caller: by.session.principal, isAmbient: by.isAmbient }),
  };
  return callAws(aws, call, async () =>
    toSession(await client.send(command, { abortSignal: aws.world.signal }), request, aws),
  );
}

function toParameters({ role, sessionName, narrowing }: RoleRequest) {
  const { duration, inlinePolicy = '', managedPolicies = [] } = narrowing ?? {};
  return {
    RoleArn: role,
    RoleSessionName: sessionName,
    DurationSeconds: duration,
    ...(inlinePolicy === '' ? {} : { Policy: inlinePolicy }),
    ...(managedPolicies.length === 0
      ? {}
      : { PolicyArns: managedPolicies.map((arn) => ({ arn })) }),
  };
}

function toSession(
  answer: Pick<AssumeRoleResponse, 'Credentials' | 'AssumedRoleUser'>,
  { role }: RoleRequest,
  { world }: Aws,
): AwsSession {
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = answer.Credentials ?? {};
  if (!AccessKeyId || !SecretAccessKey || !SessionToken || !Expiration) {
    throw new DeployError('login-failed', 'AWS STS answered without credentials.', {
      hint: 'Something else may have answered in its place: check HTTPS_PROXY and AWS_ENDPOINT_URL_STS in the environment.',
    });
  }
  const credentials = {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    expiration: Expiration,
  };
  hideCredentials(credentials, world);
  return { credentials, arn: answer.AssumedRoleUser?.Arn ?? '', principal: role };
}
