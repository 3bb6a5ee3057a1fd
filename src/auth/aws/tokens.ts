import type { EksCluster } from '../../release/cluster-spec.ts';
import type { AuthWorld, Token, TokenSource } from '../access.ts';
import { createAwsLogin, TOKEN_LIFE } from './login.ts';
import type { AwsSession } from './session.ts';
import { LARGEST_TOKEN, readStsHost, signToken } from './sign-token.ts';
import { type Aws, createAws } from './transport.ts';

/** Milliseconds that a token is not used of its life, for clocks and slow requests; as the AWS CLI has it. */
const MARGIN = 60_000;

/** Tokens, and what is said of the last one when it is of a size that EKS may refuse. */
export interface EksTokens extends TokenSource {
  largeToken(): string | undefined;
}

/** Tokens for a cluster by its name: nothing is asked of EKS. */
export function createAwsTokens(spec: EksCluster, world: AuthWorld): TokenSource {
  const aws = createAws(spec.region, world);
  tellOverride(world);
  return createTokens(aws, createAwsLogin(spec.login, aws), spec.name);
}

/**
 * `cluster`: as EKS calls it.
 * `mint` throws what the login throws.
 */
export function createTokens(
  aws: Aws,
  login: () => Promise<AwsSession>,
  cluster: string,
): EksTokens {
  const { world, region } = aws;
  let large: string | undefined;
  return {
    async mint(): Promise<Token> {
      const { credentials } = await login();
      const host = await readStsHost(aws);
      const now = world.clock.now();
      const token = await signToken(credentials, { cluster, region, host, now });
      world.hide(token);
      const told = token.length > LARGEST_TOKEN ? tellLarge(token) : undefined;
      if (told && !large) world.log(told);
      large = told;
      const end = credentials.expiration?.getTime() ?? Number.POSITIVE_INFINITY;
      return { token, expiresAt: Math.min(now.getTime() + TOKEN_LIFE - MARGIN, end) };
    },
    largeToken: () => large,
  };
}

function tellLarge(token: string): string {
  const size = token.length.toLocaleString('en-US');
  const limit = LARGEST_TOKEN.toLocaleString('en-US');
  return `EKS may refuse this token (${size} bytes > ${limit}): the role's session token is unusually large. Shorten \`cluster.inline-session-policy\` and \`cluster.managed-session-policies\`, or the tags of the role's session.`;
}

export function tellOverride({ environment, log }: Pick<AuthWorld, 'environment' | 'log'>): void {
  const name = ['AWS_ENDPOINT_URL_STS', 'AWS_ENDPOINT_URL'].find((name) => environment[name]);
  if (name === undefined || environment['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'] === 'true') return;
  log(`${name} leads the login to another STS; the cluster's token still names the official one.`);
}
