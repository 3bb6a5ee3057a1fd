import { ApiError, type Cluster } from '../ports.ts';
import type { KubeObject, ObjectKey, ReleaseObject } from '../release/object.ts';
import type { Target } from '../release/spec.ts';
import type { Live } from './state.ts';

/**
 * Reads each object beside what a forced dry-run apply would make of it. Bounded by the cluster
 * adapter's connections, so all are asked at once.
 */
export async function readLive(
  objects: readonly ReleaseObject[],
  target: Target,
  cluster: Cluster,
): Promise<ReadonlyMap<ObjectKey, Live>> {
  const entries = await Promise.all(
    objects.map(async (object) => [object.key, await readOne(object, target, cluster)] as const),
  );
  return new Map(entries);
}

async function readOne(object: ReleaseObject, target: Target, cluster: Cluster): Promise<Live> {
  try {
    const [live, applied] = await Promise.all([
      cluster.read(object.ref),
      cluster.previewApply(withOwnership(object, target), target.namespace.name),
    ]);
    return live ? { type: 'present', object: live, applied } : { type: 'absent' };
  } catch (error) {
    if (error instanceof ApiError) return { type: 'not-checked', reason: error.message };
    throw error;
  }
}

/** helm adds these after rendering, to objects of the manifest but not to hooks (helm.md §2.7). */
function withOwnership(
  { object, hook }: ReleaseObject,
  { release, namespace }: Target,
): KubeObject {
  if (hook) return object;
  const { labels, annotations } = object.metadata;
  return {
    ...object,
    metadata: {
      ...object.metadata,
      labels: { ...labels, 'app.kubernetes.io/managed-by': 'Helm' },
      annotations: {
        ...annotations,
        'meta.helm.sh/release-name': release,
        'meta.helm.sh/release-namespace': namespace.name,
      },
    },
  };
}
