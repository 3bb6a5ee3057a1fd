/** What a control plane needs besides itself to be of use: nodes, a StorageClass, and a moment. */
import { type Answer, call, create } from './api.ts';
import type { Connection } from './kubeconfig.ts';
import { until } from './wait.ts';

/** One a zone, so that spread constraints and anti-affinity of real charts are satisfied. */
const nodes = ['node-a', 'node-b', 'node-c'];

/** Enough for any chart; a Pod that asks for 2,000 CPUs is unschedulable for real. */
const capacity = { cpu: '1k', memory: '1Ti', 'ephemeral-storage': '1Ti', pods: '1M' };

export async function furnish(connection: Connection, kubeletPort: number): Promise<void> {
  await Promise.all([
    ...nodes.map((name) => create(connection, '/api/v1/nodes', node(name, kubeletPort))),
    create(connection, '/apis/storage.k8s.io/v1/storageclasses', storageClass),
  ]);
}

/** Each with the program that is to blame when it does not come. */
export const conditions = [
  {
    what: 'the API server to be ready',
    program: 'kube-apiserver',
    holds: async (ask: Ask) => (await ask('/readyz')).status === 200,
  },
  {
    what: 'every node to be ready',
    program: 'kwok',
    holds: async (ask: Ask) => (await ask('/api/v1/nodes')).body.items.every(isReady),
  },
  {
    what: 'the default ServiceAccount',
    program: 'kube-controller-manager',
    holds: async (ask: Ask) =>
      (await ask('/api/v1/namespaces/default/serviceaccounts/default')).status === 200,
  },
  {
    // `edit`, `admin` and `view` are put together by a controller: https://kubernetes.io/docs/reference/access-authn-authz/rbac/#aggregated-clusterroles
    what: 'the rules of ClusterRole edit',
    program: 'kube-controller-manager',
    holds: async (ask: Ask) =>
      (await ask('/apis/rbac.authorization.k8s.io/v1/clusterroles/edit')).body.rules?.length > 0,
  },
] as const;

type Ask = (path: string) => Promise<Answer>;

export async function waitFor(
  { what, holds }: (typeof conditions)[number],
  connection: Connection,
  signal: AbortSignal,
): Promise<void> {
  await until(what, () => holds((path) => call(connection, path)), { signal });
}

interface Node {
  readonly spec: { readonly taints?: readonly object[] };
  readonly status: { readonly conditions?: readonly { type: string; status: string }[] };
}

/** A new node is tainted until a controller has seen that it is ready. */
function isReady({ spec, status }: Node): boolean {
  const ready = status.conditions?.find(({ type }) => type === 'Ready');
  return ready?.status === 'True' && !spec.taints?.length;
}

function node(name: string, kubeletPort: number): object {
  return {
    metadata: {
      name,
      labels: {
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
        'topology.kubernetes.io/region': 'local',
        'topology.kubernetes.io/zone': name.replace('node', 'local'),
      },
    },
    status: {
      addresses: [
        { type: 'InternalIP', address: '127.0.0.1' },
        { type: 'Hostname', address: name },
      ],
      daemonEndpoints: { kubeletEndpoint: { Port: kubeletPort } },
      capacity,
      allocatable: capacity,
    },
  };
}

const storageClass = {
  metadata: {
    name: 'standard',
    annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' },
  },
  provisioner: 'kubernetes.io/host-path',
  volumeBindingMode: 'WaitForFirstConsumer',
  reclaimPolicy: 'Delete',
};
