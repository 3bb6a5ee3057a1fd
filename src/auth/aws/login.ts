import { DeployError } from '../../errors.ts';
import type { AwsLogin } from '../../release/cluster-spec.ts';
import { readAmbient } from './ambient.ts';
import { accountOf } from './arn.ts';
import { assumeByRole, assumeByToken } from './assume-role.ts';
import type { AwsSession, Narrowing } from './session.ts';
import type { Aws } from './transport.ts';

/** Milliseconds: for how long EKS takes a token. */
export const TOKEN_LIFE = 15 * 60_000;

/**
 * Logs in, and again whenever the session would end before a token that it signs now. Keys without a
 * known end are looked at each time: a token signed with dead ones would only be refused by the cluster.
 * The returned function throws `DeployError` `account-not-allowed` and what the single steps throw.
 */
export function createAwsLogin(login: AwsLogin, aws: Aws): () => Promise<AwsSession> {
  let kept: AwsSession | undefined;
  return async () => {
    const end = kept?.credentials.expiration?.getTime() ?? 0;
    if (kept && end - aws.world.clock.now().getTime() >= TOKEN_LIFE) return kept;
    kept = undefined;
    const session = await logIn(login, aws);
    refuseForeignAccount(login.allowedAccounts, session);
    kept = session;
    return session;
  };
}

async function logIn(login: AwsLogin, aws: Aws): Promise<AwsSession> {
  const { role, chained } = login;
  const sessionName = login.sessionName || toSessionName(aws.world.session);
  const narrowing: Narrowing = login;
  const first = role
    ? await assumeByToken(
        aws,
        { role: role.arn, sessionName, narrowing: chained ? undefined : narrowing },
        role.audience,
      )
    : await readAmbient(aws);
  if (!chained) return first;
  return assumeByRole(
    aws,
    { role: chained.arn, sessionName, narrowing },
    { session: first, externalId: chained.externalId, isAmbient: !role },
  );
}

/** RoleSessionName: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export function toSessionName(wish: string): string {
  const name = wish.replace(/[^\w+=,.@-]/g, '-').slice(0, 64);
  return name.length < 2 ? 'slipway' : name;
}

function refuseForeignAccount(allowed: readonly string[], { arn }: AwsSession): void {
  const account = accountOf(arn);
  if (allowed.length === 0 || allowed.includes(account)) return;
  const message = `The AWS credentials are for account ${account}, which \`cluster.allowed-account-ids\` does not list (${allowed.join(', ')}).`;
  throw new DeployError('account-not-allowed', message, {
    hint: 'Nothing was done. Log in to the right account, or add this one to `cluster.allowed-account-ids`.',
  });
}
