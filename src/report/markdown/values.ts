import type { EffectiveValue } from '../../plan/plan.ts';
import { clip, plural } from '../text.ts';
import { details, page, table } from './blocks.ts';
import { valueCell } from './dropped.ts';
import { code, prose } from './inline.ts';
import { leftOut, type Sheet } from './sheet.ts';

const MAX_PATH = 200;
/** A table of more rows is no longer read; the log has them all. */
const MAX_ROWS = 2000;

/** What the chart is rendered with, value by value, folded; empty when nobody asked for it. */
export function renderValues(values: readonly EffectiveValue[] | undefined, sheet: Sheet): string {
  if (!values || values.length === 0) return '';
  const shown = values.slice(0, Math.min(MAX_ROWS, sheet.detail.objects));
  const rows = shown.map(({ path, value, from, secret }) => [
    code(clip(path, MAX_PATH)),
    valueCell(secret ? '' : value),
    prose(clip(from, MAX_PATH)),
  ]);
  const body = page([
    table(['Value', 'Is', 'From'], rows),
    leftOut(values.length - shown.length, 'value', sheet),
  ]);
  return details(`What the chart gets: ${plural(values.length, 'value')}`, body, 'closed');
}
