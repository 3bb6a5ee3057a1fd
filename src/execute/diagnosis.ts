import type { KubeObject, ReleaseObject } from '../release/object.ts';
import { diagnosePod } from './diagnose-pod.ts';
import type { Observer } from './observer.ts';
import { oneLine } from './one-line.ts';
import type { FindingCode } from './outcome.ts';
import type { RestartMemory } from './restarts.ts';
import { findCondition, toRecord } from './rollout.ts';
import { currentReplicaSet, podsOf } from './scope.ts';
import type { Suspicion } from './suspicion.ts';

/*
 * From observed objects to causes (helm.md §4.4). Pure: logs are added later by evidence.ts, when a
 * finding is worth the request.
 */

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
