import { z } from 'zod';
import type { FieldPath } from '../../fields.ts';
import type { DocumentTree } from '../document-tree.ts';
import { text } from '../schema-text.ts';
import { findMeaning, findSchema, renderExample, renderValue } from './words.ts';

/** What stands at a path where the schema wants something else. */
export interface Found {
  readonly path: FieldPath;
  readonly value: unknown;
  /** A scalar as it stands in the file. */
  readonly source: string | undefined;
  readonly tree: DocumentTree;
}

/** What is found in these may be secret and is never repeated. */
const SECRET = [
  'set',
  'set-json',
  'values-inline',
  'registry-password',
  'kubeconfig',
  'credentials',
  'access-token',
  'token',
  'proxy-url',
  'helm-args',
  'args',
];

/** Whether what stands at the path is kept out of messages. */
export function isSecret(path: FieldPath): boolean {
  return path.some((key) => SECRET.includes(String(key)));
}

/** What to write instead of a value of another type. */
export function hintForType(found: Found): string {
  const { path, value } = found;
  if (typeof value === 'number' || typeof value === 'boolean') {
    const quoted = quote(found);
    if (quoted !== undefined) return quoted;
  }
  if (typeof value === 'string') {
    const unquoted = unquote(value, path);
    if (unquoted !== undefined) return `Write \`${withKey(path, unquoted)}\`, without quotes.`;
  }
  return hintForPlaceholder(path, value) ?? findRule(path) ?? writeLike(path);
}

/** For a number, `true` or `false` where a text would do. */
function quote({ path, value, source }: Found): string | undefined {
  const schema = findSchema(path);
  const written = source ?? String(value);
  if (!schema || !z.safeParse(schema, written).success) return undefined;
  if (isSecret(path)) {
    return typeof value === 'number'
      ? 'Write it in quotes; without them YAML makes 1.1 of 1.10.'
      : 'Write it in quotes; for a value that is not a text use `set-json`.';
  }
  const changed = written === String(value) ? '' : `; without them YAML makes ${value} of it`;
  return `Write it in quotes: \`${withKey(path, JSON.stringify(written))}\`${changed}.`;
}

const SWITCHES: Readonly<Record<string, string>> = {
  yes: 'true',
  on: 'true',
  no: 'false',
  off: 'false',
};

/** What a text says that would do without quotes. */
function unquote(value: string, path: FieldPath): string | undefined {
  const schema = findSchema(path);
  const word = value.trim().toLowerCase();
  const meant = Object.hasOwn(SWITCHES, word) ? SWITCHES[word] : word;
  if (!schema || meant === undefined || isSecret(path)) return undefined;
  const typed =
    meant === 'true' || meant === 'false' ? meant === 'true' : Number(meant || Number.NaN);
  return z.safeParse(schema, typed).success ? meant : undefined;
}

/** For `{environment}` where a text would do: without quotes it is a map with one key. */
export function hintForPlaceholder(path: FieldPath, value: unknown): string | undefined {
  const schema = findSchema(path);
  const [entry, ...rest] = Object.entries(Object(value));
  if (!schema || !entry || entry[1] !== null || rest.length > 0) return undefined;
  const written = `{${entry[0]}}`;
  if (!PLACEHOLDER.test(written) || !z.safeParse(schema, written).success) return undefined;
  return `YAML reads \`${written}\` as a map; write it in quotes: \`${withKey(path, `"${written}"`)}\`.`;
}

const PLACEHOLDER = /^\{(environment|release|namespace|vars\.[\w-]+)\}$/;

/** What the schema says about the form of a text, beyond what it says of all. */
export function findRule(path: FieldPath): string | undefined {
  const schema = findSchema(path);
  const rule = schema && findMeaning(schema).patternErrorMessage;
  return rule === findMeaning(text).patternErrorMessage ? undefined : rule;
}

/** With an example of the schema. */
export function writeLike(path: FieldPath): string {
  const written = renderExample(path);
  return written ? `Write it like \`${written}\`.` : 'Give it a value.';
}

function withKey(path: FieldPath, value: string): string {
  const key = path.at(-1);
  return typeof key === 'number' ? `- ${value}` : `${renderValue(key)}: ${value}`;
}
