import { isDestructivePlan } from '../changes.ts';
import { isSkipped } from '../parts.ts';
import type { ReportTarget } from '../report.ts';
import { type Ending, toEnding } from './ending.ts';

/** What became of a target, of whichever type, as far as one sentence for many tells them apart. */
export type Fate =
  | Ending
  | 'stopped'
  | 'locked'
  | 'skipped'
  | 'destructive'
  | 'planned'
  | 'checked'
  | 'ready';

/** Good ones are counted, all others are named. */
export interface FateWords {
  readonly tone: 'good' | 'bad';
  /** Behind a count or a name; `was` becomes `were` behind several names. */
  readonly words: string;
}

/** Worst first: the order in which they are told. */
export const FATES: Readonly<Record<Fate, FateWords>> = {
  'rollback-failed': { tone: 'bad', words: 'failed, and so did the rollback' },
  failed: { tone: 'bad', words: 'failed' },
  unknown: { tone: 'bad', words: 'ended unseen' },
  'install-kept': { tone: 'bad', words: 'failed on the first install' },
  held: { tone: 'bad', words: 'failed and was held' },
  superseded: { tone: 'bad', words: 'gave way to another run' },
  'rolled-back': { tone: 'bad', words: 'failed and was rolled back' },
  untouched: { tone: 'bad', words: 'failed before any change' },
  prepared: { tone: 'bad', words: 'failed before the release was changed' },
  refused: { tone: 'bad', words: 'was not started' },
  stopped: { tone: 'bad', words: 'cannot be deployed' },
  locked: { tone: 'bad', words: 'was locked by another run' },
  cancelled: { tone: 'bad', words: 'was cancelled' },
  skipped: { tone: 'bad', words: 'was skipped' },
  destructive: { tone: 'good', words: 'would be deployed' },
  planned: { tone: 'good', words: 'would be deployed' },
  deployed: { tone: 'good', words: 'deployed' },
  installed: { tone: 'good', words: 'deployed' },
  verified: { tone: 'good', words: 'verified' },
  unchanged: { tone: 'good', words: 'unchanged' },
  checked: { tone: 'good', words: 'checked' },
  ready: { tone: 'good', words: 'ready' },
};

const ORDER = Object.keys(FATES);

/** Targets in the order in which they want attention; equal ones as they were worked on. */
export function worstFirst(targets: readonly ReportTarget[]): readonly ReportTarget[] {
  const rank = (target: ReportTarget) => ORDER.indexOf(toFate(target));
  return targets.toSorted((a, b) => rank(a) - rank(b));
}

export function toFate(target: ReportTarget): Fate {
  switch (target.type) {
    case 'refused':
      return refusedFate(target);
    case 'checked':
    case 'ready':
      return target.type;
    case 'planned':
      return plannedFate(target);
    case 'executed':
      return toEnding(target);
  }
}

function refusedFate(target: Extract<ReportTarget, { type: 'refused' }>): Fate {
  if (isSkipped(target)) return 'skipped';
  const { code } = target;
  return code === 'locked' || code === 'cancelled' || code === 'superseded' ? code : 'refused';
}

function plannedFate({ result, plan }: Extract<ReportTarget, { type: 'planned' }>): Fate {
  if (result === 'refused') return 'stopped';
  if (result === 'unchanged') return 'unchanged';
  return isDestructivePlan(plan) ? 'destructive' : 'planned';
}
