import type { Revision } from '../release/revision.ts';
import type { ReleaseSpec } from '../release/spec.ts';
import type { Rendering, State } from '../state/state.ts';
import { planDropped, tellForeign } from './adoption.ts';
import { planCrdChanges } from './crds.ts';
import { findChangedInput } from './hook-proof.ts';
import type { PlanVerdict } from './plan.ts';
import {
  findLiveDifference,
  findRecordedDifference,
  isRenderedSame,
  toProve,
} from './unchanged.ts';

export interface Comparison {
  readonly verdict: PlanVerdict;
  readonly reason: string;
  /** skip: nothing to do. settle: judge the newest revision first. deploy: helm upgrade. */
  readonly next: 'skip' | 'settle' | 'deploy';
}

/** Compares the newest revision with what is wanted, and says in one sentence what follows. */
export function compare(spec: ReleaseSpec, state: State, rendering: Rendering): Comparison {
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
  if (newest.verdict !== 'verified') return compareUnjudged(newest, { spec, state }, rendering);
  return compareVerified(spec, { state, newest }, rendering);
}

/** Ours without a verdict, or somebody else's helm. */
function compareUnjudged(
  newest: Revision,
  { spec, state }: { readonly spec: ReleaseSpec; readonly state: State },
  rendering: Rendering,
): Comparison {
  const isForeign = newest.verdict === 'foreign';
  const who = isForeign
    ? tellForeign(spec, state, newest)
    : `Revision ${newest.number} was never verified, because the run that made it was interrupted`;
  if (!isRenderedSame(newest, rendering)) {
    const what = isForeign ? 'this deploy takes it over' : 'the chart or its values differ from it';
    return { verdict: 'out-of-sync', reason: `${who}; ${what}.`, next: 'deploy' };
  }
  // Once watched it would be good with values that the next deploy takes away.
  if (planDropped(spec, state).length > 0) {
    const reason = `${who}; this deploy takes it over and drops the values that no layer sets.`;
    return { verdict: 'out-of-sync', reason, next: 'deploy' };
  }
  // Nothing but a deploy applies them.
  const crd = findCrdDifference(spec, state, rendering);
  if (crd) return { verdict: 'drifted', reason: `${who}; ${crd}`, next: 'deploy' };
  const reason = `${who}; nothing differs from it, so it is watched first.`;
  return { verdict: 'in-sync', reason, next: 'settle' };
}

function compareVerified(
  { policy }: ReleaseSpec,
  { state, newest }: { state: State; newest: Revision },
  rendering: Rendering,
): Comparison {
  const recorded = findRecordedDifference(state, rendering);
  if (recorded) return { verdict: 'out-of-sync', reason: sentence(recorded), next: 'deploy' };
  const crd = findCrdDifference({ policy }, state, rendering);
  if (crd) return { verdict: 'drifted', reason: crd, next: 'deploy' };
  if (!policy.skipUnchanged) {
    return {
      verdict: 'in-sync',
      // The cluster was not compared: it would decide nothing.
      reason: `Nothing differs from the record of revision ${newest.number}; deployed because \`skip-unchanged\` is false.`,
      next: 'deploy',
    };
  }
  const input = findChangedInput(newest, state.inputs);
  if (input) return { verdict: 'out-of-sync', reason: sentence(input), next: 'deploy' };
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

/** A sentence. */
function findCrdDifference(
  spec: Pick<ReleaseSpec, 'policy'>,
  state: State,
  rendering: Rendering,
): string | undefined {
  const [crd] = planCrdChanges(spec, rendering, state);
  return crd && `${crd.ref.kind} ${crd.ref.name} is not as the chart has it.`;
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
