import { countChanges } from '../changes.ts';
import { planOf } from '../parts.ts';
import type { ReportTarget } from '../report.ts';
import { toMarkdown } from '../story/phrase.ts';
import { targetName, toStory } from '../story/story.ts';
import { page, table } from './blocks.ts';
import { code, inline } from './inline.ts';
import { leftOut, type Sheet } from './sheet.ts';

/** A row per target; nothing for one alone, whose title says it all. */
export function renderOverview(targets: readonly ReportTarget[], sheet: Sheet): string {
  if (targets.length < 2) return '';
  const shown = targets.slice(0, Math.max(10, sheet.detail.items));
  const rows = shown.map((target) => toRow(target, sheet));
  return page([
    table(['', 'Release', 'Outcome', '+', '~', '−'], rows),
    leftOut(targets.length - shown.length, 'release', sheet),
  ]);
}

function toRow(target: ReportTarget, { run }: Sheet): readonly string[] {
  const story = toStory(target, run);
  const { environment, release } = targetName(target);
  const counts = countChanges(planOf(target)?.changes ?? []);
  return [
    story.glyph,
    `${inline(environment)} ${code(release)}`.trim(),
    toMarkdown(story.outcome),
    ...[counts.create, counts.update, counts.delete].map(String),
  ];
}
