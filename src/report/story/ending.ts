import type { ExecutedTarget } from '../report.ts';

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
  | 'failed'
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
  if (target.failure?.phase === 'before-change') return 'untouched';
  return isFirstInstall(target) ? 'install-kept' : 'failed';
}

function deployedEnding(target: ExecutedTarget): Ending {
  if (!target.steps.some(({ type }) => type === 'upgrade')) return 'verified';
  return target.plan.verdict === 'absent' ? 'installed' : 'deployed';
}

/** There is no good revision to return to. */
function isFirstInstall({ plan }: ExecutedTarget): boolean {
  return plan.against === undefined;
}
