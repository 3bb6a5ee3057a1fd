import { isAlias, isMap, isScalar, isSeq, type Scalar, type YAMLMap } from 'yaml';
import type { DeployError, Problem } from '../../errors.ts';
import type { FieldPath } from '../fields.ts';
import { type Aliases, findTargets, followAlias } from './document-aliases.ts';
import { findKeyProblems, isOwn, readKeys } from './document-keys.ts';
import { brokenAt, type LinePlace, offsetOf, placeOf, type YamlSource } from './document-place.ts';
import { showPath } from './problems/path.ts';

/** What slipway.yaml says, and where each part of it stands. */
export interface DocumentTree {
  /** JSON, with aliases and merge keys resolved. */
  readonly value: unknown;
  readonly file: string;
  /** Of the key, or the item of a list; of the nearest parent that is there otherwise. */
  at(path: FieldPath): LinePlace;
  /** A scalar as it stands in the file, such as `1.10`; undefined for anything else. */
  source(path: FieldPath): string | undefined;
  /** What is wrong with the text itself, however it is meant. */
  readonly problems: readonly Problem[];
}

/** Far more than any real file; aliases of aliases grow without bounds. */
const MOST_NODES = 100_000;
const DEEPEST = 100;

interface Spot {
  readonly offset: number;
  readonly source?: string | undefined;
}

interface Walk extends YamlSource, Aliases {
  readonly open: Set<unknown>;
  /** Maps whose keys have been checked; aliases come by again. */
  readonly checked: Set<YAMLMap>;
  readonly spots: Map<string, Spot>;
  readonly problems: Problem[];
  count: number;
}

/** Throws `DeployError` for aliases that lead nowhere or to too much. */
export function toTree(contents: unknown, source: YamlSource): DocumentTree {
  const walk: Walk = {
    ...source,
    targets: findTargets(contents),
    open: new Set(),
    checked: new Set(),
    spots: new Map(),
    problems: [],
    count: 0,
  };
  const value = convert(contents, [], walk);
  const spotAt = (path: FieldPath): Spot | undefined =>
    walk.spots.get(toKey(path)) ?? (path.length > 0 ? spotAt(path.slice(0, -1)) : undefined);
  return {
    value,
    file: source.file,
    at: (path) => placeOf(spotAt(path)?.offset ?? 0, source),
    source: (path) => walk.spots.get(toKey(path))?.source,
    problems: walk.problems,
  };
}

function convert(node: unknown, path: FieldPath, walk: Walk): unknown {
  walk.count += 1;
  if (walk.count > MOST_NODES || path.length > DEEPEST) throw beyondUse(node, walk);
  if (isAlias(node)) return convert(followAlias(node, walk), path, walk);
  if (isScalar(node)) return convertScalar(node, path, walk);
  walk.open.add(node);
  const value = isMap(node) ? convertMap(node, path, walk) : convertItems(node, path, walk);
  walk.open.delete(node);
  return value;
}

function convertItems(node: unknown, path: FieldPath, walk: Walk): unknown {
  if (!isSeq(node)) return null;
  return node.items.map((item, index) => {
    const below = [...path, index];
    mark(item, below, walk);
    return convert(item, below, walk);
  });
}

function convertScalar(scalar: Scalar, path: FieldPath, walk: Walk): unknown {
  const { value } = scalar;
  if (typeof value === 'number' && !Number.isFinite(value)) {
    walk.problems.push({
      code: 'config-invalid',
      message: `${showPath(path)} is a number that JSON cannot say.`,
      hint: 'Write a finite number, or put it in quotes.',
      at: placeOf(offsetOf(scalar), walk),
    });
    return 0;
  }
  const spot = walk.spots.get(toKey(path));
  if (spot) walk.spots.set(toKey(path), { ...spot, source: scalar.source });
  return value;
}

/** Keys of the map itself win over those that it merges, and of these the first, as YAML says. */
function convertMap(map: YAMLMap, path: FieldPath, walk: Walk): unknown {
  const keys = readKeys(map);
  if (!walk.checked.has(map)) walk.problems.push(...findKeyProblems(keys, path, walk));
  walk.checked.add(map);
  const record = new Map<string, unknown>();
  for (const { name, node, value } of keys.filter(isOwn)) {
    if (record.has(name)) continue;
    const below = [...path, name];
    mark(node, below, walk);
    record.set(name, convert(value, below, walk));
  }
  for (const { node, value } of keys.filter((key) => key.merges)) {
    for (const [name, merged] of toMerged(convert(value, path, walk), node, walk)) {
      if (!record.has(name)) record.set(name, merged);
    }
  }
  return Object.fromEntries(record);
}

function toMerged(value: unknown, key: unknown, walk: Walk): readonly [string, unknown][] {
  const maps: readonly unknown[] = Array.isArray(value) ? value : [value];
  return maps.flatMap((map) => {
    if (typeof map === 'object' && map !== null && !Array.isArray(map)) return Object.entries(map);
    throw brokenAt(offsetOf(key), walk, {
      what: '`<<` merges something that is not a map',
      hint: 'Write `<<: *name`, with `&name` at a map before it.',
    });
  });
}

function beyondUse(node: unknown, walk: Walk): DeployError {
  return brokenAt(offsetOf(node), walk, {
    what: 'lists and maps are nested, or aliases repeated, beyond any use',
    hint: 'Write it out, and flatter.',
  });
}

/** The first to come is what counts: a merge key brings no place for what the map says itself. */
function mark(node: unknown, path: FieldPath, walk: Walk): void {
  const key = toKey(path);
  if (!walk.spots.has(key)) walk.spots.set(key, { offset: offsetOf(node) });
}

function toKey(path: FieldPath): string {
  return JSON.stringify(path);
}
