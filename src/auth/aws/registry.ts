import { ECRClient, GetAuthorizationTokenCommand } from '@aws-sdk/client-ecr';
import { DeployError } from '../../errors.ts';
import type { Credentials } from '../../release/spec.ts';
import { callAws, isForeign } from './call.ts';
import { type AwsRefusal, isPassing } from './refusal.ts';
import type { AwsSession } from './session.ts';
import { type Aws, createAws } from './transport.ts';

/** https://docs.aws.amazon.com/general/latest/gr/ecr.html: by IPv4, with FIPS, dual-stack, and in other partitions. */
const HOST =
  /^\d{12}\.dkr[.-]ecr(?:-fips)?\.(?<region>[a-z0-9-]+)\.(?:amazonaws\.(?:com|com\.cn|eu)|on\.(?:aws|amazonwebservices\.(?:com\.cn|eu)))(?::443)?$/;

/** The region of a private registry of ECR; undefined: the host is none. */
export function parseRegistryRegion(host: string): string | undefined {
  return HOST.exec(host.toLowerCase())?.groups?.['region'];
}

/**
 * The login of ECR, which lives 12 hours; undefined: the host is no registry of ECR.
 * @throws DeployError `registry-unauthorized`, `login-failed`, and what the login throws
 */
export async function readRegistryLogin(
  host: string,
  aws: Aws,
  login: () => Promise<AwsSession>,
): Promise<Credentials | undefined> {
  const region = parseRegistryRegion(host);
  if (region === undefined) return undefined;
  const { credentials, principal } = await login();
  const there = region === aws.region ? aws : createAws(region, aws.world);
  const client = new ECRClient({ ...there.client, credentials });
  const call = {
    service: 'AWS ECR',
    doing: `log in to the registry ${host}`,
    explain: (refusal: AwsRefusal) =>
      refusal.status === 0 || isForeign(refusal) || isPassing(refusal)
        ? undefined
        : tellRefused(host, principal),
  };
  const { authorizationData } = await callAws(there, call, () =>
    client.send(new GetAuthorizationTokenCommand(), { abortSignal: aws.world.signal }),
  );
  const token = authorizationData?.[0]?.authorizationToken ?? '';
  const [username = '', password = ''] = Buffer.from(token, 'base64').toString().split(':');
  if (password === '') throw new DeployError('login-failed', ...tellEmpty(host));
  for (const secret of [token, password]) aws.world.hide(secret);
  return { username, password };
}

function tellRefused(host: string, principal: string) {
  return {
    code: 'registry-unauthorized',
    message: `AWS gives ${principal} no login for the registry ${host}.`,
    hint: 'Allow it ecr:GetAuthorizationToken on all resources, and on the repository ecr:BatchGetImage and ecr:GetDownloadUrlForLayer; or give `registry-username` and `registry-password`.',
  };
}

function tellEmpty(host: string) {
  const hint =
    'Check HTTPS_PROXY, NO_PROXY and AWS_ENDPOINT_URL_… in the environment of the step; or give `registry-username` and `registry-password`.';
  return [`AWS ECR answered without a login for the registry ${host}.`, { hint }] as const;
}
