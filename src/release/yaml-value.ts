import {
  type Alias,
  isAlias,
  isScalar,
  isSeq,
  type ParsedNode,
  type Scalar,
  type YAMLMap,
} from 'yaml';
import { toPosition, YamlError } from './yaml-error.ts';
import { resolveScalar } from './yaml-scalar.ts';

/** What is known while one document is turned into a value. */
interface Reading {
  readonly anchors: Map<string, unknown>;
  readonly text: string;
}

type Node = ParsedNode | null;

const UNFINISHED = Symbol('an anchor whose value is being read');

/** The contents of a document as JSON, as go-yaml v2 decodes them. */
export function toJson(contents: Node, text: string): unknown {
  return toValue(contents, { anchors: new Map(), text });
}

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

/** Whether a key is `<<`, which takes in the keys of other maps. */
export function isMergeKey(key: unknown): boolean {
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
