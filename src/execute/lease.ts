import { DeployError } from '../errors.ts';
import { ApiError, type Clock, type Cluster } from '../ports.ts';
import type { KubeObject, ObjectRef } from '../release/object.ts';

/*
 * One run at a time per release (design.md rule 3). helm's own lock ends when helm exits, while we
 * still watch; a Lease `slipway-<release>` lasts as long as our run does.
 */

/** Seconds; written into the Lease, so every version of Slipway can tell how long to observe it. */
const DURATION = 30;
/** Milliseconds between renewals: two may fail before the Lease is in doubt. */
const RENEW_EVERY = 10_000;
/** After so long without a renewal no operation starts until the Lease is proved to be ours again. */
const DOUBT_AFTER = 20_000;
/** Milliseconds for giving it up: a cancelled run has 7.5 s before it is killed (style.md §5.8). */
const RELEASE_WITHIN = 3_000;
/** Milliseconds between looks at somebody else's Lease. */
const LOOK_EVERY = 1_000;

export interface LeaseRequest {
  readonly release: string;
  readonly namespace: string;
  /** Link to the run, attempt and a random id: unique, and tells a reader who it is. */
  readonly holder: string;
  /** Milliseconds to wait while another run is alive. */
  readonly wait: number;
  readonly log: (message: string) => void;
}

export interface HeldLease {
  /** False when the right to leases is missing: then only helm's own record guards the release. */
  readonly guarded: boolean;
  /**
   * Called before every operation; throws `superseded` when the Lease is no longer ours. `regained`
   * means that it was in doubt for a while, so the newest revision must be looked at again as well.
   */
  prove(): Promise<'sure' | 'regained'>;
  /** Stops renewing and gives the Lease up. Never throws: an orphan expires by itself. */
  release(): Promise<void>;
}

/**
 * Takes the Lease. An owner counts as dead only when its Lease stayed unchanged for its whole
 * duration by our own monotonic clock; that is observed even when no waiting was asked for.
 * Throws `locked` when another run is alive, naming it.
 */
export async function takeLease(
  request: LeaseRequest,
  ports: { readonly cluster: Cluster; readonly clock: Clock; readonly signal: AbortSignal },
): Promise<HeldLease> {
  const deadline = ports.clock.monotonic() + request.wait;
  for (;;) {
    const standing = await readLease(request, ports.cluster);
    if (standing === 'forbidden') return unguarded;
    const taken = await tryWhenFree(request, standing, ports);
    if (taken === 'forbidden') return unguarded;
    if (taken) return hold(request, taken, ports);
    if (ports.clock.monotonic() >= deadline) {
      throw await lockedError(request, standing, ports.cluster);
    }
  }
}

async function tryWhenFree(
  request: LeaseRequest,
  standing: KubeObject | undefined,
  ports: { readonly cluster: Cluster; readonly clock: Clock; readonly signal: AbortSignal },
): Promise<KubeObject | 'forbidden' | undefined> {
  const free = toHolder(standing) === '' || (await observe(request, standing, ports)) === 'dead';
  if (ports.signal.aborted) throw cancelledError(request);
  return free ? tryTake(request, standing, ports) : undefined;
}

const unguarded: HeldLease = {
  guarded: false,
  prove: async () => 'sure',
  release: async () => {},
};

/** Names whoever holds it now, which after a lost race is the winner; else who held it a moment ago. */
async function lockedError(
  request: LeaseRequest,
  seen: KubeObject | undefined,
  cluster: Cluster,
): Promise<DeployError> {
  const now = await readLease(request, cluster).catch(() => undefined);
  const holder = toHolder(now) || toHolder(seen);
  return new DeployError(
    'locked',
    `Release ${request.release} is being changed by ${holder || 'another run that has just ended'}.`,
    {
      hint: 'Wait for that run and start again, or set `wait-for-lock`, such as `wait-for-lock: 10m`.',
    },
  );
}

function cancelledError(request: LeaseRequest): DeployError {
  return new DeployError('cancelled', `Cancelled while release ${request.release} was locked.`, {
    hint: 'Nothing was changed; start the run again.',
  });
}

/** Watches somebody else's Lease until it moves (alive), goes (alive a moment ago) or stays still (dead). */
async function observe(
  request: LeaseRequest,
  first: KubeObject | undefined,
  { cluster, clock, signal }: { cluster: Cluster; clock: Clock; signal: AbortSignal },
): Promise<'alive' | 'dead'> {
  const life = Number(toSpec(first)['leaseDurationSeconds'] ?? DURATION) * 1000;
  const start = clock.monotonic();
  request.log(
    `Release ${request.release} is held by ${toHolder(first)}; watching for a sign of life.`,
  );
  while (clock.monotonic() - start < life && !signal.aborted) {
    await clock.sleep(LOOK_EVERY, signal);
    const now = await readLease(request, cluster);
    if (now === undefined || now === 'forbidden') return 'alive';
    if (now.metadata.resourceVersion !== first?.metadata.resourceVersion) return 'alive';
  }
  return signal.aborted ? 'alive' : 'dead';
}

