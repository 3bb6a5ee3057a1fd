import { DeployError } from '../../errors.ts';
import { parseField } from '../field.ts';
import type { Fields } from '../fields.ts';
import { shorten } from '../file/problems/path.ts';
import type { Written } from '../scalars.ts';

/** How messages call a field of the cluster: the input where it has one and nobody wrote the field. */
export function nameOf(fields: Fields, ...path: readonly string[]): string {
  return fields.name('cluster', ...path);
}

export function isGiven(fields: Fields, field: string): boolean {
  return fields.get('cluster', field) !== undefined;
}

/** One scalar of the cluster, empty when it is not given. Problems have the place of the field. */
export function parseWritten<T>(
  fields: Fields,
  path: string | readonly string[],
  parse: (written: Written) => T,
): T {
  return parseField(fields, ['cluster', path].flat(), { otherwise: '', parse });
}

/** For a scalar that must look like `pattern` when it is given. */
export function matching(
  pattern: RegExp,
  rule: { readonly what: string; readonly hint: string | ((text: string) => string) },
): (written: Written) => string {
  return (written) => {
    if (written.text === '' || pattern.test(written.text)) return written.text;
    const hint = typeof rule.hint === 'string' ? rule.hint : rule.hint(written.text);
    throw invalid(written, `which is ${rule.what}`, hint);
  };
}

/** Names of clouds are long, and what is wrong may be at their end. */
const MOST = 150;

/** Nothing secret may stand in such a field. */
export function invalid({ name, text }: Written, problem: string, hint: string): DeployError {
  const given = shorten(text, MOST);
  return new DeployError('input-invalid', `\`${name}\` is \`${given}\`, ${problem}.`, { hint });
}

/** Two fields that say different things. */
export function contradiction(message: string, hint: string): DeployError {
  return new DeployError('input-ambiguous', message, { hint });
}

/** A field without the one that it belongs to. */
export function unused(name: string, owner: string): DeployError {
  return new DeployError(
    'input-unused',
    `\`${name}\` is given without \`${owner}\`, and means nothing alone.`,
    { hint: `Remove it, or give \`${owner}\` as well.` },
  );
}
