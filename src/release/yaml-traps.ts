import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, type YAMLMap } from 'yaml';
import { isSecretName } from '../secrecy/named-secrets.ts';
import { findKeyTraps, type KeyReading, toKeyText } from './key-traps.ts';
import { findScalarTrap } from './scalar-traps.ts';
import { toPathText } from './values-paths.ts';
import { composeDocuments } from './yaml.ts';

/** A place where helm reads values otherwise than their writer may think; counts from 1. */
export interface YamlTrap {
  readonly line: number;
  readonly column: number;
  /** Path of the key; empty when it is the whole text. */
  readonly what: string;
  readonly code: 'values-trap' | 'values-duplicate-key';
  /** Without the name of the file; a value is not told when its name says that it is secret. */
  readonly message: string;
  readonly hint: string;
}

type Path = readonly (string | number)[];
type Found = Omit<YamlTrap, 'line' | 'column'> & { readonly offset: number };

/**
 * The traps of helm.md §1.5 in a text of values, in its order. None in a text that cannot be read at
 * all: that is an error, which parsing it reports. Of several documents only the first is looked
 * into.
 */
export function findYamlTraps(text: string): readonly YamlTrap[] {
  const lines = countLines(text);
  const found = [...findInDocuments(text, lines)];
  return found
    .sort((one, other) => one.offset - other.offset)
    .map(({ offset, ...trap }) => {
      const { line, col } = lines.linePos(offset);
      return { line, column: col, ...trap };
    });
}

function* findInDocuments(text: string, lines: LineCounter): Generator<Found> {
  const [first, second] = composeDocuments(text);
  if (!first || first.errors.length > 0) return;
  yield* findInNode(first.contents, [], { lines, anchors: new Map() });
  const next: unknown = second?.contents;
  if (!next || (isScalar(next) && next.value === '')) return;
  const told = first.directives.docEnd ? AFTER_END : SEVERAL_DOCUMENTS;
  yield { offset: offsetOf(next as Node), what: '', code: 'values-trap', ...told };
}

const SEVERAL_DOCUMENTS = {
  message:
    'a second document begins, and Helm 3 reads only the first one, while Helm 4 merges them',
  hint: 'Put all into one document, or this one into a file of its own.',
};
const AFTER_END = {
  message: 'helm ignores what is below the end of the document (`...`)',
  hint: 'Remove the line with `...`, or what is below it.',
};

function countLines(text: string): LineCounter {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
    lines.addNewLine(at + 1);
  }
  return lines;
}

function* findInNode(node: unknown, path: Path, reading: KeyReading): Generator<Found> {
  if (isAlias(node)) return;
  if (isScalar(node) || isSeq(node) || isMap(node)) {
    if (node.anchor !== undefined) reading.anchors.set(node.anchor, node);
  }
  if (isScalar(node)) yield* findInScalar(node, path);
  if (isMap(node)) yield* findInMap(node, path, reading);
  if (!isSeq(node)) return;
  for (const [index, item] of node.items.entries()) {
    yield* findInNode(item, [...path, index], reading);
  }
}

function* findInScalar(node: Node, path: Path): Generator<Found> {
  const names = path.filter((part) => typeof part === 'string');
  const trap = findScalarTrap(node, names.at(-1) ?? '');
  if (!trap) return;
  const what = toPathText(path);
  const message = names.some(isSecretName)
    ? `\`${what}\` is ${trap.kind} to helm`
    : `\`${what}: ${trap.text}\` is ${trap.kind} to helm: ${trap.shown}`;
  yield { offset: offsetOf(node), what, code: 'values-trap', message, hint: trap.hint };
}

function* findInMap(map: YAMLMap, path: Path, reading: KeyReading): Generator<Found> {
  for (const { node, key, toMessage, ...trap } of findKeyTraps(map, reading)) {
    const what = toPathText([...path, key]);
    yield { offset: offsetOf(node), what, ...trap, message: toMessage(what) };
  }
  for (const { key, value } of map.items) {
    yield* findInNode(value, [...path, toKeyText(key) ?? '?'], reading);
  }
}

function offsetOf(node: Node): number {
  return node.range?.[0] ?? 0;
}
