import type { KubeObject, ReleaseObject } from '../release/object.ts';
import { type Cause, diagnoseContainer } from './diagnose-container.ts';
import { oneLine } from './one-line.ts';
import { type Container, type RestartMemory, restartsSince, toContainers } from './restarts.ts';
import { toConditions, toRecord } from './rollout.ts';
import type { Suspicion } from './suspicion.ts';

/** What is wrong with one pod: its containers first, then how it ended, then why it is not ready. */
export function diagnosePod(
  object: ReleaseObject,
  pod: KubeObject,
  memory: RestartMemory,
): readonly Suspicion[] {
  const containers = toContainers(pod).flatMap((container) => {
    const cause = diagnoseContainer(container, restartsSince(memory, pod, container));
    return cause ? [toSuspicion(object, pod, container, cause)] : [];
  });
  if (containers.length > 0) return containers;
  return [...diagnosePhase(object, pod), ...diagnoseConditions(object, pod)];
}

function toSuspicion(
  object: ReleaseObject,
  pod: KubeObject,
  container: Container,
  cause: Cause,
): Suspicion {
  const { says, ...rest } = cause;
  const who = `container ${container.name} of pod ${pod.metadata.name}`;
  return {
    ...rest,
    // A Job may have retries left; its own condition tells when it has given up.
    certain: cause.certain && object.ref.kind !== 'Job',
    object: object.ref,
    pod: pod.metadata.name,
    container: container.name,
    message: `${object.ref.kind} ${object.ref.name}: ${who} is in ${cause.reason}: ${says}.`,
    restarts: container.restarts,
    involved: [pod.metadata.uid],
  };
}

/** A pod that has ended and will not be started again. */
function diagnosePhase(object: ReleaseObject, pod: KubeObject): readonly Suspicion[] {
  const status = toRecord(pod['status']);
  if (status['phase'] !== 'Failed') return [];
  const ended = toContainers(pod).find(({ terminated }) => terminated && terminated.exitCode !== 0);
  const reason = String(status['reason'] ?? ended?.terminated?.reason ?? 'Failed');
  const code = ended?.terminated ? `: exit code ${ended.terminated.exitCode}` : '';
  const who = ended
    ? `container ${ended.name} of pod ${pod.metadata.name}`
    : `pod ${pod.metadata.name}`;
  return [
    {
      code: 'pod-failed',
      object: object.ref,
      pod: pod.metadata.name,
      container: ended?.name,
      reason,
      message: `${object.ref.kind} ${object.ref.name}: ${who} failed${code} (${reason}).`,
      exitCode: ended?.terminated?.exitCode,
      advice: ended?.terminated
        ? `Container ${ended.name} ended with exit code ${ended.terminated.exitCode}: its log above tells why.`
        : 'The events of the pod above tell why.',
      certain: object.ref.kind === 'Pod' && toRecord(pod['spec'])['restartPolicy'] !== 'Always',
      involved: [pod.metadata.uid],
    },
  ];
}

function diagnoseConditions(object: ReleaseObject, pod: KubeObject): readonly Suspicion[] {
  const status = toRecord(pod['status']);
  const common = {
    object: object.ref,
    pod: pod.metadata.name,
    certain: false,
    involved: [pod.metadata.uid],
  };
  const scheduled = toConditions(status).find((one) => one['type'] === 'PodScheduled');
  if (scheduled?.['status'] === 'False') {
    return [
      {
        ...common,
        code: 'unschedulable',
        reason: String(scheduled['reason'] ?? 'Unschedulable'),
        message: `${object.ref.kind} ${object.ref.name}: pod ${pod.metadata.name} cannot be scheduled: ${oneLine(scheduled['message'])}`,
        advice: adviseScheduling(oneLine(scheduled['message'])),
      },
    ];
  }
  const containers = toContainers(pod).filter(({ init }) => !init);
  const unready = containers.find(
    ({ ready, terminated, waiting }) => !ready && !terminated && !waiting,
  );
  if (!unready || status['phase'] !== 'Running' || !isProbed(pod, unready.name)) return [];
  return [
    {
      ...common,
      code: 'probe-failing',
      container: unready.name,
      reason: 'NotReady',
      message: `${object.ref.kind} ${object.ref.name}: container ${unready.name} of pod ${pod.metadata.name} runs but is not ready.`,
      advice: 'See the probe in the events below, and what the container logs.',
    },
  ];
}

/** By the scheduler's words (its plugin NodePorts). */
function adviseScheduling(message: string): string {
  return message.includes('have free ports')
    ? 'On the nodes it may go to, another pod has its host port: remove that pod, or choose another `hostPort`.'
    : 'Lower the requests, add nodes, or correct the node selector, affinity or tolerations.';
}

/** Jobs' pods and plain workers run without being asked whether they are ready. */
function isProbed(pod: KubeObject, container: string): boolean {
  const { restartPolicy, containers } = toRecord(pod['spec']);
  const spec = Array.isArray(containers)
    ? containers.find((one) => one.name === container)
    : undefined;
  return restartPolicy === 'Always' || spec?.readinessProbe !== undefined;
}
