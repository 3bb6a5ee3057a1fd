import { DeployError, type Place } from '../errors.ts';
import { parseYaml, YamlError } from './yaml.ts';
import { findMissing, toPosition } from './yaml-error.ts';

export interface YamlText {
  /** How messages call it, such as `values/base.yaml`. */
  readonly name: string;
  readonly text: string;
  /** Path to annotate; absent when it is not a file. */
  readonly file?: string | undefined;
}

type YamlMap = Readonly<Record<string, unknown>>;

/**
 * The map that a YAML text holds; an empty text is an empty map, and undefined means that only helm
 * can tell. Throws, with line and column, for what helm would refuse as well, and never quotes the
 * text, which may be secret.
 */
export function parseYamlMap(source: YamlText): YamlMap | undefined {
  if (UTF16.test(source.text)) throw notUtf8(source);
  const value = parseOrExplain(source);
  if (value === undefined) return undefined;
  if (value === null) return {};
  if (typeof value === 'object' && !Array.isArray(value)) return value as YamlMap;
  const found = Array.isArray(value) ? 'a list' : 'a single value';
  throw new DeployError('yaml-not-a-map', `${source.name} holds ${found}, not a map of keys.`, {
    hint: 'Write lines such as `key: value`.',
    at: placeOf(source, { line: 1 }),
  });
}

export const SAVE_UTF8 = 'Save it as UTF-8; the `>` of Windows PowerShell writes UTF-16.';

/** What UTF-16 becomes when it is read as UTF-8: its mark cannot be decoded, every other byte is 0. */
const UTF16 = /^\ufffd\ufffd|\0/;

function notUtf8(source: YamlText): DeployError {
  return new DeployError('yaml-broken', `${source.name} is not UTF-8.`, {
    hint: SAVE_UTF8,
    at: placeOf(source, { line: 1 }),
  });
}

function parseOrExplain(source: YamlText): unknown {
  try {
    return parseYaml(source.text);
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    if (!isCertain(error, source.text)) return undefined;
    throw broken(source, error);
  }
}

/**
 * Our parser refuses what go-yaml takes: quotes and brackets that go on in a line without indentation,
 * an alias as a key with its colon attached, a comment that touches what is before it.
 */
function isCertain(error: YamlError, text: string): boolean {
  if (error.reason.startsWith('Comments must be separated')) return false;
  const rest = textFrom(error, text);
  if (error.reason.startsWith('Implicit map keys')) return !rest.startsWith('*');
  const closing = findMissing(error.reason);
  return closing === undefined || !rest.includes(closing);
}

function textFrom({ line, column }: YamlError, text: string): string {
  const lines = text.split('\n').slice(line - 1);
  return lines.join('\n').slice(column - 1);
}

/** The error in our words, without what it quotes. */
export function broken(source: YamlText, error: YamlError): DeployError {
  const { reason } = error;
  const missing = findMissing(reason);
  const { line, column } = findOpening(source.text, error, missing);
  // The library quotes an unexpected token, which may be secret.
  const told = reason.replace(/ in YAML stream: .*/s, '');
  const what = missing ? `the closing ${missing} is missing` : told;
  return new DeployError(
    'yaml-broken',
    `${source.name} is not valid YAML: line ${line}, column ${column}: ${what}.`,
    { hint: hintFor(reason), at: placeOf(source, { line, column }) },
  );
}

/** Our parser misses a closing quote where the text ends; what has to be corrected is where it opens. */
function findOpening(text: string, error: YamlError, missing: string | undefined) {
  if (missing !== '"' && missing !== "'") return error;
  const before = text.slice(0, text.length - textFrom(error, text).length);
  const inside = missing === '"' ? /"(?:[^"\\]|\\.)*$/s : /'(?:[^']|'')*$/;
  const opening = inside.exec(before)?.index;
  return opening === undefined ? error : toPosition(text, opening);
}

function hintFor(reason: string): string {
  if (reason.startsWith('Tabs are not allowed')) return 'Indent with spaces.';
  if (reason.startsWith('Nested mappings are not allowed')) {
    return 'Put a text that holds `: ` in quotes, or correct the indentation.';
  }
  return 'Correct it there, or just before.';
}

function placeOf(source: YamlText, place: Omit<Place, 'file'>): Place | undefined {
  return source.file === undefined ? undefined : { file: source.file, ...place };
}
