import type { EksCluster } from '../../release/cluster-spec.ts';
import type { AuthWorld, ClusterAccess } from '../access.ts';
import { explainEks } from './advice.ts';
import { describeCluster, type EksWay } from './describe-cluster.ts';
import { createAwsLogin } from './login.ts';
import { readRegistryLogin } from './registry.ts';
import { createTokens, tellOverride } from './tokens.ts';
import { createAws } from './transport.ts';

/**
 * Logs in to AWS, checks the account, and only then asks EKS for the way to the cluster, unless it was
 * given.
 * @throws DeployError `login-…`, `oidc-…`, `account-not-allowed`, `clock-skew`, `proxy-refused`,
 * `cluster-unreadable`, `cluster-not-found`, `cluster-not-ready`, `cluster-endpoint-unavailable`
 */
export async function openEks(spec: EksCluster, world: AuthWorld): Promise<ClusterAccess> {
  const aws = createAws(spec.region, world);
  tellOverride(world);
  const login = createAwsLogin(spec.login, aws);
  const session = await login();
  const way: EksWay = spec.endpoint
    ? { endpoint: spec.endpoint, tokenName: spec.name }
    : await describeCluster(aws, spec, session);
  const tokens = createTokens(aws, login, way.tokenName);
  const { principal: identity } = session;
  return {
    endpoint: way.endpoint,
    connection: spec.connection,
    identity,
    mint: tokens.mint,
    explain: (failure) =>
      explainEks(failure, { spec, identity, way, largeToken: tokens.largeToken() }),
    registry: (host) => readRegistryLogin(host, aws, login),
  };
}
