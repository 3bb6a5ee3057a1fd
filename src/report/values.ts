import type { FieldChange } from '../plan/plan.ts';
import { type DiffLine, diffLines } from './line-diff.ts';
import { plural } from './text.ts';

/** Unchanged lines that are shown on either side of a changed one. */
const CONTEXT = 2;

/** Written bare, these strings would read as another type. */
const AMBIGUOUS = /^$|^\s|\s$|^["'{[]|^(true|false|null|-?\d+(\.\d+)?)$/;

const MARKS = { same: '  ', removed: '- ', added: '+ ' } as const;

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
  const lines = diffLines(before, after);
  if (lines.every(({ type }) => type === 'same')) return ['! differs in white space at its end'];
  return foldUnchanged(lines);
}

function foldUnchanged(lines: readonly DiffLine[]): readonly string[] {
  const near = new Set<number>();
  lines.forEach(({ type }, at) => {
    if (type === 'same') return;
    for (let i = at - CONTEXT; i <= at + CONTEXT; i++) near.add(i);
  });
  const told: string[] = [];
  let folded = 0;
  const tellFolded = () => {
    if (folded > 0) told.push(`  … ${plural(folded, 'unchanged line')}`);
    folded = 0;
  };
  lines.forEach(({ type, text }, at) => {
    if (!near.has(at)) {
      folded++;
      return;
    }
    tellFolded();
    told.push(MARKS[type] + text);
  });
  tellFolded();
  return told;
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
