import type { FieldChange } from '../plan/plan.ts';

/** Unchanged lines that are shown on either side of a changed block. */
const CONTEXT = 2;

/** Written bare, these strings would read as another type. */
const AMBIGUOUS = /^$|^\s|\s$|^["'{[]|^(true|false|null|-?\d+(\.\d+)?)$/;

/** A value (bare or as JSON) for people: strings without quotes where nothing is lost, line by line. */
export function toValueLines(value: string): readonly string[] {
  const parsed = parse(value);
  const text = typeof parsed === 'string' && !AMBIGUOUS.test(parsed) ? parsed : value;
  return text.replace(/\n$/, '').split('\n');
}

/** The lines of a change marked `-`, `+` or blank; equal lines far from a change are counted. */
export function toDiffLines(field: FieldChange): readonly string[] {
  if (field.secret) return [`! ${field.secret} (value hidden)`];
  const before = field.old === undefined ? [] : toValueLines(field.old);
  const after = field.new === undefined ? [] : toValueLines(field.new);
  const head = commonHead(before, after);
  const tail = commonHead(before.slice(head).toReversed(), after.slice(head).toReversed());
  const removed = before.slice(head, before.length - tail);
  const added = after.slice(head, after.length - tail);
  if (removed.length + added.length === 0) return ['! differs in white space at its end'];
  return [
    ...unchanged(before.slice(0, head), 'before'),
    ...removed.map((line) => `- ${line}`),
    ...added.map((line) => `+ ${line}`),
    ...unchanged(before.slice(before.length - tail), 'after'),
  ];
}

function commonHead(a: readonly string[], b: readonly string[]): number {
  const differs = a.findIndex((line, i) => line !== b[i]);
  return differs < 0 ? a.length : differs;
}

function unchanged(lines: readonly string[], side: 'before' | 'after'): readonly string[] {
  const left = Math.max(0, lines.length - CONTEXT);
  const near = side === 'before' ? lines.slice(left) : lines.slice(0, CONTEXT);
  const shown = near.map((line) => `  ${line}`);
  if (left === 0) return shown;
  const note = `  … ${left} unchanged ${left === 1 ? 'line' : 'lines'}`;
  return side === 'before' ? [note, ...shown] : [...shown, note];
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
