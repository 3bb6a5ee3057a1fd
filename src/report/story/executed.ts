import type { Phase } from '../../plan/plan.ts';
import type { ExecutedTarget, RunRef } from '../report.ts';
import { type Ending, toEnding } from './ending.ts';
import { toNext } from './next.ts';
import { toNow, toWarnings } from './now.ts';
import { type Phrase, say } from './phrase.ts';
import type { Story } from './story.ts';
import { toWhy } from './why.ts';

const GLYPHS: Readonly<Record<Ending, string>> = {
  unchanged: '⚪',
  verified: '✅',
  installed: '✅',
  deployed: '✅',
  'rolled-back': '❌',
  'rollback-failed': '🚨',
  superseded: '❌',
  held: '❌',
  'install-kept': '❌',
  untouched: '❌',
  prepared: '❌',
  failed: '❌',
  unknown: '❌',
  cancelled: '🚫',
  refused: '⛔',
};

const PHASES: Readonly<Record<Phase, string>> = {
  'before-change': 'before any change',
  'pre-hook': 'in a hook before the change',
  apply: 'while helm applied it',
  rollout: 'during the rollout',
  'post-hook': 'in a hook after the change',
  verify: 'while it was verified',
};

/** The story of `command: deploy`. */
export function tellExecuted(target: ExecutedTarget, run: RunRef): Story {
  const ending = toEnding(target);
  return {
    glyph: GLYPHS[ending],
    outcome: toOutcome(ending, target),
    why: toWhy(target),
    now: toNow(ending, target),
    warnings: toWarnings(target),
    notUndone: (target.remediation?.notUndone ?? []).map((sentence) => say`${sentence}`),
    ...toNext(ending, target, run),
  };
}

function toOutcome(ending: Ending, target: ExecutedTarget): Phrase {
  const { attempted = 0, failure, remediation } = target;
  switch (ending) {
    case 'unchanged':
      return say`no change`;
    case 'verified':
      return say`revision ${attempted} verified`;
    case 'installed':
      return say`installed, revision ${attempted}`;
    case 'deployed':
      return say`deployed, revision ${attempted}${tellStale(target)}`;
    case 'rolled-back':
      return say`deploy failed, rolled back${rollbackTo(remediation?.chosen)}`;
    case 'rollback-failed':
      return say`deploy failed, rollback failed: act by hand`;
    case 'superseded':
      return say`deploy failed, another one took over`;
    case 'held':
      return say`deploy failed, revision ${attempted} held`;
    case 'install-kept':
      return say`first install failed, kept for the next deploy`;
    case 'untouched':
      return say`failed before any change`;
    case 'prepared':
      return say`failed before the release was changed`;
    case 'failed':
      return say`deploy failed ${failure ? PHASES[failure.phase] : ''}`;
    case 'unknown':
      return say`outcome unknown: the cluster could no longer be asked`;
    case 'cancelled':
      return say`cancelled ${PHASES[cancelledPhase(target)]}`;
    case 'refused':
      return say`not started`;
  }
}

function tellStale({ stale }: ExecutedTarget): string {
  const pods = new Set(stale.flatMap((consumer) => consumer.pods)).size;
  if (pods === 0) return '';
  return ` ⚠️ ${pods === 1 ? '1 pod keeps' : `${pods} pods keep`} the old configuration`;
}

function rollbackTo(chosen: { readonly type: string; readonly to?: number } | undefined): string {
  return chosen?.to === undefined ? '' : ` to revision ${chosen.to}`;
}

function cancelledPhase({ steps }: ExecutedTarget): Phase {
  return steps.findLast(({ result }) => result === 'cancelled')?.phase ?? 'before-change';
}
