import type { Place } from '../errors.ts';
import { isMap } from '../release/json.ts';

/*
 * Inputs and slipway.yaml say the same things under the same names (design.md section 1). Each of them
 * is a source; what is parsed is all sources of one release laid over each other, so that nothing
 * later knows where a field came from, and a message still names the place.
 */

export type FieldPath = readonly (string | number)[];

/**
 * Fields of a release, and its `cluster`, as one source says them. Those of slipway.yaml have passed the
 * schema; texts of inputs are not read yet, so `create: "tru"` may stand here.
 */
export type WrittenFields = Readonly<Record<string, unknown>>;

/** Something that says fields of a release: the inputs, or one part of slipway.yaml. */
export interface FieldSource {
  readonly fields: WrittenFields;
  /** How a message calls the field: `chart-version` for inputs, `chart.version` for the file. */
  name(path: FieldPath): string;
  /** Undefined for an input: it stands in a workflow that we do not read. */
  at(path: FieldPath): Place | undefined;
}

/** What all sources together say about one release. */
export interface Fields {
  /** Undefined when nobody says it. */
  get(...path: FieldPath): unknown;
  /** The text of a scalar, without surrounding blank space; empty when nobody says it. */
  text(...path: FieldPath): string;
  name(...path: FieldPath): string;
  at(...path: FieldPath): Place | undefined;
  /** What each source says by itself, lowest first: layers that helm merges. */
  each(name: string): readonly { readonly value: unknown; readonly source: FieldSource }[];
}

/** Fields whose parts are said apart: the repository in `defaults`, the name in the release. */
const IN_PARTS: ReadonlySet<string> = new Set(['chart', 'namespace', 'cluster']);

/** Later sources win: a field is replaced, and of one in parts each part. */
export function mergeFields(sources: readonly FieldSource[]): Fields {
  const merged = sources.map(({ fields }) => fields).reduce(overlayFields, {});
  const winner = (path: FieldPath) => sources.findLast(({ fields }) => has(fields, path));
  const nearest = (path: FieldPath): FieldSource | undefined =>
    winner(path) ?? (path.length > 1 ? nearest(path.slice(0, -1)) : undefined);
  return {
    get: (...path) => get(merged, path),
    text: (...path) => toText(get(merged, path)),
    name: (...path) => (nearest(path) ?? sources.at(-1))?.name(path) ?? path.join('.'),
    at: (...path) => nearest(path)?.at(path),
    each: (name) =>
      sources
        .filter(({ fields }) => fields[name] !== undefined)
        .map((source) => ({ value: source.fields[name], source })),
  };
}

function overlayFields(lower: WrittenFields, upper: WrittenFields): WrittenFields {
  const parts = Object.keys(upper)
    .filter((name) => IN_PARTS.has(name) || upper[name] === undefined)
    .map((name) => [name, overlay(lower[name], upper[name])]);
  return { ...lower, ...upper, ...Object.fromEntries(parts) };
}

function overlay(lower: unknown, upper: unknown): unknown {
  if (!isMap(lower) || !isMap(upper)) return upper === undefined ? lower : upper;
  const keys = new Set([...Object.keys(lower), ...Object.keys(upper)]);
  return Object.fromEntries([...keys].map((key) => [key, overlay(lower[key], upper[key])]));
}

/** What stands at a path in maps and lists; undefined when nothing does. */
export function get(value: unknown, [key, ...rest]: FieldPath): unknown {
  if (key === undefined) return value;
  if (Array.isArray(value)) return get(value[Number(key)], rest);
  return isMap(value) && Object.hasOwn(value, key) ? get(value[key], rest) : undefined;
}

function has(fields: WrittenFields, path: FieldPath): boolean {
  return get(fields, path) !== undefined;
}

function toText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value).trim()
    : '';
}
