import type { Problem } from '../errors.ts';
import { tellCounts } from './changes.ts';
import type { PlanSummary, ReportTarget } from './report.ts';

/* What the renderers ask of any target, whichever its type. */

export function planOf(target: ReportTarget): PlanSummary | undefined {
  return target.type === 'planned' || target.type === 'executed' ? target.plan : undefined;
}

/** Not started because a release that it needs failed: no mistake of its own. */
export function isSkipped({ type, code }: ReportTarget): boolean {
  return type === 'refused' && code === 'needs-failed';
}

/** What is wrong with a target itself. */
export function problemsOf(target: ReportTarget): readonly Problem[] {
  if (isSkipped(target)) return [];
  return target.type === 'refused' ? target.problems : (planOf(target)?.problems ?? []);
}

/** The reason codes of what went wrong with a target; none when it went well. */
export function codesOf(target: ReportTarget): readonly string[] {
  const problems = problemsOf(target);
  if (problems.length > 0) return [...new Set(problems.map(({ code }) => code))];
  const isBad = isSkipped(target) || target.result === 'cancelled';
  const failure = target.type === 'executed' ? target.failure : undefined;
  if (failure) return [...new Set([failure.code, target.code])];
  return isBad ? [target.code] : [];
}

/** Each problem once: releases share files, and with them what is wrong in them. */
export function uniqueProblems(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}

/** The plan's notes and the run's; each once. */
export function notesOf(target: ReportTarget): readonly string[] {
  const ofRun = target.type === 'executed' ? target.notes : [];
  return [...new Set([...(planOf(target)?.notes ?? []), ...ofRun])];
}

/** `Changes: 1 created, 2 updated (compared with revision 3, chart api-1.4.2 → api-1.5.0)`; foreign text. */
export function changesTitle(target: ReportTarget): string {
  const plan = planOf(target);
  if (!plan) return '';
  const tense = target.result === 'deployed' ? 'done' : 'planned';
  const chart = `${plan.chart.name}-${plan.chart.version}`;
  const isNewChart = plan.previousChart !== undefined && plan.previousChart !== chart;
  const base = [
    ...(plan.against === undefined ? [] : [`compared with revision ${plan.against}`]),
    ...(isNewChart ? [`chart ${plan.previousChart} → ${chart}`] : []),
  ];
  const told = base.length === 0 ? '' : ` (${base.join(', ')})`;
  return `Changes: ${tellCounts(plan.changes, tense)}${told}`;
}
