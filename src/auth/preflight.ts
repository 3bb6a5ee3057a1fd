import { DeployError } from '../errors.ts';
import { ApiError, type Cluster } from '../ports.ts';
import { type AccessWords, toAccessFailure } from '../refusal/access-failure.ts';
import { toAccessError } from '../refusal/explain.ts';
import type { ClusterSpec } from '../release/cluster-spec.ts';
import type { Login } from './login.ts';

/**
 * One request with the new login, before helm starts: whoever is let in may read the version. Returns
 * it, such as `v1.36.3`.
 * @throws DeployError that tells apart name, connection, certificate, proxy, 401 and 403
 */
export async function preflight(
  cluster: Pick<Cluster, 'readServerVersion'>,
  login: Login,
): Promise<string> {
  try {
    return await cluster.readServerVersion();
  } catch (error) {
    throw explain(error, login);
  }
}

function explain(error: unknown, login: Login): unknown {
  const { provider, kubeconfig, identity } = login;
  const doing = `Connecting to ${kubeconfig.server} as ${identity}`;
  const general = toAccessError(error, doing, { ...WORDS[provider], rights: RIGHTS });
  const failure = error instanceof ApiError ? toAccessFailure(error) : undefined;
  const advice = failure && login.explain(failure);
  if (!advice || !(general instanceof DeployError)) return general;
  const { message, hint } = advice;
  return new DeployError(general.code, message, { hint, cause: error, said: failure.said });
}

/** Helm reads it as well, before anything else. */
const RIGHTS =
  'Bind the ClusterRole `system:public-info-viewer` to this identity: helm and Slipway begin with the version of the server.';

const WORDS: Readonly<Record<ClusterSpec['provider'], Omit<AccessWords, 'rights'>>> = {
  kubeconfig: {
    credentials: 'the credentials in `kubeconfig`',
    renewal: 'Renew its token or certificate; it may have expired, or belong to another cluster.',
    address: '`server` in `kubeconfig`',
    trust:
      'Put the CA of the cluster into `kubeconfig` as certificate-authority-data, and check the name in its `server`.',
  },
  server: {
    credentials: '`cluster.token`',
    renewal: 'Issue a new token; it may have expired, or belong to another cluster.',
    address: '`cluster.server`',
    trust:
      'Put the CA of the cluster into `cluster.ca`; when its certificate has another name than `cluster.server`, write that into `cluster.tls-server-name`.',
  },
  'in-cluster': {
    credentials: "this pod's service account",
    renewal:
      'The service account may have been deleted, or made anew since the pod started: start the runner again.',
    address: 'KUBERNETES_SERVICE_HOST',
    trust: 'The CA that is mounted into this pod is not that of the API server.',
  },
  eks: {
    credentials: 'this AWS identity',
    renewal: 'Give it an access entry of the cluster.',
    address: '`cluster-name` and `cluster-location`',
    trust: 'Check `cluster.server` and `cluster.ca`, or leave both out.',
  },
  gke: {
    credentials: 'this Google identity',
    renewal: 'Check `gcp-project`: the token may be of another organisation.',
    address: '`cluster-name`, `cluster-location` and `cluster.endpoint`',
    trust: 'Check `cluster.endpoint`.',
  },
};
