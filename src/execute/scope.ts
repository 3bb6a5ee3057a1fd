import type { KubeObject, ReleaseObject } from '../release/object.ts';
import type { Observer } from './observer.ts';

/*
 * Which pods speak for an object of the release: those of its current revision only. Pods of an
 * old ReplicaSet that still crash are no reason to stop the new one.
 */

const REVISION = 'deployment.kubernetes.io/revision';

/** Pods of the object's current revision, live; empty while there are none. */
export function podsOf({ ref }: ReleaseObject, observer: Observer): readonly KubeObject[] {
  const live = observer.find(ref);
  if (!live) return [];
  switch (ref.kind) {
    case 'Pod':
      return [live];
    case 'Deployment': {
      const current = currentReplicaSet(live, observer);
      return current ? observer.ownedBy('Pod', current.metadata.uid) : [];
    }
    case 'StatefulSet': {
      const status = live['status'] as { updateRevision?: string } | undefined;
      return podsWithHash(live, status?.updateRevision, observer);
    }
    case 'DaemonSet':
      return newestGeneration(observer.ownedBy('Pod', live.metadata.uid));
    default:
      return observer.ownedBy('Pod', live.metadata.uid);
  }
}

/** The ReplicaSet that a Deployment rolls out now; its conditions tell why pods cannot be created. */
export function currentReplicaSet(
  deployment: KubeObject,
  observer: Observer,
): KubeObject | undefined {
  const revision = deployment.metadata.annotations?.[REVISION];
  return observer
    .ownedBy('ReplicaSet', deployment.metadata.uid)
    .find(({ metadata }) => metadata.annotations?.[REVISION] === revision);
}

/**
 * What helm just applied is not yet what a controller acts on: until the Deployment's status has
 * caught up, its current ReplicaSet is still the old one.
 */
export function isObserved(live: KubeObject | undefined): boolean {
  const status = live?.['status'] as { observedGeneration?: number } | undefined;
  const observed = status?.observedGeneration;
  return observed === undefined || observed >= (live?.metadata.generation ?? 0);
}

function podsWithHash(owner: KubeObject, hash: string | undefined, observer: Observer) {
  return observer
    .ownedBy('Pod', owner.metadata.uid)
    .filter(({ metadata }) => metadata.labels?.['controller-revision-hash'] === hash);
}

/** A DaemonSet's status does not name its current revision; its pods' template generation does. */
function newestGeneration(pods: readonly KubeObject[]): readonly KubeObject[] {
  const generation = ({ metadata }: KubeObject) =>
    Number(metadata.labels?.['pod-template-generation'] ?? 0);
  const newest = Math.max(0, ...pods.map(generation));
  return pods.filter((pod) => generation(pod) === newest);
}
