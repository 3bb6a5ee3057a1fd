import { expect, test } from '@jest/globals';
import { planMethod, planRollbackMethod } from '../../src/plan/apply-method.ts';
import type { HelmSettings } from '../../src/release/spec.ts';
import { makeSpec, makeState } from '../fakes/plan.ts';
import { helmRecord } from '../fakes/record.ts';

type Applied = 'server-side' | 'client-side';

function plan(
  settings: Partial<HelmSettings>,
  { helm = '4.2.3', applied, status }: { helm?: string; applied?: Applied; status?: string } = {},
) {
  const spec = makeSpec();
  const records = applied ? [helmRecord(1, status ? { status } : {})] : [];
  const state = makeState(records, { versions: { server: 'v1.36.3', helm } });
  const history = state.history.map((revision) => ({ ...revision, ...(applied && { applied }) }));
  const { serverSide, forceConflicts } = planMethod(
    { helm: { ...spec.helm, ...settings } },
    { ...state, history },
  );
  return `${serverSide ? 'server' : 'client'}${forceConflicts ? ', forced' : ''}`;
}

const auto = { serverSide: 'auto' } as const;
const force = { forceConflicts: true } as const;
test.each<[string, string, string]>([
  ['a new release', plan(auto), 'server'],
  ['a new release of Helm 3', plan({ ...auto, ...force }, { helm: '3.22.0' }), 'client'],
  ['as it was, by a client', plan({ ...auto, ...force }, { applied: 'client-side' }), 'client'],
  ['as it was, by the server', plan(auto, { applied: 'server-side' }), 'server'],
  ['forced', plan({ ...auto, ...force }, { applied: 'server-side' }), 'server, forced'],
  ['gone before', plan(auto, { applied: 'client-side', status: 'uninstalled' }), 'server'],
  ['as written: taken over', plan({ serverSide: true }, { applied: 'client-side' }), 'server'],
  [
    'as written: given back, where nothing can be forced',
    plan({ serverSide: false, ...force }, { applied: 'server-side' }),
    'client',
  ],
])('%s', (_, planned, expected) => {
  expect(planned).toBe(expected);
});

test.each<[string, Applied, string, object]>([
  ['by the server', 'server-side', '4.2.3', { serverSide: true, forceConflicts: true }],
  ['by a client', 'client-side', '4.2.3', { serverSide: false, forceConflicts: false }],
  ['Helm 3', 'server-side', '3.22.0', { serverSide: false, forceConflicts: false }],
])('back to a revision applied %s', (_, applied, helm, expected) => {
  const state = makeState([], { versions: { server: 'v1.36.3', helm } });
  expect(planRollbackMethod({ applied }, state)).toEqual(expected);
});
