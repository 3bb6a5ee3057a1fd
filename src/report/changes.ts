import type { Change, Plan } from '../plan/plan.ts';

/** Deleting one of these deletes data, or everything inside it. */
const HOLDS_DATA = new Set([
  'PersistentVolumeClaim',
  'PersistentVolume',
  'Namespace',
  'CustomResourceDefinition',
]);

export interface ChangeCounts {
  readonly create: number;
  readonly update: number;
  readonly delete: number;
}

/** Whether the change deletes an object. */
export function isDestructive(change: Change): boolean {
  return change.action === 'delete';
}

/** Whether the change deletes an object together with data that no rollback brings back. */
export function deletesData(change: Change): boolean {
  return isDestructive(change) && HOLDS_DATA.has(change.ref.kind);
}

/** Whether a plan takes something away: an object, or a value that the release has now. */
export function isDestructivePlan(plan: Pick<Plan, 'changes' | 'dropped'>): boolean {
  return plan.dropped.length > 0 || plan.changes.some(isDestructive);
}

const ORDER: readonly Change['action'][] = ['delete', 'update', 'create'];

/** Destructive first; within an action the plan's own order stays. */
export function orderChanges(changes: readonly Change[]): readonly Change[] {
  return changes.toSorted((a, b) => ORDER.indexOf(a.action) - ORDER.indexOf(b.action));
}

export function countChanges(changes: readonly Change[]): ChangeCounts {
  const count = (action: Change['action']) => changes.filter((c) => c.action === action).length;
  return { create: count('create'), update: count('update'), delete: count('delete') };
}

const WORDS = {
  planned: { create: 'to create', update: 'to update', delete: 'to delete' },
  done: { create: 'created', update: 'updated', delete: 'deleted' },
} as const;

/** `1 to create, 2 to update`; `no changes` when there are none. */
export function tellCounts(changes: readonly Change[], tense: keyof typeof WORDS): string {
  const counts = countChanges(changes);
  const actions = ['create', 'update', 'delete'] as const;
  const told = actions.filter((action) => counts[action] > 0);
  return (
    told.map((action) => `${counts[action]} ${WORDS[tense][action]}`).join(', ') || 'no changes'
  );
}
