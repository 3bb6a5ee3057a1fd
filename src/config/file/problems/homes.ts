import { z } from 'zod';
import type { FieldPath } from '../../fields.ts';
import { configSchema } from '../schema.ts';
import { repeatsFields, type Schema, toOptions, toShape } from './words.ts';

/** A map of the file that has fields of its own, such as `releases.<name>.chart`. */
export interface Home {
  /** Parts as a reader writes them; `[]` is any item, `<name>` any name. */
  readonly path: readonly string[];
  readonly fields: Readonly<Record<string, Schema>>;
}

/** Every map with fields of its own, in the order of the schema. */
export function listHomes(): readonly Home[] {
  return listBelow(configSchema, []);
}

function listBelow(schema: Schema, path: readonly string[]): readonly Home[] {
  return toOptions(schema).flatMap((option): readonly Home[] => {
    if (option instanceof z.ZodArray) return listBelow(option.element, [...path, '[]']);
    if (option instanceof z.ZodRecord) return listBelow(option.valueType, [...path, '<name>']);
    const fields = toShape(option);
    const below = Object.entries(fields).flatMap(([name, field]) =>
      repeatsFields(field, option) ? [] : listBelow(field, [...path, name]),
    );
    return option instanceof z.ZodObject ? [{ path, fields }, ...below] : below;
  });
}

/**
 * Where a field belongs that stands at a path: nearest below that path if it can, then nearest around
 * it, otherwise wherever the schema has it.
 */
export function findHomes(field: string, path: FieldPath): readonly Home[] {
  const homes = listHomes().filter(({ fields }) => Object.hasOwn(fields, field));
  if (path.length === 0) return homes;
  const below = homes.filter((home) => matches(home.path, path));
  const depth = Math.min(...below.map((home) => home.path.length));
  if (below.length > 0) return below.filter((home) => home.path.length === depth);
  const around = homes.findLast((home) => matches(home.path, path.slice(0, home.path.length)));
  return around ? [around] : homes;
}

/** Whether a pattern leads to a path or below it. */
function matches(pattern: readonly string[], path: FieldPath): boolean {
  return path.every((key, index) => {
    const part = pattern[index];
    return part === key || part === '<name>' || (part === '[]' && typeof key === 'number');
  });
}

/** Such as `releases.<name>.chart`, or an item of a list. */
export function describeHome({ path }: Home): string {
  if (path.length === 0) return 'the top level';
  const isItem = path.at(-1) === '[]';
  const written = `\`${(isItem ? path.slice(0, -1) : path).join('.')}\``;
  return isItem ? `an item of ${written}` : written;
}
