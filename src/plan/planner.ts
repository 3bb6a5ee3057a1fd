import type { ReleaseObject } from '../release/object.ts';
import type { ReleaseSpec } from '../release/spec.ts';
import type { Rendering, State } from '../state/state.ts';
import { planDropped } from './adoption.ts';
import { planChanges } from './changes/changes.ts';
import { compare } from './compare.ts';
import { planCrdChanges, tellCrds } from './crds.ts';
import { planDigest } from './digest.ts';
import { hasInputs } from './hook-proof.ts';
import { findLock } from './lock.ts';
import { planOperations, planRemedy } from './operations.ts';
import type { Plan } from './plan.ts';
import { findRecordedMismatch, toProve } from './unchanged.ts';

/** Objects that may decide the plan; none when the record has decided already. */
export interface Reads {
  /** Their live state. */
  readonly live: readonly ReleaseObject[];
  /** What their hooks read. */
  readonly inputs: readonly ReleaseObject[];
}

/**
 * They are the recorded ones: with the same chart and values the rendering is expected to equal them,
 * so the cluster can be asked while helm still renders.
 */
export function planReads({ policy }: ReleaseSpec, { history }: State, source: string): Reads {
  const newest = history.at(-1);
  if (!policy.skipUnchanged || !newest || findRecordedMismatch(newest, source)) {
    return { live: [], inputs: [] };
  }
  return { live: hasInputs(newest) ? toProve(newest) : [], inputs: newest.objects };
}

/** Decides everything that can be decided before the cluster is touched. */
export function planRelease(spec: ReleaseSpec, state: State, rendering: Rendering): Plan {
  const base = state.history.find(({ number }) => number === state.lastGood);
  const before = base?.objects ?? [];
  const finding = compare(spec, state, rendering);
  return {
    spec,
    base: state,
    rendering: { ...rendering, notes: [...rendering.notes, ...tellCrds(spec, rendering, state)] },
    verdict: finding.verdict,
    reason: finding.reason,
    against: base?.number,
    changes: [...planCrdChanges(spec, rendering, state), ...planChanges(before, rendering.objects)],
    dropped: planDropped(spec, state),
    problems: [],
    lock: findLock(spec, state),
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
