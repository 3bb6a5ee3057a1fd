import { formatDuration } from '../duration.ts';
import type { ExecutedTarget, ToldStep } from '../report.ts';
import { clip } from '../text.ts';
import { page, table } from './blocks.ts';
import { prose } from './inline.ts';
import { leftOut, type Sheet } from './sheet.ts';

const GLYPHS = { done: '✅', failed: '❌', cancelled: '🚫' } as const;

/** Steps of deploy and remediation in order, with the time of day (UTC) and what each took. */
export function renderSteps(
  { steps, remediation, failure }: Pick<ExecutedTarget, 'steps' | 'remediation' | 'failure'>,
  sheet: Sheet,
): string {
  // The cause stands above already; the table stays narrow.
  const short = failure?.findings[0]?.reason ?? 'failed';
  const all = [...steps, ...(remediation?.steps ?? [])].map((step) =>
    step.detail === failure?.cause ? { ...step, detail: short } : step,
  );
  const shown = all.slice(0, Math.max(5, sheet.detail.items));
  return page([
    table(
      ['Time (UTC)', 'Step', 'Result', 'Took'],
      shown.map((step) => toRow(step, sheet.detail.sentence)),
    ),
    leftOut(all.length - shown.length, 'step', sheet),
  ]);
}

function toRow({ started, title, result, detail, duration }: ToldStep, max: number): string[] {
  return [
    /T(\d\d:\d\d:\d\d)/.exec(started)?.[1] ?? '',
    prose(clip(title, max)),
    `${GLYPHS[result]} ${prose(clip(detail, Math.min(max, 300)))}`.trim(),
    formatDuration(duration),
  ];
}
