import { call } from '../local-cluster/api.ts';
import type { Cluster } from '../local-cluster/cluster.ts';
import { connect } from '../local-cluster/kubeconfig.ts';
import { until } from '../local-cluster/wait.ts';

export interface ReadyPods {
  readonly pods: number;
  /** Of their image. */
  readonly tag: string;
}

interface Pod {
  readonly metadata: { readonly deletionTimestamp?: string };
  readonly spec: { readonly containers: readonly { readonly image: string }[] };
  readonly status: { readonly conditions?: readonly { type: string; status: string }[] };
}

/**
 * Both sides must end with the same pods ready, and none that the one left behind may burden the
 * other: waits until exactly the wanted pods are there, ready and of the wanted image.
 */
export async function untilQuiet(
  cluster: Cluster,
  namespace: string,
  { pods, tag }: ReadyPods,
): Promise<void> {
  const connection = connect(cluster.kubeconfig('admin'));
  await until(`${pods} ready pods of ${tag} and no other in ${namespace}`, async () => {
    const { body } = await call(connection, `/api/v1/namespaces/${namespace}/pods`);
    const items = body.items as readonly Pod[];
    return items.length === pods && items.every((pod) => isReady(pod) && isOf(pod, tag));
  });
}

function isReady({ metadata, status }: Pod): boolean {
  const ready = status.conditions?.find(({ type }) => type === 'Ready');
  return ready?.status === 'True' && metadata.deletionTimestamp === undefined;
}

function isOf({ spec }: Pod, tag: string): boolean {
  return spec.containers.every(({ image }) => image.endsWith(`:${tag}`));
}
