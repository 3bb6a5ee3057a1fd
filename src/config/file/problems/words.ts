import { stringify } from 'yaml';
import { z } from 'zod';
import type { FieldPath } from '../../fields.ts';
import { configSchema } from '../schema.ts';

/* The schema as its readers need it: what stands where, in words, with an example. */

export type Schema = z.core.$ZodType;

/** The schema of what may stand at a path; undefined where nothing may. */
export function findSchema(path: FieldPath): Schema | undefined {
  return path.reduce<Schema | undefined>(
    (schema, key) => schema && findBelow(schema, key),
    configSchema,
  );
}

function findBelow(schema: Schema, key: string | number): Schema | undefined {
  for (const option of toOptions(schema)) {
    if (option instanceof z.ZodArray) return option.element;
    if (option instanceof z.ZodRecord) return option.valueType;
    const below = option instanceof z.ZodObject ? toShape(option)[key] : undefined;
    if (below) return below;
  }
  return undefined;
}

/** What an `optional` or a union holds. */
export function toOptions(schema: Schema): readonly Schema[] {
  if (schema instanceof z.ZodOptional) return toOptions(schema.unwrap());
  return schema instanceof z.ZodUnion ? schema.options : [schema];
}

export function toShape(schema: Schema): Readonly<Record<string, Schema>> {
  return schema instanceof z.ZodObject ? (schema.shape as Record<string, Schema>) : {};
}

/** Whether a map has only fields that the map around it has as well, such as `plan` in `cluster`. */
export function repeatsFields(schema: Schema, around: Schema): boolean {
  const outer = Object.values(toShape(around));
  const [own, ...others] = toOptions(schema).map((option) => Object.values(toShape(option)));
  if (own === undefined || own.length === 0 || others.length > 0) return false;
  return own.every((field) => outer.includes(field));
}

export interface Meaning {
  readonly description?: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  /** What to write, for editors and our own hints. */
  readonly patternErrorMessage?: string;
}

export function findMeaning(schema: Schema): Meaning {
  const inner = schema instanceof z.ZodOptional ? schema.unwrap() : schema;
  return (z.globalRegistry.get(inner) ?? {}) as Meaning;
}

/** Such as `a text or a map`. */
export function describeType(schema: Schema): string {
  return joinWords([...new Set(toOptions(schema).flatMap(listWords))]);
}

function listWords(schema: Schema): readonly string[] {
  if (schema instanceof z.ZodString) return ['a text'];
  if (schema instanceof z.ZodBoolean) return ['`true`', '`false`'];
  if (schema instanceof z.ZodNumber) return [schema.isInt ? 'a whole number' : 'a number'];
  if (schema instanceof z.ZodArray) return ['a list'];
  if (schema instanceof z.ZodEnum) return schema.options.map((word) => `\`${word}\``);
  if (schema instanceof z.ZodLiteral) return [`\`${schema.value}\``];
  return [schema instanceof z.ZodUnknown ? 'anything' : 'a map'];
}

/** `a, b or c`. */
export function joinWords(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} or ${last}`;
}

/** A value as one line of YAML. */
export function renderValue(value: unknown): string {
  return stringify(value, { collectionStyle: 'flow', lineWidth: 0 }).trim();
}

/** A line that may stand at a path, from the examples of the schema; undefined without one. */
export function renderExample(path: FieldPath): string | undefined {
  const schema = findSchema(path);
  const [example] = (schema && findMeaning(schema).examples) ?? [];
  if (example === undefined) return undefined;
  const key = path.at(-1);
  return `${typeof key === 'number' ? '-' : `${key}:`} ${renderValue(example)}`;
}
