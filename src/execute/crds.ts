import { DeployError } from '../errors.ts';
import { ApiError, type Clock, type Cluster } from '../ports.ts';
import { withoutServerFields } from '../release/crd.ts';
import type { ReleaseObject } from '../release/object.ts';
import { findCondition, toConditions, toRecord } from './rollout.ts';

interface CrdPorts {
  readonly cluster: Cluster;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** On the monotonic clock. */
  readonly deadline: number;
}

/** Milliseconds between two looks at a CRD; the server establishes one in less than a second. */
const PAUSE = 250;

/**
 * Applies the CRDs and waits until the server serves its kinds; returns a few words.
 * @throws DeployError when a CRD is refused or not established in time
 */
export async function applyCrds(crds: readonly ReleaseObject[], ports: CrdPorts): Promise<string> {
  await Promise.all(crds.map((crd) => applyOne(crd, ports)));
  await Promise.all(crds.map((crd) => awaitEstablished(crd, ports)));
  return `${crds.length} established`;
}

async function applyOne({ object, ref }: ReleaseObject, { cluster }: CrdPorts): Promise<void> {
  try {
    await cluster.apply(withoutServerFields(object));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const isForbidden = error.status === 403;
    throw new DeployError(
      isForbidden ? 'forbidden' : 'crd-refused',
      `Applying ${ref.kind} ${ref.name} failed: ${error.message}`,
      {
        hint: isForbidden
          ? 'Give this identity get, create and patch on customresourcedefinitions.apiextensions.k8s.io, or set `crds: helm` and let somebody else apply them.'
          : 'Correct it in `crds/` of the chart, or set `crds: helm` and change the CRD by hand; one that objects exist of cannot drop a stored version.',
        cause: error,
      },
    );
  }
}

async function awaitEstablished(
  { ref }: ReleaseObject,
  { cluster, clock, signal, deadline }: CrdPorts,
): Promise<void> {
  while (!signal.aborted) {
    const status = toRecord((await cluster.read(ref))?.['status']);
    if (findCondition(status, 'Established')) return;
    const refused = toConditions(status).find(
      (one) => one['type'] === 'NamesAccepted' && one['status'] === 'False',
    );
    if (refused || clock.monotonic() >= deadline) {
      const why = refused ? `: ${String(refused['message'] ?? refused['reason'])}` : ' in time.';
      throw new DeployError(
        'crd-not-established',
        `${ref.kind} ${ref.name} was not established${why}`,
        {
          hint: 'Look at its conditions with `kubectl describe crd`; another CRD may have the same names.',
        },
      );
    }
    await clock.sleep(PAUSE, signal);
  }
}
