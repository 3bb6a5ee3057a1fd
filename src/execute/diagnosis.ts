import type { KubeObject, ReleaseObject } from '../release/object.ts';
import { type Cause, diagnoseContainer } from './diagnose-container.ts';
import type { Observer } from './observer.ts';
import { oneLine } from './one-line.ts';
import type { Finding, FindingCode } from './outcome.ts';
import { type Container, type RestartMemory, restartsSince, toContainers } from './restarts.ts';
import { findCondition, toConditions, toRecord } from './rollout.ts';
import { currentReplicaSet, podsOf } from './scope.ts';

/*
 * From observed objects to causes (helm.md §4.4). Pure: logs are added later by evidence.ts, when a
 * finding is worth the request.
 */

/** A finding before its evidence was gathered. */
export type Suspicion = Omit<Finding, 'logs' | 'events'> & {
  /** Objects whose events belong to it. */
  readonly involved: readonly (string | undefined)[];
};

/** What holds this object up, as far as its live state tells; the most telling first. */
export function diagnose(
  object: ReleaseObject,
  observer: Observer,
  memory: RestartMemory,
): readonly Suspicion[] {
  const live = observer.find(object.ref);
  if (!live) return [];
  const pods = podsOf(object, observer).filter(({ metadata }) => !metadata.deletionTimestamp);
  return [
    ...diagnoseJob(object, live),
    ...diagnoseCreation(object, live, observer),
    ...pods.flatMap((pod) => diagnosePod(object, pod, memory)),
    ...diagnoseClaim(object, live, observer),
  ].toSorted((a, b) => RANK.indexOf(a.code) - RANK.indexOf(b.code));
}

/** Refusals before images before configuration before crashes: the earlier explains the later. */
const RANK: readonly FindingCode[] = [
  'create-refused',
  'invalid-image',
  'image-pull',
  'config-error',
  'crash-loop',
  'pod-failed',
  'job-failed',
  'unschedulable',
  'claim-pending',
  'probe-failing',
];

function diagnoseJob(object: ReleaseObject, live: KubeObject): readonly Suspicion[] {
  const failed =
    object.ref.kind === 'Job' ? findCondition(toRecord(live['status']), 'Failed') : undefined;
  if (!failed) return [];
  const reason = String(failed['reason'] ?? 'Failed');
  const words = String(failed['message'] ?? '').replace(/\.$/, '');
  return [
    {
      code: object.hook ? 'hook-failed' : 'job-failed',
      object: object.ref,
      reason,
      message: `Job ${object.ref.name} failed: ${reason}${words ? ` (${words})` : ''}.`,
      advice: 'The log of its pod above tells why; a Job is not tried again after this.',
      certain: true,
      involved: [live.metadata.uid],
    },
  ];
}

/** Pods that the API server refuses: quota, Pod Security, webhooks, a missing ServiceAccount. */
function diagnoseCreation(
  object: ReleaseObject,
  live: KubeObject,
  observer: Observer,
): readonly Suspicion[] {
  const owner = object.ref.kind === 'Deployment' ? currentReplicaSet(live, observer) : live;
  const refused = owner && findCondition(toRecord(owner['status']), 'ReplicaFailure');
  if (!refused) return [];
  return [
    {
      code: 'create-refused',
      object: object.ref,
      reason: String(refused['reason'] ?? 'FailedCreate'),
      message: `${object.ref.kind} ${object.ref.name} cannot create pods: ${oneLine(refused['message'])}`,
      advice: 'Raise the quota, or change what the API server refuses; the message names it.',
      certain: false,
      involved: [owner.metadata.uid],
    },
  ];
}

function diagnosePod(
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
        advice:
          'Lower the requests, add nodes, or correct the node selector, affinity or tolerations.',
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

/** Jobs' pods and plain workers run without being asked whether they are ready. */
function isProbed(pod: KubeObject, container: string): boolean {
  const { restartPolicy, containers } = toRecord(pod['spec']);
  const spec = Array.isArray(containers)
    ? containers.find((one) => one.name === container)
    : undefined;
  return restartPolicy === 'Always' || spec?.readinessProbe !== undefined;
}

function diagnoseClaim(
  object: ReleaseObject,
  live: KubeObject,
  observer: Observer,
): readonly Suspicion[] {
  if (object.ref.kind !== 'PersistentVolumeClaim') return [];
  if (toRecord(live['status'])['phase'] === 'Bound') return [];
  const warning = warningsOf(observer, [live.metadata.uid]).at(-1);
  if (!warning) return [];
  return [
    {
      code: 'claim-pending',
      object: object.ref,
      reason: String(warning['reason'] ?? 'Pending'),
      message: `Claim ${object.ref.name} is not bound: ${oneLine(warning['message'])}`,
      advice: 'Check the storage class and its provisioner.',
      certain: false,
      involved: [live.metadata.uid],
    },
  ];
}

/** Warning events about these objects, oldest first. */
export function warningsOf(
  observer: Observer,
  uids: readonly (string | undefined)[],
): readonly KubeObject[] {
  return observer
    .all('Event')
    .filter((event) =>
      uids.includes(toRecord(event['involvedObject'])['uid'] as string | undefined),
    )
    .toSorted((a, b) => timeOf(a) - timeOf(b));
}

function timeOf(event: KubeObject): number {
  return Date.parse(
    String(event['lastTimestamp'] ?? event['eventTime'] ?? event.metadata.creationTimestamp),
  );
}
