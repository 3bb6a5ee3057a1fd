import type { KubeObject } from '../release/object.ts';
import { toRecord } from './rollout.ts';

/*
 * How often a container has crashed in this operation. A crash loop is certain at the third restart
 * of a container that was not ready since (design.md rule 4): what crashed before we began, or
 * recovered in between, does not count.
 */

export const CERTAIN_RESTARTS = 3;

export interface Container {
  readonly name: string;
  readonly init: boolean;
  readonly ready: boolean;
  readonly restarts: number;
  readonly waiting?: { readonly reason: string; readonly message: string };
  readonly terminated?: Termination;
  readonly lastTerminated?: Termination;
}

export interface Termination {
  readonly exitCode: number;
  readonly reason: string;
  readonly message: string;
}

/** Restart counts from which we count, by pod uid and container. */
export type RestartMemory = Map<string, number>;

/** Restarts since the operation began or the container was last ready. */
export function restartsSince(
  memory: RestartMemory,
  pod: KubeObject,
  container: Container,
): number {
  return container.restarts - (memory.get(toId(pod, container)) ?? 0);
}

/** Takes the present as the starting point; `all` before the operation, `ready` ones while it runs. */
export function rememberRestarts(
  memory: RestartMemory,
  pods: readonly KubeObject[],
  which: 'all' | 'ready',
): void {
  for (const pod of pods) {
    for (const container of toContainers(pod)) {
      if (which === 'all' || container.ready) memory.set(toId(pod, container), container.restarts);
    }
  }
}

/** Init containers first, as they run. */
export function toContainers(pod: KubeObject): readonly Container[] {
  const status = toRecord(pod['status']);
  return [
    ...toList(status['initContainerStatuses']).map((one) => toContainer(one, true)),
    ...toList(status['containerStatuses']).map((one) => toContainer(one, false)),
  ];
}

function toContainer(status: Readonly<Record<string, unknown>>, init: boolean): Container {
  const state = toRecord(status['state']);
  const last = toRecord(toRecord(status['lastState'])['terminated']);
  const waiting = toRecord(state['waiting']);
  const terminated = toRecord(state['terminated']);
  return {
    name: String(status['name']),
    init,
    ready: status['ready'] === true,
    restarts: Number(status['restartCount'] ?? 0),
    ...(state['waiting'] !== undefined && {
      waiting: {
        reason: String(waiting['reason'] ?? ''),
        message: String(waiting['message'] ?? ''),
      },
    }),
    ...(state['terminated'] !== undefined && { terminated: toTermination(terminated) }),
    ...(last['exitCode'] !== undefined && { lastTerminated: toTermination(last) }),
  };
}

function toTermination(state: Readonly<Record<string, unknown>>): Termination {
  return {
    exitCode: Number(state['exitCode'] ?? 0),
    reason: String(state['reason'] ?? ''),
    message: String(state['message'] ?? ''),
  };
}

function toList(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.map(toRecord) : [];
}

function toId(pod: KubeObject, container: Container): string {
  return `${pod.metadata.uid}/${container.name}`;
}
