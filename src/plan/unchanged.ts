import { isWorkload, runsOnUpgrade } from '../release/hook.ts';
import type { Hook, KubeObject, ObjectKey, ReleaseObject } from '../release/object.ts';
import type { Revision } from '../release/revision.ts';
import type { Live, Rendering, State } from '../state/state.ts';
import { planChanges } from './changes/changes.ts';
import { findUnprovedHook } from './hook-proof.ts';

/*
 * Nothing is skipped that is not proved unchanged (design.md rule 6). The proof has two halves: the
 * record, which costs nothing, and the live objects, which are only read when the record holds.
 */

/** Why the newest revision cannot be what the spec wants, by its record; undefined when it can. */
export function findRecordedDifference(state: State, rendering: Rendering): string | undefined {
  const newest = state.history.at(-1);
  if (!newest) return 'not verified';
  if (!isRenderedSame(newest, rendering)) return tellDifference(newest, rendering);
  return findRecordedMismatch(newest, rendering.source);
}

/** The part of it that is known before helm has rendered. */
export function findRecordedMismatch(newest: Revision, source: string): string | undefined {
  if (newest.verdict !== 'verified' || newest.status !== 'deployed') return 'not verified';
  if (newest.source !== source) {
    return 'chart or values differ, but what they render to does not; a deploy records them';
  }
  return findUnprovedHook(newest);
}

/** Whether a revision's manifest and hooks are what the chart renders now. */
export function isRenderedSame(revision: Revision, { objects }: Rendering): boolean {
  // Objects that vanish without a change for helm to make (hooks, `keep`) are a difference as well.
  const before = toNames(revision.objects);
  const after = new Set(toNames(objects));
  const sameNames = before.length === after.size && before.every((name) => after.has(name));
  return sameNames && planChanges(revision.objects, objects).length === 0;
}

function tellDifference({ number, objects }: Revision, rendering: Rendering): string {
  const { length } = planChanges(objects, rendering.objects);
  if (length === 0) return `hooks or kept objects of revision ${number} are gone from the chart`;
  return `${length} ${length === 1 ? 'object differs' : 'objects differ'} from revision ${number}`;
}

/** Objects of the manifest, and hooks that an upgrade runs; install-only ones are never compared. */
function toNames(objects: readonly ReleaseObject[]): readonly string[] {
  return objects
    .filter(({ hook }) => !hook || runsOnUpgrade(hook))
    .map(({ key, hook }) => `${hook ? 'hook ' : ''}${key}`);
}

/**
 * Objects whose live state belongs to the proof: the manifest, and hook objects that outlive their
 * event. Jobs and Pods of hooks have their own (`hook-proof.ts`), and come and go.
 */
export function toProve({ objects }: Pick<Rendering, 'objects'>): readonly ReleaseObject[] {
  return objects.filter((object) => !object.hook || outlives(object, object.hook));
}

function outlives(object: ReleaseObject, hook: Hook): boolean {
  return (
    runsOnUpgrade(hook) && !isWorkload(object) && !hook.deletePolicies.includes('hook-succeeded')
  );
}

export interface LiveDifference {
  readonly drifted: boolean;
  readonly what: string;
}

/** The first reason why the live objects are not proved to be as rendered; undefined when they are. */
export function findLiveDifference(
  objects: readonly ReleaseObject[],
  live: ReadonlyMap<ObjectKey, Live>,
): LiveDifference | undefined {
  for (const { key, ref } of objects) {
    const name = `${ref.kind} ${ref.name}`;
    const found = live.get(key);
    if (!found) return { drifted: false, what: `${name} was not read` };
    if (found.type === 'absent') return { drifted: true, what: `${name} is gone from the cluster` };
    if (found.type === 'not-checked') {
      return {
        drifted: false,
        what: `${name} could not be compared with the cluster: ${found.reason}`,
      };
    }
    if (toComparable(found.object) !== toComparable(found.applied)) {
      return { drifted: true, what: `${name} was changed in the cluster` };
    }
  }
  return undefined;
}

/**
 * Who owns which field, and the version counters, change with every write, and the status with time:
 * the two are not read in one moment. The rest is content.
 */
function toComparable({ metadata, status: ____, ...object }: KubeObject): string {
  const { managedFields: _, resourceVersion: __, generation: ___, ...rest } = metadata;
  return JSON.stringify({ ...object, metadata: rest });
}
