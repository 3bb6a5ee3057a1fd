import type { FieldPath, FieldSource } from '../fields.ts';
import { parseAll, parseAt } from '../gather.ts';
import type { ConfigDocument } from './document.ts';
import { fillVariables, type Variables } from './variables.ts';

type Map = Readonly<Record<string, unknown>>;

/**
 * What one part of slipway.yaml says, such as `defaults` or `releases.airbyte`, with the process
 * environment filled in where the schema lets it be named.
 * Throws `DeployErrors` for variables that are missing.
 */
export function toFileSource(
  document: ConfigDocument,
  base: FieldPath,
  variables: Variables,
): FieldSource {
  const said = base.reduce<unknown>(
    (value, key) => (value as Map | undefined)?.[key],
    document.config,
  );
  const fields = said as Map;
  const at = (path: FieldPath) => document.at([...base, ...path]);
  const fill = (path: readonly string[], value: unknown, use: keyof Variables['missing']) =>
    parseAt(at(path), () => {
      const warn: Variables['warn'] = (problem) => variables.warn({ ...problem, at: at(path) });
      const written = { name: path.join('.'), text: String(value) };
      return fillVariables(written, use, { ...variables, warn });
    });
  const access = (...path: readonly string[]) => {
    const value = path.reduce<unknown>((map, key) => (map as Map | undefined)?.[key], fields);
    return value === undefined ? undefined : fill(path, value, 'access');
  };
  const { set, username, password, kubeconfig } = parseAll({
    set: () =>
      fields['set'] &&
      parseAll(toParsers(fields['set'] as Map, (key, value) => fill(['set', key], value, 'value'))),
    username: () => access('registry-username'),
    password: () => access('registry-password'),
    kubeconfig: () => access('cluster', 'kubeconfig'),
  });
  return {
    fields: {
      ...fields,
      chart: toMap(fields['chart']),
      namespace: toMap(fields['namespace']),
      set,
      'registry-username': username,
      'registry-password': password,
      cluster: fields['cluster'] && { ...(fields['cluster'] as Map), kubeconfig },
    },
    name: (path) => toName(fields, path),
    at,
  };
}

function toParsers(map: Map, parse: (key: string, value: unknown) => string) {
  return Object.fromEntries(
    Object.entries(map).map(([key, value]) => [key, () => parse(key, value)]),
  );
}

/** `chart: airbyte` says its name. */
function toMap(value: unknown): unknown {
  return typeof value === 'string' ? { name: value } : value;
}

function toName(fields: Map, path: FieldPath): string {
  const [field = ''] = path;
  return typeof fields[field] === 'string' ? String(field) : path.join('.');
}
