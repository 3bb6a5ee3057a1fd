import type { ExecutedTarget, ToldStep } from '../report.ts';

/** How a deploy ended, told apart as far as a reader has to do something different. */
export type Ending =
  | 'unchanged'
  | 'verified'
  | 'installed'
  | 'deployed'
  | 'rolled-back'
  | 'rollback-failed'
  | 'superseded'
  | 'held'
  | 'install-kept'
  | 'untouched'
  | 'prepared'
  | 'failed'
  | 'unknown'
  | 'cancelled'
  | 'refused';

export function toEnding(target: ExecutedTarget): Ending {
  switch (target.result) {
    case 'unchanged':
    case 'rolled-back':
    case 'cancelled':
    case 'refused':
      return target.result;
    case 'held':
      return isFirstInstall(target) ? 'install-kept' : 'held';
    case 'failed':
      return failedEnding(target);
    default:
      return deployedEnding(target);
  }
}

function failedEnding(target: ExecutedTarget): Ending {
  if (target.remediation?.result === 'superseded' || target.code === 'superseded') {
    return 'superseded';
  }
  if (target.remediation?.result === 'failed') return 'rollback-failed';
  if (target.failure?.phase === 'before-change') {
    return keptSteps(target).length > 0 ? 'prepared' : 'untouched';
  }
  if (target.isLost) return 'unknown';
  if (target.remediation?.result === 'unreached') return 'failed';
  return isFirstInstall(target) ? 'install-kept' : 'failed';
}

/** What was done before helm was to begin, at least in part, and is not taken back. */
export function keptSteps({ steps }: ExecutedTarget): readonly ToldStep[] {
  return steps.filter(({ type }) => PREPARING.has(type));
}

const PREPARING: ReadonlySet<ToldStep['type']> = new Set([
  'create-namespace',
  'unlock',
  'create-crds',
  'apply-crds',
  'create-missing',
]);

function deployedEnding(target: ExecutedTarget): Ending {
  if (!target.steps.some(({ type }) => type === 'upgrade')) return 'verified';
  return target.plan.verdict === 'absent' ? 'installed' : 'deployed';
}

/** There is no good revision to return to. */
function isFirstInstall({ plan }: ExecutedTarget): boolean {
  return plan.against === undefined;
}
