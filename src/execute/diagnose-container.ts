import { oneLine } from './one-line.ts';
import type { Finding } from './outcome.ts';
import { CERTAIN_RESTARTS, type Container } from './restarts.ts';

/** Why a container does not run; `says` is what its own state tells. */
export type Cause = Pick<Finding, 'code' | 'reason' | 'advice' | 'certain' | 'exitCode'> & {
  says: string;
};

/** One container's own trouble; undefined when it has none. */
export function diagnoseContainer(container: Container, restarts: number): Cause | undefined {
  const { waiting, lastTerminated, terminated } = container;
  const reason = waiting?.reason ?? '';
  if (reason === 'InvalidImageName') {
    const advice = 'Correct the image name in the values; no registry can have it.';
    return {
      code: 'invalid-image',
      reason,
      says: oneLine(waiting?.message),
      advice,
      certain: true,
    };
  }
  if (/^(ErrImagePull|ImagePullBackOff|ErrImageNeverPull)$/.test(reason)) {
    const advice =
      'Check the image and tag in the values, and that the node may pull it (imagePullSecrets).';
    return { code: 'image-pull', reason, says: oneLine(waiting?.message), advice, certain: false };
  }
  if (/^(CreateContainerConfigError|CreateContainerError|RunContainerError)$/.test(reason)) {
    const advice =
      'Create what is missing (a Secret, ConfigMap or key) or correct its name in the values.';
    return {
      code: 'config-error',
      reason,
      says: oneLine(waiting?.message),
      advice,
      certain: false,
    };
  }
  const crash = terminated && terminated.exitCode !== 0 ? terminated : lastTerminated;
  if (container.ready || restarts < 1 || !crash) return undefined;
  const { exitCode } = crash;
  return {
    code: 'crash-loop',
    reason: reason || crash.reason || 'CrashLoopBackOff',
    says: `${crash.reason === 'OOMKilled' ? 'out of memory, ' : ''}exit code ${exitCode}, ${restarts} ${restarts === 1 ? 'restart' : 'restarts'}`,
    exitCode,
    advice:
      crash.reason === 'OOMKilled'
        ? 'Raise the memory limit of this container.'
        : `Container ${container.name} ended with exit code ${exitCode}: its log above tells why.`,
    certain: restarts >= CERTAIN_RESTARTS,
  };
}
