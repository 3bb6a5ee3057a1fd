import { createHash } from 'node:crypto';
import { isWorkload, runsOnUpgrade } from './hook.ts';
import type { Hook, KubeObject, ObjectRef, ReleaseObject } from './object.ts';
import { findPodReads } from './pod-reads.ts';

/** A ConfigMap or Secret that a hook reads and that no deploy makes anew before the hook runs. */
export interface HookInput {
  readonly ref: ObjectRef;
  /** Who reads it. */
  readonly hook: ObjectRef;
}

/** The Jobs and Pods that helm runs at every upgrade. */
export function findUpgradeRuns(objects: readonly ReleaseObject[]): readonly ReleaseObject[] {
  return objects.filter((object) => runsOnUpgrade(object.hook) && isWorkload(object));
}

/**
 * What the hooks that run at every upgrade read from outside of the release, once each, sorted by name.
 * To it belongs what the release has but an upgrade does not apply before the hook runs: objects that
 * only an install makes, and those of the manifest to a pre-upgrade hook, which reads the ones of the
 * revision before.
 */
export function findHookInputs(objects: readonly ReleaseObject[]): readonly HookInput[] {
  const found = new Map<string, HookInput>();
  for (const run of findUpgradeRuns(objects)) {
    for (const { kind, name } of findPodReads(podSpecOf(run.object))) {
      if (typeof name !== 'string') continue;
      const ref: ObjectRef = { apiVersion: 'v1', kind, namespace: run.ref.namespace, name };
      const isMade = objects.some((object) => isSame(object.ref, ref) && isMadeBefore(object, run));
      const id = toId(ref);
      if (!isMade && !found.has(id)) found.set(id, { ref, hook: run.ref });
    }
  }
  return [...found].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, input]) => input);
}

/** Spec of the pods that a Job or Pod runs. */
export function podSpecOf(object: KubeObject): unknown {
  const spec = object['spec'] as { readonly template?: { readonly spec?: unknown } } | undefined;
  return object.kind === 'Job' ? spec?.template?.spec : spec;
}

/** What stood in the cluster for each input, by uid and resourceVersion, as 40 hex characters. */
export function hashInputs(
  found: readonly { readonly ref: ObjectRef; readonly live: KubeObject | undefined }[],
): string {
  const states = found.map(({ ref, live }) => [
    toId(ref),
    live?.metadata.uid ?? 'absent',
    live?.metadata.resourceVersion ?? '',
  ]);
  return createHash('sha256').update(JSON.stringify(states)).digest('hex').slice(0, 40);
}

/**
 * helm runs the hooks of an event by weight, and of one weight ConfigMaps and Secrets before Pods and
 * Jobs (helm, pkg/release/v1/util/kind_sorter.go, InstallOrder); the manifest comes between pre and post.
 */
function isMadeBefore({ hook }: ReleaseObject, run: ReleaseObject): boolean {
  const event = run.hook?.events.includes('pre-upgrade') ? 'pre-upgrade' : 'post-upgrade';
  if (!hook) return event === 'post-upgrade';
  if (event === 'post-upgrade' && hook.events.includes('pre-upgrade')) return true;
  return hook.events.includes(event) && hook.weight <= weightOf(run.hook);
}

function weightOf(hook: Hook | undefined): number {
  return hook?.weight ?? 0;
}

function isSame(one: ObjectRef, other: ObjectRef): boolean {
  return one.apiVersion === other.apiVersion && toId(one) === toId(other);
}

function toId({ kind, namespace, name }: ObjectRef): string {
  return `${kind}/${namespace}/${name}`;
}
