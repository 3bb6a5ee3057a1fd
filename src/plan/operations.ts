import { isWorkload } from '../release/hook.ts';
import { lastGood } from '../release/record.ts';
import type { ReleaseSpec } from '../release/spec.ts';
import type { Rendering, State } from '../state/state.ts';
import { planMethod, planRollbackMethod } from './apply-method.ts';
import { planCrdOperations } from './crds.ts';
import { planMissing } from './missing-hooks.ts';
import type { Operation, Phase, Plan, Remediation } from './plan.ts';

/** What execute will do, in order. */
export function planOperations(
  spec: ReleaseSpec,
  state: State,
  rendering: Rendering,
  next: 'skip' | 'settle' | 'deploy',
): readonly Operation[] {
  if (next === 'skip') return [];
  const newest = state.history.at(-1);
  const revision = (newest?.number ?? 0) + 1;
  const manifest = rendering.objects.filter(({ hook }) => !hook);
  return [
    ...planNamespace(spec, state),
    ...(next === 'settle' && newest
      ? [{ type: 'settle' as const, revision: newest.number, objects: manifest }]
      : []),
    ...planRecovery(state),
    ...planCrdOperations(spec, rendering, state),
    ...planMissing(state, rendering, 'before'),
    {
      type: 'upgrade',
      revision,
      historyMax: planHistoryMax(spec, toFallback(state, next)),
      method: planMethod(spec, state),
      takeOwnership: spec.helm.takeOwnership,
      wait: spec.policy.wait === 'helm' ? 'all' : 'hooks',
    },
    { type: 'watch', revision, objects: manifest },
    ...planMissing(state, rendering, 'after'),
  ];
}

/** What happens when a phase fails (domain.md §3.3). */
export function planRemedy(
  spec: ReleaseSpec,
  state: State,
  next: 'skip' | 'settle' | 'deploy',
): Plan['remedy'] {
  const afterwards = planAfterwards(spec, toFallback(state, next));
  const phases: readonly Phase[] = ['pre-hook', 'apply', 'rollout', 'post-hook', 'verify'];
  return {
    ...(Object.fromEntries(phases.map((phase) => [phase, afterwards])) as Plan['remedy']),
    'before-change': { type: 'none' },
    migrated: { type: 'hold', why: 'a migration was applied, and the old version may not fit it.' },
  };
}

/** After a settle that failed, the revision that it judged is no place to come back to. */
function toFallback(state: State, next: 'skip' | 'settle' | 'deploy'): State {
  return next === 'settle' ? { ...state, lastGood: lastGood(state.history.slice(0, -1)) } : state;
}

function planAfterwards(spec: ReleaseSpec, state: State): Remediation {
  if (spec.policy.onFailure === 'hold') return { type: 'hold', why: '`on-failure` is `hold`.' };
  const good = state.history.find(({ number }) => number === state.lastGood);
  if (good === undefined) {
    const why =
      'there is no good revision to return to; what was installed is kept, and the next deploy goes on from it.';
    return { type: 'hold', why };
  }
  return {
    type: 'rollback',
    to: good.number,
    historyMax: planHistoryMax(spec, state),
    method: planRollbackMethod(good, state),
  };
}

/** helm prunes the oldest records: enough must stay for the last good one, an upgrade and a rollback. */
function planHistoryMax({ policy }: ReleaseSpec, { history, lastGood }: State): number {
  const kept = history.filter(({ number }) => lastGood !== undefined && number >= lastGood).length;
  return Math.max(policy.historyMax, kept + 2);
}

function planNamespace({ target }: ReleaseSpec, state: State): readonly Operation[] {
  const { name, create, labels } = target.namespace;
  return create && state.namespace === 'absent'
    ? [{ type: 'create-namespace', namespace: name, labels }]
    : [];
}

/** What an interrupted run may have left: hooks that still run, and a record that blocks helm. */
function planRecovery({ history }: State): readonly Operation[] {
  const newest = history.at(-1);
  if (!newest || newest.verdict === 'verified') return [];
  const hooks = newest.objects.filter((object) => object.hook && isWorkload(object));
  return [
    ...(hooks.length > 0 ? [{ type: 'await-hooks' as const, objects: hooks }] : []),
    ...(newest.status.startsWith('pending')
      ? [{ type: 'unlock' as const, revision: newest.number }]
      : []),
  ];
}
