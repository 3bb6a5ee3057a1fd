import { isMap } from '../../release/json.ts';
import { groupOf, type ObjectRef, type ReleaseObject } from '../../release/object.ts';
import { findPodReads, type PodRead } from '../../release/pod-reads.ts';
import { planFields } from './fields.ts';
import { isSecret, secretData } from './secret.ts';

/** One object in two versions. */
export interface Versions {
  readonly before: ReleaseObject;
  readonly after: ReleaseObject;
}

/** Kinds that replace their pods when the template changes; the pods of a Job are never replaced. */
const ROLLING = ['Deployment', 'StatefulSet', 'DaemonSet'];

function isRolling({ ref }: ReleaseObject): boolean {
  return groupOf(ref.apiVersion) === 'apps' && ROLLING.includes(ref.kind);
}

/** Whether the update replaces pods: a workload whose pod template changed. */
export function restartsPods({ before, after }: Versions): boolean {
  return isRolling(after) && planFields(templateOf(before), templateOf(after)).length > 0;
}

function templateOf({ object }: ReleaseObject): unknown {
  return isMap(object['spec']) ? object['spec']['template'] : undefined;
}

/** Workloads whose pods go on with what they have read of a ConfigMap or Secret. */
export type Consumers = (config: Versions) => readonly ObjectRef[];

/**
 * Finds who reads a changed ConfigMap or Secret and is not restarted by this change: a variable is
 * read once at start, and few programs read a file again.
 */
export function toConsumers(workloads: readonly Versions[]): Consumers {
  let readers: readonly Reader[] | undefined;
  return ({ before, after }) => {
    if (!isConfig(after)) return [];
    readers ??= workloads.filter((workload) => isLeft(workload)).map(toReader);
    const changed = changedKeys(before, after);
    return readers
      .filter(({ ref }) => ref.namespace === after.ref.namespace)
      .filter(({ reads }) => reads.some((read) => isAffected(read, after, changed)))
      .map(({ ref }) => ref);
  };
}

function isConfig({ ref }: ReleaseObject): boolean {
  return ref.apiVersion === 'v1' && (ref.kind === 'ConfigMap' || ref.kind === 'Secret');
}

function isLeft(workload: Versions): boolean {
  return isRolling(workload.after) && !restartsPods(workload);
}

interface Reader {
  readonly ref: ObjectRef;
  readonly reads: readonly PodRead[];
}

function toReader({ after }: Versions): Reader {
  const template = templateOf(after);
  return { ref: after.ref, reads: isMap(template) ? findPodReads(template['spec']) : [] };
}

function isAffected(
  { kind, name, keys }: PodRead,
  { ref }: ReleaseObject,
  changed: ReadonlySet<unknown>,
): boolean {
  if (kind !== ref.kind || name !== ref.name) return false;
  return keys ? keys.some((key) => changed.has(key)) : changed.size > 0;
}

function changedKeys(before: ReleaseObject, after: ReleaseObject): ReadonlySet<string> {
  const [old, wanted] = [dataOf(before), dataOf(after)];
  const keys = [...new Set([...old.keys(), ...wanted.keys()])];
  return new Set(keys.filter((key) => old.get(key) !== wanted.get(key)));
}

function dataOf({ object }: ReleaseObject): ReadonlyMap<string, unknown> {
  if (isSecret(object)) return secretData(object);
  const { data, binaryData } = object;
  return new Map([data, binaryData].flatMap((part) => (isMap(part) ? Object.entries(part) : [])));
}
