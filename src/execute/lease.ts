import { DeployError } from '../errors.ts';
import { ApiError, type Clock, type Cluster } from '../ports.ts';
import type { KubeObject } from '../release/object.ts';
import { type HeldLease, hold } from './held-lease.ts';
import {
  DURATION,
  type LeaseRequest,
  readLease,
  toHolder,
  toLease,
  toSpec,
} from './lease-object.ts';

/*
 * One run at a time per release (design.md rule 3). helm's own lock ends when helm exits, while we
 * still watch; a Lease `slipway-<release>` lasts as long as our run does.
 */

/** Milliseconds between looks at somebody else's Lease. */
const LOOK_EVERY = 1_000;

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
