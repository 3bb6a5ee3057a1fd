import { planOf } from '../parts.ts';
import type { ReportTarget } from '../report.ts';
import { clip, plural } from '../text.ts';
import { alert, page, table } from './blocks.ts';
import { code } from './inline.ts';
import { leftOut, type Sheet } from './sheet.ts';

/** One value in a cell. */
const MAX_VALUE = 200;
/** So many rows even in the smallest form: they are what surprises people. */
const MIN_ROWS = 10;

/** What a release loses that somebody else deployed, before anything else of the plan; empty without it. */
export function renderDropped(target: ReportTarget, sheet: Sheet): string {
  const dropped = planOf(target)?.dropped ?? [];
  if (dropped.length === 0) return '';
  const shown = dropped.slice(0, Math.max(MIN_ROWS, Math.min(100, sheet.detail.items)));
  const rows = shown.map(({ path, value }) => [code(clip(path, MAX_VALUE)), valueCell(value)]);
  const count = plural(dropped.length, 'value');
  const told =
    target.type === 'planned'
      ? `**Drops ${count} of the deployed release:** no layer sets ${them(dropped.length)}. Write what should stay into \`values\`.`
      : `**Dropped ${count} of the earlier release:** no layer sets ${them(dropped.length)}. Write what should come back into \`values\`, and deploy again.`;
  return page([
    alert('WARNING', [told]),
    table(['Value', 'Deployed until now'], rows),
    leftOut(dropped.length - shown.length, 'value', sheet),
  ]);
}

/** A value as code; a hidden one says so. */
export function valueCell(value: string): string {
  return value === '' ? '_(secret)_' : code(clip(value, MAX_VALUE));
}

function them(count: number): string {
  return count === 1 ? 'it' : 'them';
}
