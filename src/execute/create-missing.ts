import { DeployError } from '../errors.ts';
import { ApiError, type Clock, type Cluster } from '../ports.ts';
import { isWorkload } from '../release/hook.ts';
import type { KubeObject, ReleaseObject } from '../release/object.ts';
import { awaitHooks, stopHooks } from './hooks.ts';
import { findCondition, toRecord } from './rollout.ts';

/*
 * A first install that failed in a hook never reached the install-only hooks behind it, and helm's
 * next `upgrade --install` is an upgrade that skips them for good (helm.md §2.9, domain.md P19).
 */

/** Creates what is absent, in hook order, and never overwrites; returns a few words about it. */
export async function createMissing(
  hooks: readonly ReleaseObject[],
  ports: { cluster: Cluster; clock: Clock; signal: AbortSignal; deadline: number },
): Promise<string> {
  const created: string[] = [];
  for (const hook of hooks) {
    if (ports.signal.aborted) break;
    if ((await isWanted(hook, ports)) && (await createOne(hook, ports))) {
      created.push(`${hook.ref.kind} ${hook.ref.name}`);
    }
  }
  return created.length > 0 ? `created ${created.join(', ')}` : 'nothing was missing';
}

/** False when somebody else made it meanwhile: then it is not ours to touch. */
async function createOne(
  hook: ReleaseObject,
  ports: { cluster: Cluster; clock: Clock; signal: AbortSignal; deadline: number },
): Promise<boolean> {
  try {
    await ports.cluster.create(withNamespace(hook));
  } catch (error) {
    if (error instanceof ApiError && error.reason === 'AlreadyExists') return false;
    throw error;
  }
  if (isWorkload(hook)) await awaitEnd(hook, ports);
  return true;
}

/** helm stops at a hook that fails, and so do we. */
async function awaitEnd(
  hook: ReleaseObject,
  ports: { cluster: Cluster; clock: Clock; signal: AbortSignal; deadline: number },
): Promise<void> {
  const running = await awaitHooks([hook], ports);
  if (ports.signal.aborted) return;
  const name = `${hook.ref.kind} ${hook.ref.name}`;
  if (running.length > 0) {
    throw new DeployError('timeout', `Hook ${name} has not ended within the timeout.`, {
      hint: 'Look at its pods and log, or raise `timeout` when it only needs longer.',
    });
  }
  const live = await ports.cluster.read(hook.ref);
  if (live && hasFailed(live)) {
    throw new DeployError('hook-failed', `Hook ${name} failed.`, {
      hint: 'Read the log of its pods; the next deploy runs it again.',
    });
  }
}

/** Absent, or a Job or Pod that failed: helm would run that one again at an install. */
async function isWanted(
  hook: ReleaseObject,
  ports: { cluster: Cluster; clock: Clock; deadline: number },
): Promise<boolean> {
  const live = await ports.cluster.read(hook.ref);
  if (!live) return true;
  if (!isWorkload(hook) || !hasFailed(live)) return false;
  await stopHooks([hook], ports);
  return true;
}

function hasFailed(live: KubeObject): boolean {
  const status = toRecord(live['status']);
  return status['phase'] === 'Failed' || findCondition(status, 'Failed') !== undefined;
}

function withNamespace({ object, ref }: ReleaseObject): KubeObject {
  return { ...object, metadata: { ...object.metadata, namespace: ref.namespace } };
}
