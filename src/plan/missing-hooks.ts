import { isWorkload } from '../release/hook.ts';
import type { ReleaseObject } from '../release/object.ts';
import { hasRelease } from '../release/revision.ts';
import type { Rendering, State } from '../state/state.ts';
import type { Operation } from './plan.ts';

/** Install-only hooks behind the one that failed: helm's next `upgrade --install` would skip them for good. */
export function planMissing(
  state: State,
  { objects }: Rendering,
  when: 'before' | 'after',
): readonly Operation[] {
  if (!hasRelease(state) || state.lastGood !== undefined) return [];
  const [install, upgrade] =
    when === 'before'
      ? (['pre-install', 'pre-upgrade'] as const)
      : (['post-install', 'post-upgrade'] as const);
  const done = new Set(
    state.history.flatMap(({ objects: made }) => made.filter(isDone)).map(({ key }) => key),
  );
  const missing = objects
    .filter(({ hook }) => hook?.events.includes(install) && !hook.events.includes(upgrade))
    .filter(({ key }) => !done.has(key))
    .toSorted(compareHooks);
  return missing.length > 0 ? [{ type: 'create-missing', when, objects: missing }] : [];
}

/** Ran to its end, and rightly gone: what a Job did once must not be done twice. */
function isDone(object: ReleaseObject): boolean {
  const { hook } = object;
  if (hook?.lastRun !== 'Succeeded') return false;
  return isWorkload(object) || hook.deletePolicies.includes('hook-succeeded');
}

/** helm's order of hooks: by weight, then by kind as it installs them, then by name. */
function compareHooks(one: ReleaseObject, other: ReleaseObject): number {
  return (
    (one.hook?.weight ?? 0) - (other.hook?.weight ?? 0) ||
    kindOrder(one) - kindOrder(other) ||
    Number(one.ref.name > other.ref.name) - Number(one.ref.name < other.ref.name)
  );
}

/** The part of helm's InstallOrder that hooks consist of (helm, pkg/release kind_sorter). */
const KINDS = [
  'ServiceAccount',
  'Secret',
  'ConfigMap',
  'PersistentVolumeClaim',
  'ClusterRole',
  'ClusterRoleBinding',
  'Role',
  'RoleBinding',
  'Service',
  'Pod',
  'Job',
];

function kindOrder({ ref }: ReleaseObject): number {
  const index = KINDS.indexOf(ref.kind);
  return index < 0 ? KINDS.length : index;
}
