import { isMap } from '../../release/json.ts';
import type { FieldChange } from '../plan.ts';
import { toListKeys } from './list-keys.ts';
import { at } from './path.ts';
import { toShown } from './value.ts';

/** Where two values are compared. */
interface Position {
  readonly path: string;
  /** Name of the field that holds the value. */
  readonly field: string;
}

/** All fields in which two JSON values differ, by path; empty when they are equal. */
export function planFields(before: unknown, after: unknown): FieldChange[] {
  const changes: FieldChange[] = [];
  compare({ path: '', field: '' }, [before, after], changes);
  return changes;
}

type Pair<T = unknown> = readonly [before: T, after: T];

function compare(position: Position, pair: Pair, changes: FieldChange[]): void {
  const [before, after] = pair;
  if (before === after) return;
  if (isMap(before) && isMap(after)) compareMaps(position, [before, after], changes);
  else if (Array.isArray(before) && Array.isArray(after)) {
    compareLists(position, [before, after], changes);
  } else {
    changes.push(toChange(position.path, pair));
  }
}

/** Undefined stands for a field that is not there. */
function toChange(path: string, [before, after]: Pair): FieldChange {
  return {
    path,
    ...(before !== undefined && { old: toShown(before) }),
    ...(after !== undefined && { new: toShown(after) }),
  };
}

function compareMaps(
  { path }: Position,
  [before, after]: Pair<Readonly<Record<string, unknown>>>,
  changes: FieldChange[],
): void {
  for (const field of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const pair: Pair = [own(before, field), own(after, field)];
    compare({ path: at(path, field), field }, pair, changes);
  }
}

/** A key such as `constructor` is not to be found in the prototype. */
function own(map: Readonly<Record<string, unknown>>, field: string): unknown {
  return Object.hasOwn(map, field) ? map[field] : undefined;
}

function compareLists(
  position: Position,
  pair: Pair<readonly unknown[]>,
  changes: FieldChange[],
): void {
  const [before, after] = pair;
  const keys = toListKeys(position.field, before, after);
  if (keys) {
    const items: Pair<Items> = [toItems(keys.before, before), toItems(keys.after, after)];
    compareItems(position, items, changes);
    compareOrder(position, [keys.before, keys.after], changes);
  } else if (before.length !== after.length && [...before, ...after].every(isScalar)) {
    // One argument more would shift all others: the whole list says it better.
    changes.push(toChange(position.path, pair));
  } else {
    compareItems(
      position,
      [toItems(indices(before), before), toItems(indices(after), after)],
      changes,
    );
  }
}

type Items = ReadonlyMap<string, unknown>;

function toItems(keys: readonly string[], list: readonly unknown[]): Items {
  return new Map(keys.map((key, index) => [key, list[index]]));
}

function indices(list: readonly unknown[]): string[] {
  return list.map((_, index) => String(index));
}

function compareItems({ path }: Position, [before, after]: Pair<Items>, changes: FieldChange[]) {
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const position = { path: `${path}[${key}]`, field: '' };
    compare(position, [before.get(key), after.get(key)], changes);
  }
}

/** Init containers run in their order, and a variable sees only those above it. */
function compareOrder(
  { path }: Position,
  [before, after]: Pair<readonly string[]>,
  changes: FieldChange[],
): void {
  const [known, wanted] = [new Set(before), new Set(after)];
  const stayed = before.filter((key) => wanted.has(key));
  const order = after.filter((key) => known.has(key));
  if (stayed.some((key, index) => key !== order[index])) {
    changes.push(toChange(path, [before, after]));
  }
}

function isScalar(value: unknown): boolean {
  return typeof value !== 'object' || value === null;
}
