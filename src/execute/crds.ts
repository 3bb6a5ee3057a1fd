import { DeployError } from '../errors.ts';
import { ApiError, type Clock, type Cluster } from '../ports.ts';
import { withoutServerFields } from '../release/crd.ts';
import type { KubeObject, ReleaseObject } from '../release/object.ts';
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

/** How a CRD is written, and what to do when that is refused. */
interface Way {
  readonly doing: 'Applying' | 'Creating';
  write(cluster: Cluster, crd: KubeObject): Promise<unknown>;
  readonly whenForbidden: string;
  readonly whenRefused: string;
}

const APPLY: Way = {
  doing: 'Applying',
  write: (cluster, crd) => cluster.apply(crd),
  whenForbidden:
    'Give this identity get, create and patch on customresourcedefinitions.apiextensions.k8s.io, or set `crds: helm` and let somebody else apply them.',
  whenRefused:
    'Correct it in `crds/` of the chart, or set `crds: helm` and change the CRD by hand; one that objects exist of cannot drop a stored version.',
};

const CREATE: Way = {
  doing: 'Creating',
  write: createAbsent,
  whenForbidden:
    'Give this identity create on customresourcedefinitions.apiextensions.k8s.io, or set `crds: skip` and let somebody else create them.',
  whenRefused: 'Correct it in `crds/` of the chart, or set `crds: skip` and create it by hand.',
};

/**
 * Applies the CRDs and waits until the server serves their kinds; returns a few words.
 * @throws DeployError when a CRD is refused or not established in time
 */
export function applyCrds(crds: readonly ReleaseObject[], ports: CrdPorts): Promise<string> {
  return writeAll(crds, APPLY, ports);
}

/** Creates them, and waits in the same way; one that somebody else made meanwhile is left as it is. */
export function createCrds(crds: readonly ReleaseObject[], ports: CrdPorts): Promise<string> {
  return writeAll(crds, CREATE, ports);
}

async function writeAll(
  crds: readonly ReleaseObject[],
  way: Way,
  ports: CrdPorts,
): Promise<string> {
  await Promise.all(crds.map((crd) => writeOne(crd, way, ports)));
  await Promise.all(crds.map((crd) => awaitEstablished(crd, ports)));
  return `${crds.length} established`;
}

async function writeOne({ object, ref }: ReleaseObject, way: Way, ports: CrdPorts): Promise<void> {
  try {
    await way.write(ports.cluster, withoutServerFields(object));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const isForbidden = error.status === 403;
    throw new DeployError(
      isForbidden ? 'forbidden' : 'crd-refused',
      `${way.doing} ${ref.kind} ${ref.name} failed: ${error.message}`,
      { hint: isForbidden ? way.whenForbidden : way.whenRefused, cause: error },
    );
  }
}

async function createAbsent(cluster: Cluster, crd: KubeObject): Promise<void> {
  try {
    await cluster.create(crd);
  } catch (error) {
    if (!(error instanceof ApiError) || error.reason !== 'AlreadyExists') throw error;
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
