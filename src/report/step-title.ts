import type { Step } from '../execute/outcome.ts';
import type { ReleaseObject } from '../release/object.ts';

type Upgrade = Extract<Step['operation'], { type: 'upgrade' }>;

/** Names in a title; the rest is counted, because a title is one line. */
const MAX_NAMES = 3;

/** An operation in a few words: the title of its group in the log, its row in the table of steps. */
export function renderStepTitle(operation: Step['operation']): string {
  switch (operation.type) {
    case 'create-namespace':
      return `create namespace ${operation.namespace}`;
    case 'await-hooks':
      return `wait for hooks of an earlier revision: ${names(operation.objects)}`;
    case 'unlock':
      return `unlock revision ${operation.revision}, whose run is dead`;
    case 'create-missing':
      return `create what the failed install left out: ${names(operation.objects)}`;
    case 'create-crds':
      return `create CRDs: ${names(operation.objects)}`;
    case 'apply-crds':
      return `apply CRDs: ${names(operation.objects)}`;
    case 'upgrade':
      return [upgrade(operation), ...methodOf(operation)].join(', ');
    case 'watch':
      return `watch the rollout of revision ${operation.revision}`;
    case 'settle':
      return `watch revision ${operation.revision}, which has no verdict yet`;
    case 'stop-hooks':
      return 'stop hooks that still run';
    case 'rollback':
      return `helm rollback to revision ${operation.to}`;
  }
}

function upgrade({ revision }: Upgrade): string {
  return revision === 1 ? 'helm install, revision 1' : `helm upgrade to revision ${revision}`;
}

/** Client-side is what helm always did, and needs no words. */
function methodOf({ method, takeOwnership, wait }: Upgrade): readonly string[] {
  return [
    ...(method.serverSide ? ['server-side'] : []),
    ...(method.forceConflicts ? ['taking fields from others'] : []),
    ...(takeOwnership ? ['taking objects from others'] : []),
    ...(wait === 'all' ? ['waiting for readiness before post-hooks'] : []),
  ];
}

function names(objects: readonly ReleaseObject[]): string {
  const shown = objects.slice(0, MAX_NAMES).map(({ ref }) => `${ref.kind} ${ref.name}`);
  const more = objects.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
}
