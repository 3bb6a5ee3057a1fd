import type { Change } from '../plan/plan.ts';
import { objectName, tellEffects, tellField } from './change-words.ts';
import { tellCounts } from './changes.ts';
import { line } from './log.ts';
import { planOf, problemsOf } from './parts.ts';
import type { PlanSummary, ReportTarget, RunRef } from './report.ts';
import { type Phrase, toPlain } from './story/phrase.ts';
import { targetName, toStory } from './story/story.ts';
import { plural } from './text.ts';

const SIGNS = { create: '+', update: '~', delete: '-' } as const;
/** The log has everything, but an object with hundreds of fields is better read in its diff. */
const MAX_FIELDS = 200;

/** The plan in the log: what changes, object by object, and what happens when it fails. */
export function renderPlan(plan: PlanSummary): readonly string[] {
  const base = plan.against === undefined ? '' : `, compared with revision ${plan.against}`;
  const app = plan.chart.appVersion === '' ? '' : `, app ${plan.chart.appVersion}`;
  return [
    `Plan: ${tellCounts(plan.changes, 'planned')}${base}. ${plan.reason}`,
    ...plan.changes.flatMap(renderChange),
    ...(plan.operations.length > 0 ? ['Then:'] : []),
    ...plan.operations.map((operation, i) => `  ${i + 1}. ${operation}`),
    ...(plan.operations.length > 0 ? [plan.onFailure] : []),
    ...plan.notes.map((note) => `note: ${note}`),
    `chart ${plan.chart.name} ${plan.chart.version}${app} (${shortDigest(plan.chart.digest)}), helm ${plan.versions.helm}, Kubernetes ${plan.versions.server}`,
  ].map(line);
}

/** The last lines of the log, outside of any group: what became of it, why, and what to do. */
export function renderVerdict(target: ReportTarget, run: RunRef): readonly string[] {
  const story = toStory(target, run);
  const { environment, release } = targetName(target);
  const who = [environment, release].filter((part) => part !== '').join(' ');
  const label = (text: string, phrases: readonly Phrase[]) =>
    phrases.map((phrase, i) => `${i === 0 ? `  ${text}: ` : '    '}${toPlain(phrase)}`);
  return [
    `${story.glyph} ${who === '' ? '' : `${who}: `}${toPlain(story.outcome)}`,
    ...label('why', story.why),
    ...label('now', story.now),
    ...label('warning', story.warnings),
    ...label('not undone', story.notUndone),
    ...problemsOf(target).flatMap(renderProblem),
    ...label('next', story.next),
    ...story.commands.map((command) => `    $ ${command}`),
  ].map(line);
}

/** Plan (when there is one) and verdict of a target, as the log ends with them. */
export function renderTargetLog(target: ReportTarget, run: RunRef): readonly string[] {
  const plan = planOf(target);
  return [...(plan ? renderPlan(plan) : []), ...renderVerdict(target, run)];
}

/** `sha256:4be7c1d09a6e`: enough to tell two charts apart. */
function shortDigest(digest: string): string {
  return digest.replace(/^(sha256:)?([0-9a-f]{12})[0-9a-f]*$/, '$1$2');
}

function renderChange(change: Change): readonly string[] {
  const effects = tellEffects(change);
  const told = effects.length > 0 ? ` (${effects.join(', ')})` : '';
  const left = change.fields.length - MAX_FIELDS;
  return [
    `  ${SIGNS[change.action]} ${change.ref.kind} ${objectName(change)}${told}`,
    ...change.fields.slice(0, MAX_FIELDS).map((field) => `      ${tellField(change, field)}`),
    ...(left > 0 ? [`      … ${plural(left, 'more field')}`] : []),
  ];
}

function renderProblem({ code, message, hint, at }: ReturnType<typeof problemsOf>[number]) {
  const place = [at?.file, at?.line, at?.column].filter((part) => part !== undefined).join(':');
  return [
    `  ✗ ${place === '' ? '' : `${place}: `}${message} [${code}]`,
    ...(hint === '' ? [] : [`    → ${hint}`]),
  ];
}
