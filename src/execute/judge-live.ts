import type { KubeObject, ReleaseObject } from '../release/object.ts';
import { warningsOf } from './diagnosis.ts';
import type { Observer } from './observer.ts';
import { judgeReadiness, type Readiness } from './rollout.ts';

/**
 * Readiness as far as it takes other objects to tell: a claim that waits for its first pod
 * (WaitForFirstConsumer) is as ready as it can be.
 */
export function judgeLive(object: ReleaseObject, observer: Observer): Readiness {
  const live = observer.find(object.ref);
  const readiness = judgeReadiness(object.ref.kind, live);
  if (object.ref.kind !== 'PersistentVolumeClaim' || readiness.state === 'ready' || !live) {
    return readiness;
  }
  const used = observer.all('Pod').some((pod) => mounts(pod, object.ref.name));
  const troubled = warningsOf(observer, [live.metadata.uid]).length > 0;
  return used || troubled ? readiness : { state: 'ready', message: 'waits for its first pod' };
}

function mounts(pod: KubeObject, claim: string): boolean {
  const volumes = (
    pod['spec'] as { volumes?: { persistentVolumeClaim?: { claimName?: string } }[] }
  )?.volumes;
  return (volumes ?? []).some((volume) => volume.persistentVolumeClaim?.claimName === claim);
}
