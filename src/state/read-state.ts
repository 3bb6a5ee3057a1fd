import { ApiError, type Clock, type Cluster, type Helm } from '../ports.ts';
import { toDeployError } from '../refusal/explain.ts';
import { lastGood, parseRecord } from '../release/record.ts';
import type { Revision } from '../release/revision.ts';
import type { Target } from '../release/spec.ts';
import type { State } from './state.ts';

/** Facts about a release, read once. Throws DeployError when the cluster cannot be read. */
export async function readState(
  target: Target,
  ports: { readonly cluster: Cluster; readonly helm: Helm; readonly clock: Clock },
): Promise<State> {
  const { cluster, helm, clock } = ports;
  const { release, namespace } = target;
  try {
    const [server, presence, history] = await Promise.all([
      cluster.readServerVersion(),
      readNamespace(namespace.name, cluster),
      readHistory(target, cluster),
    ]);
    return {
      history,
      lastGood: lastGood(history),
      namespace: presence,
      readAt: clock.now().getTime(),
      live: new Map(),
      versions: { server, helm: helm.version },
    };
  } catch (error) {
    const doing = `Reading release ${release} in namespace ${namespace.name}`;
    const needs = `get and list on secrets in namespace ${namespace.name} (helm's release records)`;
    throw toDeployError(error, doing, needs);
  }
}

/** Unknown when reading it is forbidden: it may well be there, and helm will tell. */
async function readNamespace(name: string, cluster: Cluster): Promise<State['namespace']> {
  const ref = { apiVersion: 'v1', kind: 'Namespace', namespace: '', name };
  try {
    return (await cluster.read(ref)) ? 'present' : 'absent';
  } catch (error) {
    if (error instanceof ApiError && error.status === 403) return 'unknown';
    throw error;
  }
}

/** helm's release records, oldest first. */
async function readHistory(
  { release, namespace }: Target,
  cluster: Cluster,
): Promise<readonly Revision[]> {
  const secrets = await cluster.list({
    apiVersion: 'v1',
    kind: 'Secret',
    namespace: namespace.name,
    labelSelector: `owner=helm,name=${release}`,
  });
  return secrets.map(parseRecord).toSorted((one, other) => one.number - other.number);
}
