import type { Clock, Cluster } from '../ports.ts';
import { isWorkload } from '../release/hook.ts';
import type { KubeObject, ReleaseObject } from '../release/object.ts';
import { findCondition, toRecord } from './rollout.ts';

/*
 * Jobs and Pods of hooks outlive helm: after an interrupted or failed operation they go on running
 * (helm.md §2.9).
 */

/** Milliseconds between looks; a hook's end is rarely awaited, so it is polled. */
const LOOK_EVERY = 1_000;

/** Those that run now. */
export async function readRunning(
  hooks: readonly ReleaseObject[],
  cluster: Cluster,
): Promise<readonly ReleaseObject[]> {
  const live = await Promise.all(
    hooks.filter(isWorkload).map(async (hook) => ({ hook, live: await cluster.read(hook.ref) })),
  );
  return live.filter(({ live }) => live && isRunning(live)).map(({ hook }) => hook);
}

/** Waits until none runs; returns those that still do when the deadline passes or the signal aborts. */
export async function awaitHooks(
  hooks: readonly ReleaseObject[],
  {
    cluster,
    clock,
    signal,
    deadline,
  }: { cluster: Cluster; clock: Clock; signal: AbortSignal; deadline: number },
): Promise<readonly ReleaseObject[]> {
  for (;;) {
    const running = await readRunning(hooks, cluster);
    if (running.length === 0 || signal.aborted || clock.monotonic() >= deadline) return running;
    await clock.sleep(LOOK_EVERY, signal);
  }
}

/**
 * Deletes running hooks with their pods and waits until they are gone; their logs are among the
 * findings by then. Returns the names of those that stay past the deadline.
 */
export async function stopHooks(
  running: readonly ReleaseObject[],
  { cluster, clock, deadline }: { cluster: Cluster; clock: Clock; deadline: number },
): Promise<readonly string[]> {
  await Promise.all(running.map(({ ref }) => cluster.delete(ref, { propagation: 'Foreground' })));
  let left = running;
  for (;;) {
    const live = await Promise.all(left.map(({ ref }) => cluster.read(ref)));
    left = left.filter((_, index) => live[index] !== undefined);
    if (left.length === 0 || clock.monotonic() >= deadline) break;
    await clock.sleep(LOOK_EVERY / 4);
  }
  return left.map(({ ref }) => `${ref.kind} ${ref.name}`);
}

function isRunning(live: KubeObject): boolean {
  const status = toRecord(live['status']);
  if (live.metadata.deletionTimestamp) return true;
  if (live.kind === 'Pod') return status['phase'] !== 'Succeeded' && status['phase'] !== 'Failed';
  if (toRecord(live['spec'])['suspend'] === true) return false;
  return !findCondition(status, 'Complete') && !findCondition(status, 'Failed');
}
