import { createHash } from 'node:crypto';
import type { KubeObject, ReleaseObject } from '../release/object.ts';
import type { Target } from '../release/spec.ts';
import { isSecret, openPart, secretPart } from './changes/secret.ts';

/** What a plan promises to do. */
export interface Promised {
  readonly target: Target;
  readonly chartDigest: string;
  /** Of the revision that the plan is relative to; empty on a first install. */
  readonly before: readonly ReleaseObject[];
  /** The rendering, hooks included. */
  readonly after: readonly ReleaseObject[];
}

/**
 * Digest of what was reviewed (design.md rule 8): target, chart, and every object that differs with its
 * old and new state. Equal for equal content, however it is written; a Secret enters by the names of its
 * keys and by which of them changed, never by a value.
 */
export function planDigest({ target, chartDigest, before, after }: Promised): string {
  const changes = toVersions(before, after)
    .map(toDigestible)
    .filter(({ old, wanted }) => canonical(old) !== canonical(wanted));
  const text = canonical({ target, chart: chartDigest, changes });
  return createHash('sha256').update(text).digest('hex');
}

interface Versions {
  readonly id: string;
  readonly old: ReleaseObject | undefined;
  readonly wanted: ReleaseObject | undefined;
}

function toVersions(before: readonly ReleaseObject[], after: readonly ReleaseObject[]): Versions[] {
  const [old, wanted] = [index(before), index(after)];
  return [...new Set([...old.keys(), ...wanted.keys()])]
    .sort()
    .map((id) => ({ id, old: old.get(id), wanted: wanted.get(id) }))
    .filter((pair) => pair.old?.object !== pair.wanted?.object);
}

/** Hooks and manifest are apart in helm; their marks are annotations, hence part of the object. */
function index(objects: readonly ReleaseObject[]): ReadonlyMap<string, ReleaseObject> {
  return new Map(objects.map((object) => [`${object.hook ? 'hook ' : ''}${object.key}`, object]));
}

interface Digestible {
  readonly id: string;
  readonly old: unknown;
  readonly wanted: unknown;
}

function toDigestible({ id, old, wanted }: Versions): Digestible {
  return {
    id,
    old: old ? withoutValues(old.object, old.object) : null,
    wanted: wanted ? withoutValues(wanted.object, old?.object) : null,
  };
}

/** Each secret key with `new`, `same` or `changed` relative to the object before. */
function withoutValues(object: KubeObject, before: KubeObject | undefined): unknown {
  if (!isSecret(object)) return object;
  const known = before ? secretPart(before) : new Map<string, string>();
  const keys = [...secretPart(object)].map(([path, value]) => {
    const old = known.get(path);
    if (old === undefined) return [path, 'new'];
    return [path, old === value ? 'same' : 'changed'];
  });
  return { ...openPart(object), values: Object.fromEntries(keys) };
}

/** JSON with sorted keys: one text for one content. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );
}
