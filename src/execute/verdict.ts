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

/**
 * Changes a record. False when it is gone, or when `change` returns undefined because it is not the
 * record that was meant: an uninstall and an install by somebody else make one of the same name.
 */
export async function updateRecord(
  cluster: Cluster,
  where: { readonly target: Target; readonly revision: number },
  change: (secret: KubeObject) => KubeObject | undefined,
): Promise<boolean> {
  for (let tries = TRIES; ; tries--) {
    const secret = await readRecord(cluster, where.target, where.revision);
    const changed = secret && change(secret);
    if (!changed) return false;
    try {
      await cluster.replace(changed);
      return true;
    } catch (error) {
      if (tries === 1 || !isWorthAnotherTry(error)) throw error;
    }
  }
}

/** Stale, or perhaps not done: what stands now is read first, so a second write does no harm. */
function isWorthAnotherTry(error: unknown): boolean {
  return (
    error instanceof ApiError && (error.status === 409 || error.status === 0 || error.status >= 500)
  );
}

/** Whether no helm made a revision after this one. */
export async function isNewest(
  cluster: Cluster,
  target: Target,
  revision: number,
): Promise<boolean> {
  return (await readRecord(cluster, target, revision + 1)) === undefined;
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
