import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { fromNodeProviderChain } from '@aws-sdk/credential-providers';
import { DeployError } from '../../errors.ts';
import type { AuthWorld, Told } from '../access.ts';
import { toPrincipal } from './arn.ts';
import { tellExpired } from './assume-role-refusals.ts';
import { type AwsCall, callAws } from './call.ts';
import { isExpired } from './refusal.ts';
import { type AwsCredentials, type AwsSession, hideCredentials } from './session.ts';
import type { Aws } from './transport.ts';

/** Where the SDK is led by the environment, so that a message can name what leads nowhere. */
const SIGNPOSTS = [
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_PROFILE',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
];

function findSignposts(environment: AuthWorld['environment']): readonly string[] {
  return SIGNPOSTS.filter((name) => environment[name]);
}

/** Milliseconds. A program of a profile may ask somebody far away. */
const LONGEST_SEARCH = 60_000;

/** Keys too short-lived for a whole token are not kept by the SDK's chain either: it is asked anew each time. */
function toFind({ environment }: Pick<AuthWorld, 'environment'>): AwsCall {
  const role = environment['AWS_WEB_IDENTITY_TOKEN_FILE'] ? environment['AWS_ROLE_ARN'] : undefined;
  return {
    service: 'AWS',
    doing: 'find credentials in the environment and on the machine',
    explain(refusal) {
      if (isExpired(refusal)) return tellExpired(refusal);
      const isAbsent = refusal.code === 'CredentialsProviderError';
      if (isAbsent || refusal.message.startsWith('ENOENT')) return tellMissing(environment);
      return role && refusal.code === 'AccessDenied' ? tellRefused(role) : undefined;
    },
  };
}

function tellMissing(environment: AuthWorld['environment']): Told {
  const set = findSignposts(environment);
  const [are, lead] = set.length === 1 ? ['is', 'leads'] : ['are', 'lead'];
  return {
    code: 'login-missing',
    message: `There are no AWS credentials: \`aws-role-to-assume\` is not given, and neither the job's environment nor the machine has any.${
      set.length === 0 ? '' : ` ${set.join(', ')} ${are} set, but ${lead} to none.`
    }`,
    hint: "Set `aws-role-to-assume` (with GitHub's OIDC token), or run aws-actions/configure-aws-credentials in an earlier step.",
  };
}

function tellRefused(role: string): Told {
  return {
    code: 'login-refused',
    message: `AWS refused the role ${role} of AWS_ROLE_ARN for the token in AWS_WEB_IDENTITY_TOKEN_FILE.`,
    hint: "The role's trust policy must allow the service account of this runner's pod, and the role must exist; or set `aws-role-to-assume`, to log in with GitHub's OIDC token.",
  };
}

const IDENTIFY: AwsCall = {
  service: 'AWS STS',
  doing: 'tell whose the credentials in the environment are',
  explain: (refusal) => (isExpired(refusal) ? tellExpired(refusal) : undefined),
};

/**
 * The credentials of environment (an empty variable is none), web identity file, container or instance,
 * and whose they are, which also proves that they still work.
 * @throws DeployError `login-missing`, `login-expired`, and what any call throws (`callAws`)
 */
export async function readAmbient(aws: Aws): Promise<AwsSession> {
  const find = fromNodeProviderChain({ clientConfig: aws.client });
  const found = await callAws(aws, toFind(aws.world), () => inTime(find(), aws.world));
  const credentials: AwsCredentials = {
    accessKeyId: found.accessKeyId,
    secretAccessKey: found.secretAccessKey,
    ...(found.sessionToken ? { sessionToken: found.sessionToken } : {}),
    ...(found.expiration ? { expiration: found.expiration } : {}),
  };
  hideCredentials(credentials, aws.world);
  const client = new STSClient({ ...aws.client, credentials });
  const { Arn = '' } = await callAws(aws, IDENTIFY, () =>
    client.send(new GetCallerIdentityCommand(), { abortSignal: aws.world.signal }),
  );
  return { credentials, arn: Arn, principal: toPrincipal(Arn) };
}

/** The SDK waits without end for a service or a program that says nothing, also in a cancelled run. */
function inTime<T>(found: Promise<T>, { environment, signal }: AuthWorld): Promise<T> {
  const end = AbortSignal.any([signal, AbortSignal.timeout(LONGEST_SEARCH)]);
  const ended = new Promise<never>((_, reject) => {
    end.addEventListener('abort', () => reject(tellLate(environment)));
  });
  return Promise.race([found, ended]);
}

function tellLate(environment: AuthWorld['environment']): DeployError {
  const set = findSignposts(environment);
  const led = set.length === 0 ? 'the machine' : `what ${set.join(', ')} names`;
  const message = `There are no AWS credentials after ${LONGEST_SEARCH / 1000} s: ${led} does not answer.`;
  return new DeployError('login-failed', message, {
    hint: "Set `aws-role-to-assume` (with GitHub's OIDC token), or make that answer.",
  });
}
