import { DeployError } from '../../errors.ts';
import type { GoogleSource } from '../../release/cluster-spec.ts';
import { requestIdToken } from '../github-oidc.ts';
import { StatusError } from '../retry.ts';
import { type Google, toAddress } from './client.ts';
import { exchange } from './exchange.ts';
import { isStale } from './exchange-refusals.ts';
import { parseRefusal } from './refusal.ts';
import type { GoogleToken, Mint } from './token.ts';

type Federation = Extract<GoogleSource, { readonly type: 'federation' }>;

/** GitHub's token for this job against one of Google's; a stale one is fetched anew, once. */
export function createFederation({ provider, audience }: Federation, google: Google): Mint {
  const host = `iam.${google.universe}`;
  async function attempt(): Promise<GoogleToken> {
    const { token } = await requestIdToken(audience, google.world);
    const asked = {
      subject: token,
      subjectType: 'urn:ietf:params:oauth:token-type:jwt',
      audience: `//${host}/${provider}`,
      tokenUrl: toAddress(google, 'sts', '/token'),
      named: '`gcp-workload-identity-provider`',
    };
    return exchange(asked, google);
  }
  return async () => {
    try {
      return await attempt();
    } catch (error) {
      if (!wasStale(error)) throw error;
      google.world.log("Google takes GitHub's OIDC token for too old; trying again with a new one");
      return attempt();
    }
  };
}

function wasStale(error: unknown): boolean {
  const cause = error instanceof DeployError ? error.cause : undefined;
  return cause instanceof StatusError && isStale(parseRefusal(cause.answer));
}
