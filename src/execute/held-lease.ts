import { DeployError } from '../errors.ts';
import { ApiError, type Clock, type Cluster } from '../ports.ts';
import { toDeployError } from '../refusal/explain.ts';
import type { KubeObject } from '../release/object.ts';
import {
  LEASE_RIGHTS,
  type LeaseRequest,
  readLease,
  toHolder,
  toLease,
  toLeaseRef,
} from './lease-object.ts';

/** Milliseconds between renewals: two may fail before the Lease is in doubt. */
const RENEW_EVERY = 10_000;
/** After so long without a renewal no operation starts until the Lease is proved to be ours again. */
const DOUBT_AFTER = 20_000;
/** Milliseconds for giving it up: a cancelled run has 7.5 s before it is killed (style.md §5.8). */
const RELEASE_WITHIN = 3_000;

export interface HeldLease {
  /** False when the right to leases is missing: then only helm's own record guards the release. */
  readonly guarded: boolean;
  /**
   * Called before every operation; throws `superseded` when the Lease is no longer ours, and what the
   * cluster answers when it has not let us renew it for too long. `regained` means that it was in doubt for a while, so the newest revision must be looked at again as well.
   */
  prove(): Promise<'sure' | 'regained'>;
  /** Stops renewing and gives the Lease up. Never throws: an orphan expires by itself. */
  release(): Promise<void>;
}

/** Keeps a Lease that was taken, until it is released or lost. */
export function hold(
  request: LeaseRequest,
  taken: KubeObject,
  { cluster, clock }: { cluster: Cluster; clock: Clock },
): HeldLease {
  let lease = taken;
  let renewed = clock.monotonic();
  let lost: KubeObject | 'gone' | undefined;
  /** Why the last renewal failed. */
  let refusal: unknown = new ApiError(0, '', 'no answer in time');
  const stop = new AbortController();

  async function renew(): Promise<void> {
    try {
      lease = await cluster.replace(toLease(request, lease, clock));
      renewed = clock.monotonic();
    } catch (error) {
      refusal = error;
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
  const renewals = keepRenewing();

  async function giveUp(): Promise<void> {
    await renewals;
    const { uid, resourceVersion } = lease.metadata;
    const own = { ...(uid && { uid }), ...(resourceVersion && { resourceVersion }) };
    if (!lost) await cluster.delete(toLeaseRef(request), own).catch(() => {});
  }

  return {
    guarded: true,
    async prove() {
      const inDoubt = () => clock.monotonic() - renewed > DOUBT_AFTER;
      const before = inDoubt();
      if (before && !lost) await renew();
      if (lost) throw supersededError(request, lost);
      if (inDoubt())
        throw toDeployError(
          refusal,
          `Renewing the lock on release ${request.release}`,
          LEASE_RIGHTS,
        );
      return before ? 'regained' : 'sure';
    },
    async release() {
      stop.abort();
      // On a dead network either may hang; the Lease then runs out by itself.
      const patience = new AbortController();
      await Promise.race([giveUp(), clock.sleep(RELEASE_WITHIN, patience.signal)]);
      // A timer left behind would keep the process alive to its end.
      patience.abort();
    },
  };
}

function supersededError(request: LeaseRequest, lost: KubeObject | 'gone'): DeployError {
  const holder = lost === 'gone' ? '' : toHolder(lost);
  const what = holder ? `was taken over by ${holder}` : 'was removed by somebody';
  return new DeployError(
    'superseded',
    `The lock on release ${request.release} ${what}; this run starts nothing more.`,
    { hint: 'See what that run did, then start this one again.' },
  );
}
