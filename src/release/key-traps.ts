import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type LineCounter,
  type Node,
  type Pair,
  type YAMLMap,
} from 'yaml';
import { resolveScalar } from './yaml-scalar.ts';
import { isMergeKey } from './yaml-value.ts';

/** What is known of a text while it is looked through from its top. */
export interface KeyReading {
  readonly lines: LineCounter;
  readonly anchors: Map<string, Node>;
}

/** A key that helm takes for something else, or that counts for nothing. */
export interface KeyTrap {
  readonly node: Node;
  /** As helm reads it. */
  readonly key: string;
  readonly code: 'values-trap' | 'values-duplicate-key';
  readonly toMessage: (path: string) => string;
  readonly hint: string;
}

/** The traps in the keys of one map, not of what is below them. */
export function* findKeyTraps(map: YAMLMap, reading: KeyReading): Generator<KeyTrap> {
  const seen = new Map<string, Node>();
  for (const pair of map.items) {
    const node = pair.key as Node;
    if (isMergeKey(node)) {
      yield* findOverwritten(pair, seen, reading);
      continue;
    }
    const key = toKeyText(node);
    if (key === undefined) continue;
    const above = seen.get(key);
    if (above) yield toDuplicate(node, key, [lineOf(above, reading), lineOf(node, reading)]);
    if (isOther(node, key)) yield toOtherKey(node, key);
    seen.set(key, node);
  }
}

/** Of the keys above a merge, those that it brings as well. */
function* findOverwritten(
  { key: node, value }: Pair,
  seen: ReadonlyMap<string, Node>,
  reading: KeyReading,
): Generator<KeyTrap> {
  for (const key of new Set(keysOf(value, { ...reading, visited: new Set() }))) {
    const above = seen.get(key);
    if (above) yield toOverwritten(node as Node, key, lineOf(above, reading));
  }
}

function lineOf(node: Node, { lines }: KeyReading): number {
  return lines.linePos(node.range?.[0] ?? 0).line;
}

/** A key as helm has it after it has made JSON of the values; undefined when it is not a scalar. */
export function toKeyText(node: unknown): string | undefined {
  if (!isScalar(node)) return undefined;
  try {
    const { tag, type } = node;
    return String(resolveScalar({ text: String(node.value), tag, plain: type === 'PLAIN' }));
  } catch {
    return undefined;
  }
}

/** All keys that a merge brings, also by merges in what is merged. */
function keysOf(
  node: unknown,
  reading: Pick<KeyReading, 'anchors'> & { readonly visited: Set<unknown> },
): readonly string[] {
  const found = isAlias(node) ? reading.anchors.get(node.source) : node;
  // Texts that refer to themselves, or to one map very often.
  if (reading.visited.has(found)) return [];
  reading.visited.add(found);
  if (isSeq(found)) return found.items.flatMap((item) => keysOf(item, reading));
  if (!isMap(found)) return [];
  return found.items.flatMap(({ key, value }) =>
    isMergeKey(key) ? keysOf(value, reading) : [toKeyText(key) ?? []].flat(),
  );
}

function isOther(node: Node, key: string): boolean {
  if (!isScalar(node) || node.type !== 'PLAIN' || node.tag !== undefined) return false;
  return String(node.value) !== key && !/^(?:true|false)$/i.test(String(node.value));
}

function toOtherKey(node: Node, key: string): KeyTrap {
  const text = isScalar(node) ? String(node.value) : key;
  return {
    ...{ node, key, code: 'values-trap' },
    toMessage: (path) => `the key \`${text}\` is \`${path}\` to helm`,
    hint: `Write it in quotes: \`"${text}":\`.`,
  };
}

function toDuplicate(node: Node, key: string, [first, last]: readonly [number, number]): KeyTrap {
  return {
    ...{ node, key, code: 'values-duplicate-key' },
    toMessage: (path) =>
      `\`${path}\` stands on lines ${first} and ${last}, and helm takes the last`,
    hint: 'Put what both of them say under one key; nothing of the first counts.',
  };
}

function toOverwritten(node: Node, key: string, line: number): KeyTrap {
  return {
    ...{ node, key, code: 'values-trap' },
    toMessage: (path) => `the \`<<\` here overwrites \`${path}\` of line ${line}`,
    hint: 'Write `<<` first: only the keys below it win over what it brings.',
  };
}
