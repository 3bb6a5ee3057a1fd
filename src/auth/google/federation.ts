import { DeployError } from '../../errors.ts';
import { requestIdToken } from '../github-oidc.ts';
import { StatusError } from '../retry.ts';
import { type Google, toAddress } from './client.ts';
import { exchange } from './exchange.ts';
import { isStale } from './exchange-refused.ts';
import type { GoogleSource, GoogleToken } from './login.ts';
import { parseRefusal } from './refusal.ts';

interface Federation {
  /** `projects/N/locations/global/workloadIdentityPools/P/providers/X` */
  readonly provider: string;
  /** Empty: the one that Google expects unless the provider lists others. */
  readonly audience: string;
}

/** GitHub's token for this job against one of Google's; a stale one is fetched anew, once. */
export function createFederation({ provider, audience }: Federation, google: Google): GoogleSource {
  const host = `iam.${google.universe}`;
  async function attempt(): Promise<GoogleToken> {
    const name = audience || `https://${host}/${provider}`;
    const { token } = await requestIdToken(name, google.world);
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
