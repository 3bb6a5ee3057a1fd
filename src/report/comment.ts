import { renderMarker, renderState } from './comment-key.ts';
import { COMMENT_BUDGET, type Detail, renderRungs } from './ladder.ts';
import { details, page } from './markdown/blocks.ts';
import { renderChangeTable, renderDestructive, renderFields } from './markdown/changes.ts';
import { renderDropped } from './markdown/dropped.ts';
import { renderEvidence } from './markdown/evidence.ts';
import { renderFooter } from './markdown/footer.ts';
import { html } from './markdown/inline.ts';
import { renderLead, renderNext, renderNotes } from './markdown/lead.ts';
import { renderOverview } from './markdown/overview.ts';
import { renderProblems } from './markdown/problems.ts';
import type { Sheet } from './markdown/sheet.ts';
import { renderSteps } from './markdown/steps.ts';
import { renderTargets } from './markdown/targets.ts';
import { renderWarnings } from './markdown/warnings.ts';
import { changesTitle, notesOf, planOf, problemsOf } from './parts.ts';
import type { ExecutedTarget, Report, ReportTarget } from './report.ts';
import { toStory } from './story/story.ts';

/**
 * The pull request comment in its short form: every rendering that fits, fullest first, so that a
 * refused one is followed by the next smaller. `key` is of `toCommentKey`.
 */
export function renderComments(report: Report, key: string): Generator<string> {
  return renderRungs((detail) => renderAll(report, key, detail), COMMENT_BUDGET);
}

/** Longer plans start folded, so that the pull request stays readable. */
const MAX_OPEN = 15;

function renderAll(report: Report, key: string, detail: Detail): string {
  const sheet: Sheet = { form: 'comment', run: report.run, detail };
  const hidden = `${renderMarker(key)}\n${renderState(report.run)}`;
  return page([
    hidden,
    renderOverview(report.targets, sheet),
    renderTargets(report.targets, sheet, (target) => renderTarget(target, sheet)),
    renderWarnings(report.warnings, sheet),
    renderFooter(report.run, report.targets),
  ]);
}

function renderTarget(target: ReportTarget, sheet: Sheet): string {
  const story = toStory(target, sheet.run);
  const executed = target.type === 'executed' ? target : undefined;
  return page([
    renderLead(target, story, sheet),
    renderProblems(problemsOf(target), sheet),
    executed?.failure ? renderEvidence(executed.failure, sheet) : '',
    renderDropped(target, sheet),
    renderChanges(target, sheet),
    executed ? renderStepsOf(executed, sheet) : '',
    folded('Good to know', renderNotes(notesOf(target), sheet)),
    renderNext(story, sheet),
  ]);
}

function renderChanges(target: ReportTarget, sheet: Sheet): string {
  const changes = planOf(target)?.changes ?? [];
  if (changes.length === 0) return '';
  const body = page([renderChangeTable(changes, sheet), renderFields(changes, target.type, sheet)]);
  // A plan is there to be read; after a deploy the outcome is.
  const isShort = target.type === 'planned' && changes.length <= MAX_OPEN;
  return page([
    target.result === 'deployed' ? '' : renderDestructive(changes, sheet),
    details(html(changesTitle(target)), body, isShort ? 'open' : 'closed'),
  ]);
}

/** A failed run is read step by step; of a good one the outcome is enough. */
function renderStepsOf(target: ExecutedTarget, sheet: Sheet): string {
  const steps = renderSteps(target, sheet);
  return target.failure || target.result === 'cancelled' ? steps : folded('Steps', steps);
}

function folded(title: string, body: string): string {
  return body === '' ? '' : details(title, body, 'closed');
}
