import type { Change } from '../../plan/plan.ts';
import { objectName, tellEffects, tellFields } from '../change-words.ts';
import { countChanges, deletesData, isDestructive } from '../changes.ts';
import type { ReportTarget } from '../report.ts';
import { plural } from '../text.ts';
import { toDiffLines } from '../values.ts';
import { alert, details, fence, page, table } from './blocks.ts';
import { code, html, inline, prose } from './inline.ts';
import { leftOut, type Sheet } from './sheet.ts';

const SIGNS = { create: '+', update: '~', delete: '−' } as const;

/** What is deleted, said before anything else. */
export function renderDestructive(changes: readonly Change[], sheet: Sheet): string {
  const deleted = changes.filter(isDestructive);
  if (deleted.length === 0) return '';
  const withData = deleted.filter(deletesData);
  const told = withData.length > 0 ? withData : deleted;
  const names = told.slice(0, Math.max(3, Math.min(10, sheet.detail.items)));
  const more = told.length > names.length ? ` and ${told.length - names.length} more` : '';
  const what = names.map(({ ref }) => `${inline(ref.kind)} ${code(ref.name)}`).join(', ');
  return withData.length > 0
    ? alert('CAUTION', [`**Deletes with its data:** ${what}${more}`])
    : alert('WARNING', [`**Deletes:** ${what}${more}`]);
}

/** One row per object; counts by kind when there are too many. */
export function renderChangeTable(changes: readonly Change[], sheet: Sheet): string {
  const shown = changes.slice(0, sheet.detail.objects);
  if (shown.length === 0) return renderKinds(changes, sheet);
  const rows = shown.map((change) => [
    SIGNS[change.action],
    `${inline(change.ref.kind)} ${code(objectName(change))}`,
    [tellFields(change), ...tellEffects(change)]
      .filter((part) => part !== '')
      .map(prose)
      .join(' · '),
  ]);
  // A column without a word in it is left away.
  const width = rows.some(([, , what]) => what !== '') ? 3 : 2;
  return page([
    table(
      ['', 'Object', 'What'].slice(0, width),
      rows.map((row) => row.slice(0, width)),
    ),
    leftOut(changes.length - shown.length, 'object', sheet),
  ]);
}

/** Diffs of a plan that are together as short as this stand open; others open on a click. */
const MAX_OPEN_LINES = 20;

/** The fields of each updated object, old and new. */
export function renderFields(
  changes: readonly Change[],
  type: ReportTarget['type'],
  sheet: Sheet,
): string {
  const updated = changes.filter(({ action, fields }) => action === 'update' && fields.length > 0);
  const shown = updated.slice(0, sheet.detail.fields);
  const diffs = shown.map((change) => ({ change, lines: toLines(change, sheet) }));
  const total = diffs.reduce((sum, { lines }) => sum + lines.length, 0);
  const state = type === 'planned' && total <= MAX_OPEN_LINES ? 'open' : 'closed';
  return page([
    ...diffs.map(({ change, lines }) =>
      details(titleOf(change), fence(lines.join('\n'), 'diff'), state),
    ),
    leftOut(updated.length - shown.length, 'diff', sheet),
  ]);
}

/** Kinds in a table of counts: more cannot be told of an object that is not listed. */
const MAX_KINDS = 30;

function renderKinds(changes: readonly Change[], sheet: Sheet): string {
  const kinds = [...Map.groupBy(changes, ({ ref }) => ref.kind)];
  const rows = kinds.slice(0, MAX_KINDS).map(([kind, group]) => {
    const counts = countChanges(group);
    return [inline(kind), counts.create, counts.update, counts.delete].map(String);
  });
  return page([
    table(['Kind', '+', '~', '−'], rows),
    leftOut(kinds.length - rows.length, 'kind', sheet),
    changes.length === 0 ? '' : leftOut(changes.length, 'object', sheet).replace(' more', ''),
  ]);
}

function titleOf(change: Change): string {
  const { action, ref, fields } = change;
  const noun = fields.every(({ secret }) => secret) ? 'key' : 'field';
  return `${SIGNS[action]} ${html(ref.kind)} <code>${html(objectName(change))}</code> · ${plural(fields.length, noun)}`;
}

function toLines({ fields }: Change, sheet: Sheet): readonly string[] {
  return fields.flatMap((field) => {
    const diff = toDiffLines(field);
    const shown = diff.slice(0, sheet.detail.lines);
    const left = diff.length - shown.length;
    return [
      `@@ ${field.path} @@`,
      ...shown,
      ...(left > 0 ? [`… ${plural(left, 'more line')}`] : []),
    ];
  });
}
