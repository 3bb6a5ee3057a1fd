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
  readonly anchors: Map<string, Anchored>;
  readonly text: string;
  /** Nodes so far, those behind an alias each time. */
  size: number;
}

interface Anchored {
  readonly value: unknown;
  /** In nodes. */
  readonly size: number;
}

/**
 * Aliases of aliases grow without bounds for whoever walks the value. go-yaml refuses them by their
 * share (decode.go, allowedAliasRatio), long before this: no release can be that large.
 */
const MOST_NODES = 1_000_000;

type Node = ParsedNode | null;

/** An anchor whose value is being read. */
const UNFINISHED: Anchored = { value: undefined, size: 0 };

/** The contents of a document as JSON, as go-yaml v2 decodes them. */
export function toJson(contents: Node, text: string): unknown {
  return toValue(contents, { anchors: new Map(), text, size: 0 });
}

function toValue(node: Node, reading: Reading): unknown {
  if (node === null) return null;
  if (isAlias(node)) return toAliased(node, reading);
  const before = reading.size;
  reading.size += 1;
  const anchor = node.anchor;
  if (anchor !== undefined) reading.anchors.set(anchor, UNFINISHED);
  const value = toPlainValue(node, reading);
  if (anchor !== undefined) reading.anchors.set(anchor, { value, size: reading.size - before });
  return value;
}

function toPlainValue(node: Exclude<ParsedNode, Alias.Parsed>, reading: Reading): unknown {
  if (isScalar(node)) return toScalarValue(node, reading);
  if (isSeq(node)) return node.items.map((item) => toValue(item as Node, reading));
  return toObject(node, reading);
}

function toAliased(alias: Alias.Parsed, reading: Reading): unknown {
  const anchored = reading.anchors.get(alias.source);
  if (anchored === undefined) throw failure(`unknown anchor '${alias.source}'`, alias, reading);
  if (anchored === UNFINISHED) {
    throw failure(`anchor '${alias.source}' value contains itself`, alias, reading);
  }
  reading.size += anchored.size;
  if (reading.size > MOST_NODES) throw failure('aliases repeat too much', alias, reading);
  return anchored.value;
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
