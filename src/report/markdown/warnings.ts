import type { Problem } from '../../errors.ts';
import { uniqueProblems } from '../parts.ts';
import { plural } from '../text.ts';
import { details } from './blocks.ts';
import { renderProblems } from './problems.ts';
import type { Sheet } from './sheet.ts';

/** What looked wrong and stopped nothing, folded; empty without any. */
export function renderWarnings(warnings: readonly Problem[], sheet: Sheet): string {
  const all = uniqueProblems(warnings);
  if (all.length === 0) return '';
  const body = renderProblems(all, sheet, 'warning');
  return details(`⚠️ ${plural(all.length, 'warning')}`, body, 'closed');
}
