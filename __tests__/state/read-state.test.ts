import { beforeEach, expect, test } from '@jest/globals';
import { ApiError } from '../../src/ports.ts';
import { readState } from '../../src/state/read-state.ts';
import { fakeClock } from '../fakes/clock.ts';
import { type FakeCluster, fakeCluster, forbidden, unreachable } from '../fakes/cluster.ts';
import { fakeHelm } from '../fakes/helm.ts';
import { makeSpec } from '../fakes/plan.ts';
import { helmRecord, verified } from '../fakes/record.ts';

let cluster: FakeCluster;
beforeEach(() => {
  cluster = fakeCluster();
  cluster.put({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } });
});
const read = () =>
  readState(makeSpec().target, { cluster, helm: fakeHelm(cluster), clock: fakeClock() });

test('the history is by number, oldest first, of this release only', async () => {
  for (const number of [10, 9, 2]) {
    cluster.put(helmRecord(number, { status: 'superseded', labels: verified(number) }));
  }
  const other = helmRecord(11);
  cluster.put({
    ...other,
    metadata: { ...other.metadata, name: 'other', labels: { owner: 'helm', name: 'other' } },
  });
  const state = await read();
  expect(state.history.map(({ number }) => number)).toEqual([2, 9, 10]);
  expect(state).toMatchObject({
    lastGood: 10,
    namespace: 'present',
    readAt: Date.parse('2026-01-01T00:00:00Z'),
    versions: { server: 'v1.36.3', helm: '4.2.3' },
  });
  expect(state.live.size).toBe(0);
  expect(cluster.writes).toEqual([]);
});

test('nothing there', async () => {
  cluster.remove({ apiVersion: 'v1', kind: 'Namespace', namespace: '', name: 'shop' });
  const state = await read();
  expect(state).toMatchObject({ history: [], namespace: 'absent' });
  expect(state.lastGood).toBe(undefined);
});

test('a namespace that may not be read may well be there', async () => {
  cluster.refuse = (_, kind) => (kind === 'Namespace' ? forbidden('namespaces') : undefined);
  expect((await read()).namespace).toBe('unknown');
});

test.each<[string, () => ApiError, string, RegExp]>([
  ['records may not be listed', () => forbidden('secrets'), 'forbidden', /list on secrets in/],
  ['not reached', unreachable, 'cluster-unreachable', /private endpoint/],
  [
    'not let in',
    () => new ApiError(401, 'Unauthorized', 'Unauthorized'),
    'unauthorized',
    /token or certificate/,
  ],
  ['broken', () => new ApiError(500, 'InternalError', 'boom'), 'cluster-error', /again/],
])('an error of ours with a hint when %s', async (_, refusal, code, hint) => {
  cluster.refuse = (_verb, kind) => (kind === 'Secret' ? refusal() : undefined);
  await expect(read()).rejects.toMatchObject({
    name: 'DeployError',
    code,
    hint: expect.stringMatching(hint),
    message: expect.stringContaining('Reading release app in namespace shop'),
  });
});
