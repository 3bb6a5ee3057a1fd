import type { Problem } from '../errors.ts';
import type { ReleaseSpec } from '../release/spec.ts';
import type { State } from '../state/state.ts';

/** Milliseconds beyond our own timeout for which somebody else's helm may still be at work. */
const MARGIN = 60_000;

/**
 * A pending record that is young and not ours belongs to a helm that may still run; ours are guarded
 * by the Lease, which only a dead run lets go.
 */
export function findLock({ target, policy }: ReleaseSpec, state: State): Problem | undefined {
  const newest = state.history.at(-1);
  if (!newest?.status.startsWith('pending') || newest.verdict !== 'foreign') return undefined;
  const age = state.readAt - newest.updated;
  if (age >= policy.timeout + MARGIN) return undefined;
  const since = `${Math.max(0, Math.round(age / 1000))} s ago`;
  return {
    code: 'locked',
    message: `Revision ${newest.number} of ${target.release} is ${newest.status}: another helm began it ${since}.`,
    hint: 'Wait until it has ended. If that helm is known to be dead, start this run again later: a pending revision older than `timeout` is taken over.',
  };
}
