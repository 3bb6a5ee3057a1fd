import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { fromNodeProviderChain } from '@aws-sdk/credential-providers';
import { toPrincipal } from './arn.ts';
import { tellExpired } from './assume-role-refusals.ts';
import { type AwsCall, callAws } from './call.ts';
import { isExpired } from './refusal.ts';
import { type AwsCredentials, type AwsSession, hideCredentials } from './session.ts';
import type { Aws } from './transport.ts';

/** Keys too short-lived for a whole token are not kept by the SDK's chain either: it is asked anew each time. */
const FIND: AwsCall = {
  service: 'AWS',
  doing: 'find credentials in the environment and on the machine',
  explain(refusal) {
    if (isExpired(refusal)) return tellExpired(refusal);
    if (refusal.code !== 'CredentialsProviderError') return undefined;
    return {
      code: 'login-missing',
      message:
        "There are no AWS credentials: `aws-role-to-assume` is not given, and neither the job's environment nor the machine has any.",
      hint: "Set `aws-role-to-assume` (with GitHub's OIDC token), or run aws-actions/configure-aws-credentials in an earlier step.",
    };
  },
};

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
  const found = await callAws(aws, FIND, () => find());
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
