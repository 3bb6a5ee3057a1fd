import type { Hook, HookEvent, KubeObject, ReleaseObject } from './object.ts';

const EVENTS: ReadonlyMap<string, HookEvent> = new Map([
  ['pre-install', 'pre-install'],
  ['post-install', 'post-install'],
  ['pre-upgrade', 'pre-upgrade'],
  ['post-upgrade', 'post-upgrade'],
  ['pre-rollback', 'pre-rollback'],
  ['post-rollback', 'post-rollback'],
  ['pre-delete', 'pre-delete'],
  ['post-delete', 'post-delete'],
  ['test', 'test'],
  // Of Helm 2; helm still reads it.
  ['test-success', 'test'],
]);

/** What the `helm.sh/hook…` annotations say; undefined for an object of the manifest. */
export function parseHook(object: KubeObject): Hook | undefined {
  const events = words(object, 'helm.sh/hook').flatMap((word) => EVENTS.get(word) ?? []);
  if (events.length === 0) return undefined;
  return {
    events,
    weight: parseWeight(annotation(object, 'helm.sh/hook-weight')),
    deletePolicies: words(object, 'helm.sh/hook-delete-policy'),
  };
}

/** Whether helm applies the hook at an upgrade. */
export function runsOnUpgrade(hook: Hook | undefined): hook is Hook {
  return hook?.events.some((event) => event === 'pre-upgrade' || event === 'post-upgrade') ?? false;
}

/** Whether an object runs to an end of its own, as hooks do that do something. */
export function isWorkload({ ref }: Pick<ReleaseObject, 'ref'>): boolean {
  return ref.kind === 'Job' || ref.kind === 'Pod';
}

/** Whether helm leaves the object in the cluster when the chart no longer has it. */
export function isKept(object: KubeObject): boolean {
  return annotation(object, 'helm.sh/resource-policy').trim().toLowerCase() === 'keep';
}

/** A comma separated annotation, as helm reads it: without spaces, in lower case. */
function words(object: KubeObject, name: string): string[] {
  return annotation(object, name)
    .split(',')
    .map((word) => word.trim().toLowerCase())
    .filter((word) => word !== '');
}

/** helm uses Go's Atoi, and 0 for what that refuses. */
function parseWeight(text: string): number {
  return /^[+-]?\d+$/.test(text) ? Number(text) : 0;
}

function annotation(object: KubeObject, name: string): string {
  const value: unknown = object.metadata.annotations?.[name];
  return typeof value === 'string' ? value : '';
}
