import type { GkeCluster } from '../../release/cluster-spec.ts';
import type { AuthWorld, ClusterAccess } from '../access.ts';
import { explainGke } from './advice.ts';
import { connectGoogle } from './client.ts';
import { readCluster } from './cluster.ts';
import { chooseEndpoint } from './endpoint.ts';
import { readGateway } from './gateway.ts';
import { isRegistry } from './registry.ts';
import { isDirect } from './token.ts';
import { createTokens } from './tokens.ts';

/**
 * Logs in at Google and finds the cluster.
 * @throws DeployError `login-…`, `oidc-…`, `clock-skew`, `cluster-…`, `proxy-refused`
 */
export async function openGke(spec: GkeCluster, world: AuthWorld): Promise<ClusterAccess> {
  const google = connectGoogle(spec.universe, world);
  const tokens = createTokens(spec.login, google);
  const first = await tokens.mint();
  if (isDirect(first)) world.log(DIRECT);
  const { name, via, membership } = spec;
  // A membership says all that the gateway needs, also of a cluster that GKE's own API does not know.
  const isFound = via === 'gateway' && membership !== '';
  const facts = isFound ? {} : await readCluster(spec, first, google);
  const endpoint =
    via === 'gateway'
      ? await readGateway(spec, facts, { token: first, google })
      : chooseEndpoint({ name, via }, facts);
  return {
    endpoint: { server: endpoint.server, ca: endpoint.ca },
    connection: spec.connection,
    identity: first.identity,
    mint: startingWith(first, () => tokens.mint()),
    explain: (failure) => explainGke(failure, { name, endpoint, facts, owner: first }),
    async registry(host) {
      if (!isRegistry(host, spec.universe)) return undefined;
      const { token: password } = await tokens.mint();
      return { username: 'oauth2accesstoken', password };
    },
  };
}

const DIRECT =
  'Tokens from direct federation live under 5 minutes: they are renewed for as long as this run lasts (with `gcp-service-account` they live an hour).';

/** What was minted to look for the cluster is as good for the cluster itself. */
function startingWith<T>(first: T, mint: () => Promise<T>): () => Promise<T> {
  let unused: T | undefined = first;
  return async () => {
    const token = unused ?? (await mint());
    unused = undefined;
    return token;
  };
}
