import type { Problem } from '../errors.ts';
import type { ReleaseObject } from '../release/object.ts';
import type { Revision } from '../release/revision.ts';
import type { ReleaseSpec } from '../release/spec.ts';
import type { Rendering, State } from '../state/state.ts';
import { planChanges } from './changes/changes.ts';
import { planDigest } from './digest.ts';
import { planOperations, planRemedy } from './operations.ts';
import type { Plan, PlanVerdict } from './plan.ts';
import {
  findLiveDifference,
  findRecordedDifference,
  findRecordedMismatch,
  isRenderedSame,
  toProve,
} from './unchanged.ts';

/**
 * Objects whose live state may decide the plan; none when the record has decided already. They are
 * the recorded ones: with the same chart and values the rendering is expected to equal them, so the
 * cluster can be asked while helm still renders.
 */
export function toReadLive(
  { policy }: ReleaseSpec,
  { history }: State,
  source: string,
): readonly ReleaseObject[] {
  const newest = history.at(-1);
  if (!policy.skipUnchanged || !newest || findRecordedMismatch(newest, source)) return [];
  return toProve(newest);
}

/** Decides everything that can be decided before the cluster is touched. */
export function planRelease(spec: ReleaseSpec, state: State, rendering: Rendering): Plan {
  const base = state.history.find(({ number }) => number === state.lastGood);
  const before = base?.objects ?? [];
  const finding = compare(spec, state, rendering);
  return {
    spec,
    base: state,
    rendering,
    verdict: finding.verdict,
    reason: finding.reason,
    against: base?.number,
    changes: planChanges(before, rendering.objects),
    dropped: [],
    problems: findLock(spec, state),
    operations: planOperations(spec, state, rendering, finding.next),
    remedy: planRemedy(spec, state, finding.next),
    digest: planDigest({
      target: spec.target,
      chartDigest: rendering.chartDigest,
      before,
      after: rendering.objects,
    }),
  };
}

/** Milliseconds beyond our own timeout for which somebody else's helm may still be at work. */
const MARGIN = 60_000;

/**
 * A pending record that is young and not ours belongs to a helm that may still run; ours are guarded
 * by the Lease, which only a dead run lets go.
 */
export function findLock({ target, policy }: ReleaseSpec, state: State): readonly Problem[] {
  const newest = state.history.at(-1);
  if (!newest?.status.startsWith('pending') || newest.verdict !== 'foreign') return [];
  const age = state.readAt - newest.updated;
  if (age >= policy.timeout + MARGIN) return [];
  const since = `${Math.max(0, Math.round(age / 1000))} s ago`;
  return [
    {
      code: 'locked',
      message: `Revision ${newest.number} of ${target.release} is ${newest.status}: another helm began it ${since}.`,
      hint: 'Wait until it has ended. If that helm is known to be dead, start this run again later: a pending revision older than `timeout` is taken over.',
    },
  ];
}

interface Comparison {
  readonly verdict: PlanVerdict;
  readonly reason: string;
  /** skip: nothing to do. settle: judge the newest revision first. deploy: helm upgrade. */
  readonly next: 'skip' | 'settle' | 'deploy';
}

function compare(spec: ReleaseSpec, state: State, rendering: Rendering): Comparison {
  const newest = state.history.at(-1);
  const { release } = spec.target;
  if (!newest || newest.status === 'uninstalled') {
    return { verdict: 'absent', reason: `Release ${release} does not exist yet.`, next: 'deploy' };
  }
  if (newest.status.startsWith('pending') || newest.status === 'uninstalling') {
    const reason = `Revision ${newest.number} is ${newest.status}: the helm that made it has not ended, or was killed.`;
    return { verdict: 'locked', reason, next: 'deploy' };
  }
  if (newest.status === 'failed' || newest.verdict === 'failed') {
    const reason = `Revision ${newest.number} failed: ${newest.description}`;
    return { verdict: 'failed', reason, next: 'deploy' };
  }
  if (newest.verdict !== 'verified') return compareUnjudged(newest, rendering);
  return compareVerified(spec, { state, newest }, rendering);
}

/** Ours without a verdict, or somebody else's helm. */
function compareUnjudged(newest: Revision, rendering: Rendering): Comparison {
  const who =
    newest.verdict === 'foreign'
      ? `Revision ${newest.number} was made outside of Slipway`
      : `Revision ${newest.number} was never verified, because the run that made it was interrupted`;
  if (!isRenderedSame(newest, rendering)) {
    return {
      verdict: 'out-of-sync',
      reason: `${who}; the chart or its values differ from it.`,
      next: 'deploy',
    };
  }
  return {
    verdict: 'in-sync',
    reason: `${who}; nothing differs from it, so it is watched first.`,
    next: 'settle',
  };
}

function compareVerified(
  { policy }: ReleaseSpec,
  { state, newest }: { state: State; newest: Revision },
  rendering: Rendering,
): Comparison {
  const recorded = findRecordedDifference(state, rendering);
  if (recorded) return { verdict: 'out-of-sync', reason: sentence(recorded), next: 'deploy' };
  if (!policy.skipUnchanged) {
    return {
      verdict: 'in-sync',
      reason: 'Nothing differs; deployed because `skip-unchanged` is false.',
      next: 'deploy',
    };
  }
  const live = findLiveDifference(toProve(rendering), state.live);
  if (!live) {
    return {
      verdict: 'in-sync',
      reason: `Revision ${newest.number} is verified and nothing differs from it.`,
      next: 'skip',
    };
  }
  return {
    verdict: live.drifted ? 'drifted' : 'out-of-sync',
    reason: sentence(live.what),
    next: 'deploy',
  };
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
