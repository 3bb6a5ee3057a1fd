import { type FieldPath, type FieldSource, get, type WrittenFields } from '../fields.ts';
import { parseAll } from '../gather.ts';
import type { ConfigDocument } from './document.ts';
import { fillVariablesAt, type Variables } from './variables.ts';

/**
 * What one part of slipway.yaml says about releases, such as `defaults` or `releases.airbyte`, with the
 * process environment filled in where the schema lets it be named.
 * Throws `DeployErrors` for variables that are missing.
 */
export function toFileSource(
  document: ConfigDocument,
  base: FieldPath,
  variables: Variables,
): FieldSource {
  const fields = get(document.config, base) as WrittenFields;
  const at = (path: FieldPath) => document.at([...base, ...path]);
  const fill = (path: readonly string[], use: keyof Variables['missing']) => {
    const written = { name: path.join('.'), text: String(get(fields, path)) };
    return fillVariablesAt(at(path), written, { ...variables, use });
  };
  const access = (name: string) => () =>
    fields[name] === undefined ? undefined : fill([name], 'access');
  const filled = parseAll({
    set: () =>
      fields['set'] &&
      parseAll(toParsers(fields['set'] as WrittenFields, (key) => fill(['set', key], 'value'))),
    'registry-username': access('registry-username'),
    'registry-password': access('registry-password'),
  });
  return {
    fields: {
      ...fields,
      chart: toNamed(fields['chart']),
      namespace: toNamed(fields['namespace']),
      ...filled,
    },
    name: (path) => toName(fields, path),
    at,
  };
}

function toParsers(map: WrittenFields, parse: (key: string) => string) {
  return Object.fromEntries(Object.keys(map).map((key) => [key, () => parse(key)]));
}

/** `chart: airbyte` says its name. */
function toNamed(value: unknown): unknown {
  return typeof value === 'string' ? { name: value } : value;
}

function toName(fields: WrittenFields, path: FieldPath): string {
  const [field = ''] = path;
  return typeof fields[field] === 'string' ? String(field) : path.join('.');
}
