import type { GkeCluster } from '../../release/cluster-spec.ts';
import type { AuthWorld, ClusterAccess } from '../access.ts';
import { connectGoogle } from './client.ts';
import { readCluster } from './cluster.ts';
import { chooseEndpoint } from './endpoint.ts';
import { explainAccess } from './explain.ts';
import { readGateway } from './gateway.ts';
import { isRegistry } from './registry.ts';
import { createTokens } from './tokens.ts';

/**
 * Logs in at Google and finds the cluster.
 * @throws DeployError `login-…`, `oidc-…`, `clock-skew`, `cluster-…`, `proxy-refused`
 */
export async function openGke(spec: GkeCluster, world: AuthWorld): Promise<ClusterAccess> {
  const google = connectGoogle(spec.universe, world);
  const tokens = createTokens(spec.login, google);
  const first = await tokens.mint();
  if (first.identity.startsWith('principal:')) world.log(DIRECT);
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
    mint: () => tokens.mint(),
    explain: (failure) => explainAccess(failure, { name, endpoint, facts, owner: first }),
    async registry(host) {
      if (!isRegistry(host, spec.universe)) return undefined;
      const { token: password } = await tokens.mint();
      return { username: 'oauth2accesstoken', password };
    },
  };
}

const DIRECT =
  'Tokens from direct federation live under 5 minutes: they are renewed for as long as this run lasts (with `gcp-service-account` they live an hour)';
