import { isDestructivePlan, tellCounts } from '../changes.ts';
import type { PlannedTarget, PlanSummary } from '../report.ts';
import { plural } from '../text.ts';
import { type Phrase, say } from './phrase.ts';
import type { Story } from './story.ts';

/** The story of `command: plan`. */
export function tellPlanned({ plan, result }: PlannedTarget): Story {
  const stopped = result === 'refused';
  return {
    glyph: stopped ? '⛔' : glyphOf(plan, result),
    outcome: stopped
      ? say`plan stopped: ${plural(plan.problems.length, 'problem')}`
      : outcomeOf(plan, result),
    why: [say`${plan.reason}`],
    now: [],
    warnings: [],
    notUndone: [],
    next: result === 'planned' ? nextOf(plan) : [],
    commands: [],
  };
}

function glyphOf(plan: PlanSummary, result: PlannedTarget['result']): string {
  if (plan.verdict === 'locked') return '🔒';
  if (result === 'unchanged') return '⚪';
  return isDestructivePlan(plan) ? '🔴' : '🟡';
}

function outcomeOf(plan: PlanSummary, result: PlannedTarget['result']): Phrase {
  if (result === 'unchanged') return say`no change`;
  const dropped =
    plan.dropped.length === 0 ? '' : `, drops ${plural(plan.dropped.length, 'value')}`;
  const counts = `${tellCounts(plan.changes, 'planned')}${dropped}`;
  if (plan.verdict === 'absent') return say`plan: first install, ${counts}`;
  if (plan.changes.length > 0 || dropped !== '') return say`plan: ${counts}`;
  if (plan.operations.length === 0) return say`plan: no changes`;
  return say`plan: no changes, ${plural(plan.operations.length, 'step')} to do`;
}

function nextOf(plan: PlanSummary): readonly Phrase[] {
  if (plan.operations.length === 0) return [];
  return [say`On deploy: ${plan.operations.join(', then ')}.`, say`${plan.onFailure}`];
}
