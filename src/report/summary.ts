import { type Detail, renderWithin, SUMMARY_BUDGET } from './ladder.ts';
import { page } from './markdown/blocks.ts';
import { renderChangeTable, renderDestructive, renderFields } from './markdown/changes.ts';
import { renderDropped } from './markdown/dropped.ts';
import { renderEvidence } from './markdown/evidence.ts';
import { renderFooter } from './markdown/footer.ts';
import { inline } from './markdown/inline.ts';
import { renderLead, renderNext, renderNotes } from './markdown/lead.ts';
import { renderOverview } from './markdown/overview.ts';
import { renderProblems } from './markdown/problems.ts';
import type { Sheet } from './markdown/sheet.ts';
import { renderSteps } from './markdown/steps.ts';
import { renderTargets } from './markdown/targets.ts';
import { renderValues } from './markdown/values.ts';
import { renderWarnings } from './markdown/warnings.ts';
import { changesTitle, notesOf, planOf, problemsOf } from './parts.ts';
import type { Report, ReportTarget } from './report.ts';
import { toStory } from './story/story.ts';

/** The job summary: everything, the outcome first; always below GitHub's limit. */
export function renderSummary(report: Report): string {
  return renderWithin((detail) => renderAll(report, detail), SUMMARY_BUDGET);
}

function renderAll(report: Report, detail: Detail): string {
  const sheet: Sheet = { form: 'summary', run: report.run, detail };
  return `${page([
    renderOverview(report.targets, sheet),
    renderTargets(report.targets, sheet, (target, heading) => renderTarget(target, heading, sheet)),
    renderWarnings(report.warnings, sheet),
    renderFooter(report.run, report.targets),
  ])}\n`;
}

function renderTarget(target: ReportTarget, heading: string, sheet: Sheet): string {
  const story = toStory(target, sheet.run);
  const executed = target.type === 'executed' ? target : undefined;
  return page([
    renderLead(target, story, sheet),
    renderProblems(problemsOf(target), sheet),
    executed?.failure ? renderEvidence(executed.failure, sheet) : '',
    renderDropped(target, sheet),
    section(`${heading} ${inline(changesTitle(target))}`, renderChanges(target, sheet)),
    renderValues(planOf(target)?.values, sheet),
    executed ? section(`${heading} Steps`, renderSteps(executed, sheet)) : '',
    section(`${heading} Good to know`, renderNotes(notesOf(target), sheet)),
    renderNext(story, sheet),
  ]);
}

function renderChanges(target: ReportTarget, sheet: Sheet): string {
  const changes = planOf(target)?.changes ?? [];
  if (changes.length === 0) return '';
  return page([
    target.result === 'deployed' ? '' : renderDestructive(changes, sheet),
    renderChangeTable(changes, sheet),
    renderFields(changes, target.type, sheet),
  ]);
}

function section(title: string, body: string): string {
  return body === '' ? '' : page([title, body]);
}
