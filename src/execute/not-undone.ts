import type { ReleaseObject } from '../release/object.ts';
import { isWorkload } from './hooks.ts';

/**
 * What a rollback leaves behind, a sentence each. helm does not roll hooks back: Jobs have run, and
 * hook objects keep what the failed revision wrote.
 */
export function listNotUndone(
  failed: readonly ReleaseObject[],
  good: readonly ReleaseObject[],
): readonly string[] {
  const before = new Map(good.map((object) => [object.key, object]));
  return failed.flatMap((object) => {
    const events = object.hook?.events ?? [];
    if (!events.includes('pre-upgrade') && !events.includes('post-upgrade')) return [];
    const name = `${object.ref.kind} ${object.ref.name}`;
    if (isWorkload(object)) return [`Hook ${name} may have run; what it did stays.`];
    const old = before.get(object.key);
    if (!old) return [`Hook ${name} was created and stays; helm does not remove hooks.`];
    if (JSON.stringify(old.object) === JSON.stringify(object.object)) return [];
    return [`Hook ${name} keeps the new content; helm does not roll hooks back.`];
  });
}
