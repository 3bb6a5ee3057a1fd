import { isSkipped } from '../parts.ts';
import type { ReportTarget } from '../report.ts';
import { FATES, toFate, worstFirst } from '../story/fate.ts';
import { toStory } from '../story/story.ts';
import { plural } from '../text.ts';
import { details, page } from './blocks.ts';
import { renderTitle, titleHtml } from './lead.ts';
import { leftOut, type Sheet } from './sheet.ts';

/** More than these are not read one below the other: the others open on a click. */
const MAX_OPEN = 5;
/** As many quiet ones stand by their names; more are behind one click together. */
const MAX_QUIET = 3;

/** The details of every target: one alone as it is; of several the worst first, and what went well folded. */
export function renderTargets(
  targets: readonly ReportTarget[],
  sheet: Sheet,
  /** With the mark of headings below the target's own. */
  renderBody: (target: ReportTarget, heading: string) => string,
): string {
  // One alone in a summary is the whole page; any other is a part of one.
  const level = targets.length === 1 && sheet.form === 'summary' ? '##' : '###';
  if (targets.length === 1) return page(targets.map(section));
  const told = worstFirst(targets).filter((target) => !isToldByRow(target));
  const shown = told.slice(0, sheet.detail.targets);
  const loud = shown.filter((target) => !isQuiet(target));
  const quiet = page(shown.filter(isQuiet).map(folded));
  const count = shown.length - loud.length;
  return page([
    ...loud.map((target, i) => (i < MAX_OPEN ? section(target) : folded(target))),
    count > MAX_QUIET ? details(toQuietTitle(count, loud.length), quiet, 'closed') : quiet,
    leftOut(told.length - shown.length, 'release', sheet),
  ]);

  function section(target: ReportTarget): string {
    const title = renderTitle(target, toStory(target, sheet.run), level);
    return page([title, renderBody(target, `${level}#`)]);
  }

  function folded(target: ReportTarget): string {
    return details(
      titleHtml(target, toStory(target, sheet.run)),
      renderBody(target, `${level}#`),
      'closed',
    );
  }
}

/** Nothing was done that could be told. */
function isToldByRow(target: ReportTarget): boolean {
  return target.type === 'checked' || isSkipped(target);
}

/** Its row says all that most readers want to know; a plan is there to be read. */
function isQuiet(target: ReportTarget): boolean {
  const fate = toFate(target);
  return fate !== 'planned' && fate !== 'destructive' && FATES[fate].tone === 'good';
}

function toQuietTitle(count: number, loud: number): string {
  return loud > 0 ? plural(count, 'other release') : `Details of ${plural(count, 'release')}`;
}
