import type { Change } from '../plan.ts';

const ACTIONS: readonly Change['action'][] = ['delete', 'update', 'create'];

/** What holds data first, then what runs, then what configures and exposes it; others follow by name. */
const KINDS = [
  ...['Namespace', 'CustomResourceDefinition', 'PersistentVolume', 'PersistentVolumeClaim'],
  ...['StatefulSet', 'Deployment', 'DaemonSet', 'Job', 'CronJob', 'Pod'],
  ...['Secret', 'ConfigMap', 'Service', 'Ingress'],
];
const RANK = new Map(KINDS.map((kind, index) => [kind, index]));

/** Destructive first; then by how much the kind matters, and by name. */
export function compareChanges(one: Change, other: Change): number {
  return (
    ACTIONS.indexOf(one.action) - ACTIONS.indexOf(other.action) ||
    rank(one) - rank(other) ||
    compareText(one.ref.kind, other.ref.kind) ||
    compareText(one.ref.name, other.ref.name) ||
    compareText(one.key, other.key)
  );
}

function rank({ ref }: Change): number {
  return RANK.get(ref.kind) ?? KINDS.length;
}

/** By code unit: the same on every machine. */
function compareText(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
