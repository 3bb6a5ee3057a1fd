import type { FieldPath, Fields } from './fields.ts';
import { parseAt } from './gather.ts';
import type { Written } from './scalars.ts';

/** One scalar field: its text or what holds without one, parsed, with the place of the field on every problem. */
export function parseField<T>(
  fields: Fields,
  path: FieldPath,
  { otherwise, parse }: { readonly otherwise: string; readonly parse: (written: Written) => T },
): T {
  const written = { name: fields.name(...path), text: fields.text(...path) || otherwise };
  return parseAt(fields.at(...path), () => parse(written));
}
