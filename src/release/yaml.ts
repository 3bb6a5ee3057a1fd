import {
  type Alias,
  Composer,
  type Document,
  isAlias,
  isScalar,
  isSeq,
  type ParsedNode,
  Parser,
  type Scalar,
  Schema,
  type YAMLMap,
} from 'yaml';
import { indentContinuation } from './yaml-indent.ts';
import { resolveScalar } from './yaml-scalar.ts';

/** Text that helm's YAML parser would refuse. Line and column count from 1. */
export class YamlError extends Error {
  readonly line: number;
  readonly column: number;
  /** The message without its place. */
  readonly reason: string;

  constructor(reason: string, { line, column }: { line: number; column: number }) {
    super(`line ${line}, column ${column}: ${reason}`);
    this.name = 'YamlError';
    this.line = line;
    this.column = column;
    this.reason = reason;
  }
}

/** What is known while one document is turned into a value. */
interface Reading {
  readonly anchors: Map<string, unknown>;
  readonly text: string;
}

/**
 * The first document of a text as JSON, by the rules of helm and kubectl (sigs.k8s.io/yaml, which is
 * go-yaml v2): `on` is true, `017` is octal, timestamps are strings, the last of two equal keys wins.
 * A text without a document is null.
 * @throws YamlError
 */
export function parseYaml(text: string): unknown {
  const document = parseDocument(text);
  return document ? toValue(document.contents, { anchors: new Map(), text }) : null;
}

function parseDocument(text: string): ParsedDocument | undefined {
  let document = findDocument(text);
  const [first] = document?.errors ?? [];
  let indented: string | undefined = text;
  for (let error = first; error; error = document?.errors[0]) {
    indented = indentContinuation(indented, error);
    if (indented === undefined) break;
    document = findDocument(indented);
  }
  if (first && indented === undefined) {
    throw new YamlError(toReason(first.message), toPosition(text, first.pos[0]));
  }
  return document;
}

type ParsedDocument = Document.Parsed<ParsedNode, false>;

function findDocument(text: string): ParsedDocument | undefined {
  for (const document of new Composer<ParsedNode, false>(OPTIONS).compose(
    new Parser().parse(text),
  )) {
    return document as ParsedDocument;
  }
  return undefined;
}

/** The library ends some messages with the text that it did not expect, which may be secret. */
function toReason(message: string): string {
  return message.replace(/(?<=\w): .*$/s, '').replace(/(?<=escape sequence) .*$/s, '');
}

/**
 * The library finds the structure; what a scalar means is decided here, since neither of its
 * schemas decides as go-yaml does. One schema serves all documents.
 */
const OPTIONS = {
  schema: new Schema({ schema: 'failsafe', resolveKnownTags: false, merge: false }),
  uniqueKeys: false,
  prettyErrors: false,
  // go-yaml takes a comment without a space before it.
  strict: false,
  logLevel: 'silent',
} as const;

type Node = ParsedNode | null;

const UNFINISHED = Symbol('an anchor whose value is being read');

function toValue(node: Node, reading: Reading): unknown {
  if (node === null) return null;
  if (isAlias(node)) return toAliased(node, reading);
  const anchor = node.anchor;
  if (anchor !== undefined) reading.anchors.set(anchor, UNFINISHED);
  const value = toPlainValue(node, reading);
  if (anchor !== undefined) reading.anchors.set(anchor, value);
  return value;
}

function toPlainValue(node: Exclude<ParsedNode, Alias.Parsed>, reading: Reading): unknown {
  if (isScalar(node)) return toScalarValue(node, reading);
  if (isSeq(node)) return node.items.map((item) => toValue(item as Node, reading));
  return toObject(node, reading);
}

function toAliased(alias: Alias.Parsed, reading: Reading): unknown {
  const value = reading.anchors.get(alias.source);
  if (value === undefined) throw failure(`unknown anchor '${alias.source}'`, alias, reading);
  if (value === UNFINISHED) {
    throw failure(`anchor '${alias.source}' value contains itself`, alias, reading);
  }
  return value;
}

function toScalarValue(node: Scalar, reading: Reading): unknown {
  try {
    return resolveScalar({
      text: String(node.value),
      tag: node.tag,
      plain: node.type === 'PLAIN',
    });
  } catch (error) {
    throw failure((error as Error).message, node, reading);
  }
}

function toObject(node: YAMLMap, reading: Reading): Record<string, unknown> {
  const entries = new Map<string, unknown>();
  for (const { key, value } of node.items) {
    if (isMergeKey(key)) {
      merge(entries, value as Node, reading);
    } else {
      entries.set(toKeyText(key as Node, node, reading), toValue(value as Node, reading));
    }
  }
  // Object.fromEntries defines fields, so that a key `__proto__` is a key like any other.
  return Object.fromEntries(entries);
}

function isMergeKey(key: unknown): boolean {
  if (!isScalar(key) || key.value !== '<<') return false;
  return key.tag === 'tag:yaml.org,2002:merge' || (key.type === 'PLAIN' && key.tag === undefined);
}

/** In go-yaml a merge overwrites the keys above it, and only keys below it overwrite the merge. */
function merge(entries: Map<string, unknown>, node: Node, reading: Reading): void {
  const value = toValue(node, reading);
  // Of several maps the earlier wins.
  const maps = Array.isArray(value) ? value.toReversed() : [value];
  for (const map of maps) {
    if (typeof map !== 'object' || map === null || Array.isArray(map)) {
      throw failure('map merge requires map or sequence of maps as the value', node, reading);
    }
    for (const [key, merged] of Object.entries(map)) entries.set(key, merged);
  }
}

function toKeyText(key: Node, map: YAMLMap, reading: Reading): string {
  const value = toValue(key, reading);
  if (value === null || typeof value === 'object') {
    const kind = value === null ? 'nothing' : Array.isArray(value) ? 'a list' : 'a map';
    throw failure(`the key of a map cannot be ${kind}`, key ?? map, reading);
  }
  return String(value);
}

function failure(
  reason: string,
  node: { range?: readonly number[] | null } | null,
  reading: Reading,
): YamlError {
  return new YamlError(reason, toPosition(reading.text, node?.range?.[0] ?? 0));
}

function toPosition(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}
