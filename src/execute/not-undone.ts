import type { Phase, Plan } from '../plan/plan.ts';
import { isWorkload } from '../release/hook.ts';
import type { ReleaseObject } from '../release/object.ts';

type Happened = 'no' | 'maybe' | 'yes';

/**
 * Which hooks had run when a phase failed. helm waits for hooks only, so it has ended, post-upgrade
 * hooks and all, before a rollout fails; one that was interrupted while it applied tells nothing of them.
 */
const RUN: Readonly<Record<Phase, { readonly pre: Happened; readonly post: Happened }>> = {
  'before-change': { pre: 'no', post: 'no' },
  'pre-hook': { pre: 'maybe', post: 'no' },
  apply: { pre: 'yes', post: 'maybe' },
  'post-hook': { pre: 'yes', post: 'maybe' },
  rollout: { pre: 'yes', post: 'yes' },
  verify: { pre: 'yes', post: 'yes' },
};

/**
 * What a rollback leaves behind after a failure in `phase`, a sentence each. helm does not roll hooks
 * back: Jobs have run, and hook objects keep what the failed revision wrote.
 */
export function listNotUndone(
  failed: readonly ReleaseObject[],
  good: readonly ReleaseObject[],
  phase: Phase,
): readonly string[] {
  const before = new Map(good.map((object) => [object.key, object]));
  return failed.flatMap((object) => {
    const ran = hasRun(object.hook?.events ?? [], phase);
    return ran === 'no' ? [] : tellHook(object, before.get(object.key), WORDS[ran]);
  });
}

/** CRDs stay as they were applied: with a CRD all objects of its kind would go. */
export function listAppliedCrds({ operations, changes }: Plan): readonly string[] {
  const applied = operations.flatMap((one) => (one.type === 'apply-crds' ? one.objects : []));
  return applied.flatMap(({ key, ref }) => {
    const change = changes.find((one) => one.key === key);
    if (!change) return [];
    const done = change.action === 'create' ? 'was created and stays' : 'keeps the new content';
    return [`${ref.kind} ${ref.name} ${done}; CRDs are never rolled back.`];
  });
}

const WORDS = {
  yes: { ran: 'ran', created: 'was created', keeps: 'keeps' },
  maybe: { ran: 'may have run', created: 'may have been created', keeps: 'may keep' },
} as const;

function tellHook(
  object: ReleaseObject,
  old: ReleaseObject | undefined,
  words: (typeof WORDS)['yes' | 'maybe'],
): readonly string[] {
  const name = `Hook ${object.ref.kind} ${object.ref.name}`;
  if (isWorkload(object)) return [`${name} ${words.ran}; what it did stays.`];
  if (!old) return [`${name} ${words.created} and stays; helm does not remove hooks.`];
  if (JSON.stringify(old.object) === JSON.stringify(object.object)) return [];
  return [`${name} ${words.keeps} the new content; helm does not roll hooks back.`];
}

function hasRun(events: readonly string[], phase: Phase): Happened {
  const { pre, post } = RUN[phase];
  const ran = [
    ...(events.includes('pre-upgrade') ? [pre] : []),
    ...(events.includes('post-upgrade') ? [post] : []),
  ];
  return (['yes', 'maybe'] as const).find((one) => ran.includes(one)) ?? 'no';
}