/** Undefined when somebody else was faster. */
async function tryTake(
  request: LeaseRequest,
  standing: KubeObject | undefined,
  { cluster, clock }: { cluster: Cluster; clock: Clock },
): Promise<KubeObject | 'forbidden' | undefined> {
  const lease = toLease(request, standing, clock);
  try {
    return await (standing ? cluster.replace(lease) : cluster.create(lease));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.status === 403) return 'forbidden';
    // Gone meanwhile; when creating, 404 speaks of the namespace.
    if (error.status === 409 || (standing && error.status === 404)) return undefined;
    throw error;
  }
}

function hold(
  request: LeaseRequest,
  taken: KubeObject,
  { cluster, clock }: { cluster: Cluster; clock: Clock },
): HeldLease {
  let lease = taken;
  let renewed = clock.monotonic();
  let lost: KubeObject | 'gone' | undefined;
  const stop = new AbortController();

  async function renew(): Promise<void> {
    try {
      lease = await cluster.replace(toLease(request, lease, clock));
      renewed = clock.monotonic();
    } catch (error) {
      // A lost connection is tried again; only a Lease seen in other hands is lost.
      if (error instanceof ApiError && (error.status === 409 || error.status === 404)) await look();
    }
  }
  async function look(): Promise<void> {
    const seen = await readLease(request, cluster).catch(() => lease);
    if (seen === 'forbidden') return;
    if (toHolder(seen) === request.holder) lease = seen as KubeObject;
    else lost = seen ?? 'gone';
  }
  async function keepRenewing(): Promise<void> {
    while (!stop.signal.aborted && !lost) {
      await clock.sleep(RENEW_EVERY, stop.signal);
      if (!stop.signal.aborted) await renew();
    }
  }
  const renewing = keepRenewing();

  return {
    guarded: true,
    async prove() {
      const inDoubt = () => clock.monotonic() - renewed > DOUBT_AFTER;
      const before = inDoubt();
      if (before && !lost) await renew();
      if (lost || inDoubt()) throw supersededError(request, lost);
      return before ? 'regained' : 'sure';
    },
    async release() {
      stop.abort();
      // A renewal in flight may hang on a dead network; the Lease then runs out by itself.
      const patience = new AbortController();
      await Promise.race([renewing, clock.sleep(RELEASE_WITHIN, patience.signal)]);
      // A timer left behind would keep the process alive to its end.
      patience.abort();
      if (lost) return;
      const { uid, resourceVersion } = lease.metadata;
      await cluster
        .delete(toLeaseRef(request), {
          ...(uid && { uid }),
          ...(resourceVersion && { resourceVersion }),
        })
        .catch(() => {});
    },
  };
}

function supersededError(
  request: LeaseRequest,
  lost: KubeObject | 'gone' | undefined,
): DeployError {
  const holder = lost && lost !== 'gone' ? toHolder(lost) : '';
  const what = holder ? `was taken over by ${holder}` : 'could not be renewed';
  return new DeployError(
    'superseded',
    `The lock on release ${request.release} ${what}; this run starts nothing more.`,
    { hint: 'See what that run did, then start this one again.' },
  );
}

async function readLease(
  request: LeaseRequest,
  cluster: Cluster,
): Promise<KubeObject | undefined | 'forbidden'> {
  try {
    return await cluster.read(toLeaseRef(request));
  } catch (error) {
    if (error instanceof ApiError && error.status === 403) return 'forbidden';
    throw error;
  }
}

function toLeaseRef({ release, namespace }: LeaseRequest): ObjectRef {
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    namespace,
    name: `slipway-${release}`,
  };
}

function toLease(
  request: LeaseRequest,
  standing: KubeObject | undefined,
  clock: Clock,
): KubeObject {
  const { apiVersion, kind, namespace, name } = toLeaseRef(request);
  // A MicroTime, which wants six digits of a second.
  const now = clock.now().toISOString().replace('Z', '000Z');
  const mine = standing && toHolder(standing) === request.holder;
  return {
    apiVersion,
    kind,
    metadata: standing ? standing.metadata : { name, namespace },
    spec: {
      ...(standing && toSpec(standing)),
      holderIdentity: request.holder,
      leaseDurationSeconds: DURATION,
      ...(!mine && { acquireTime: now }),
      renewTime: now,
    },
  };
}

function toSpec(lease: KubeObject | undefined): Readonly<Record<string, unknown>> {
  return (lease?.['spec'] ?? {}) as Record<string, unknown>;
}

function toHolder(lease: KubeObject | 'forbidden' | undefined): string {
  return lease && lease !== 'forbidden' ? String(toSpec(lease)['holderIdentity'] ?? '') : '';
}
