import { isScalar, Scalar, type YAMLMap } from 'yaml';
import type { Problem } from '../../errors.ts';
import type { FieldPath } from '../fields.ts';
import { offsetOf, placeOf, type YamlSource } from './document-place.ts';
import { showPath } from './problems/path.ts';

export interface Key {
  /** As it stands in the file: `1.10` stays `1.10`. Undefined when it is not a scalar. */
  readonly name: string | undefined;
  /** `<<`, which YAML 1.2 tools take for a merge when it is not quoted. */
  readonly merges: boolean;
  readonly node: unknown;
  readonly value: unknown;
}

/** A key that names a field. */
export function isOwn(key: Key): key is Key & { readonly name: string } {
  return !key.merges && key.name !== undefined && key.name !== PROTOTYPE;
}

export function readKeys(map: YAMLMap): readonly Key[] {
  return map.items.map(({ key, value }) => ({
    name: toName(key),
    merges: isScalar(key) && key.value === '<<' && key.type === Scalar.PLAIN,
    node: key,
    value,
  }));
}

function toName(key: unknown): string | undefined {
  if (!isScalar(key) || key.value === null) return undefined;
  return typeof key.value === 'string' ? key.value : (key.source ?? String(key.value));
}

/** JavaScript libraries lose it, and no chart has such a value. */
const PROTOTYPE = '__proto__';

/** Keys that stand twice, or that are none. */
export function findKeyProblems(
  keys: readonly Key[],
  path: FieldPath,
  source: YamlSource,
): readonly Problem[] {
  const first = new Map<string, Key>();
  return keys.flatMap((key) => {
    const { name } = key;
    if (name === undefined || name === PROTOTYPE) return [notAName(key, path, source)];
    const before = first.get(name);
    if (before) return [twice([before, key], [...path, name], source)];
    first.set(name, key);
    return [];
  });
}

function twice([first, second]: readonly [Key, Key], path: FieldPath, source: YamlSource): Problem {
  const [before, at] = [first, second].map(({ node }) => placeOf(offsetOf(node), source));
  return {
    code: 'config-duplicate-key',
    message: `${showPath(path)} stands in \`${source.file}\` twice, in line ${before?.line} and line ${at?.line}.`,
    hint: 'Keep one of them.',
    at,
  };
}

function notAName(key: Key, path: FieldPath, source: YamlSource): Problem {
  const where = path.length > 0 ? showPath(path) : `\`${source.file}\``;
  const what = key.name === undefined ? 'that is empty, a list or a map' : `\`${PROTOTYPE}\``;
  return {
    code: 'config-invalid',
    message: `${where} has a key ${what}.`,
    hint: 'Write a text as the key, such as `name: value`; one that holds `{` or `[` needs quotes.',
    at: placeOf(offsetOf(key.node), source),
  };
}
