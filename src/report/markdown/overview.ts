import { countChanges } from '../changes.ts';
import { isSkipped, planOf } from '../parts.ts';
import type { ReportTarget } from '../report.ts';
import { worstFirst } from '../story/fate.ts';
import { commonEnvironment, tellOverall } from '../story/overall.ts';
import { toMarkdown, toPlain } from '../story/phrase.ts';
import { type Story, targetName, toStory } from '../story/story.ts';
import { clip } from '../text.ts';
import { page, table } from './blocks.ts';
import { code, inline, prose } from './inline.ts';
import { codeLink } from './problems.ts';
import { leftOut, type Sheet } from './sheet.ts';

/** Rows that even the smallest form has. */
const MIN_ROWS = 30;
/** Characters in a cell. */
const MAX_WHY = 300;

/** The whole in one sentence and a row per target, as they were worked on; nothing for one alone, whose title says it all. */
export function renderOverview(targets: readonly ReportTarget[], sheet: Sheet): string {
  const [worst] = worstFirst(targets);
  if (!worst || targets.length < 2) return '';
  const environment = commonEnvironment(targets);
  const title = [inline(environment), toMarkdown(tellOverall(targets))]
    .filter((part) => part !== '')
    .join(' — ');
  const shown = targets.slice(0, Math.max(MIN_ROWS, sheet.detail.items));
  const rows = shown.map((target) =>
    toRow({ ...target, environment: environment === '' ? target.environment : '' }, sheet),
  );
  // A plan's outcome has its counts already.
  const width = targets.some(({ type }) => type === 'executed') ? 6 : 3;
  return page([
    `## ${toStory(worst, sheet.run).glyph} ${title}`,
    table(
      ['', 'Release', 'Outcome', '+', '~', '−'].slice(0, width),
      rows.map((row) => row.slice(0, width)),
    ),
    leftOut(targets.length - shown.length, 'release', sheet),
  ]);
}

function toRow(target: ReportTarget, sheet: Sheet): readonly string[] {
  const story = toStory(target, sheet.run);
  const { environment, release } = targetName(target);
  const plan = planOf(target);
  const { create, update, delete: gone } = countChanges(plan?.changes ?? []);
  return [
    story.glyph,
    `${inline(environment)} ${code(release)}`.trim(),
    isSkipped(target) ? tellSkipped(target, story, sheet) : toMarkdown(story.outcome),
    // Without a plan nothing was counted.
    ...[create, update, gone].map((count) => (plan ? String(count) : '')),
  ];
}

/** There is no more to tell of it than its row. */
function tellSkipped({ code: reason }: ReportTarget, { why }: Story, { detail }: Sheet): string {
  const told = why.map((phrase) => clip(toPlain(phrase), Math.min(MAX_WHY, detail.sentence)));
  return `${prose(told.join(' '))} · ${codeLink(reason)}`;
}
