import { ApiError, type Cluster } from '../ports.ts';
import type { KubeObject, ObjectRef } from '../release/object.ts';
import { isOurs, recordName } from '../release/record.ts';
import type { Target } from '../release/spec.ts';

/*
 * Our verdict is written into helm's own record by compare-and-swap (design.md rule 2), because
 * with hook-only waiting helm says `deployed` before anything is ready.
 */

/** helm rewrites a record now and then; each stale write is tried again on what it wrote. */
const TRIES = 5;

/** Changes a record; false when it is gone or was replaced by somebody else's. */
export async function updateRecord(
  cluster: Cluster,
  where: { readonly target: Target; readonly revision: number },
  change: (secret: KubeObject) => KubeObject,
): Promise<boolean> {
  for (let tried = 0; tried < TRIES; tried++) {
    const secret = await readRecord(cluster, where.target, where.revision);
    if (!secret) return false;
    try {
      await cluster.replace(change(secret));
      return true;
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 409) throw error;
    }
  }
  return false;
}

/** Whether the newest revision is still the one that this run made. */
export async function isNewestOurs(
  cluster: Cluster,
  target: Target,
  revision: number,
): Promise<boolean> {
  const [own, next] = await Promise.all([
    readRecord(cluster, target, revision),
    readRecord(cluster, target, revision + 1),
  ]);
  return own !== undefined && isOurs(own) && next === undefined;
}

export function readRecord(
  cluster: Cluster,
  { release, namespace }: Target,
  revision: number,
): Promise<KubeObject | undefined> {
  const ref: ObjectRef = {
    apiVersion: 'v1',
    kind: 'Secret',
    namespace: namespace.name,
    name: recordName(release, revision),
  };
  return cluster.read(ref);
}
