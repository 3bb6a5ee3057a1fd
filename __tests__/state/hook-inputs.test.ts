import { beforeEach, expect, test } from '@jest/globals';
import { readHookInputs } from '../../src/state/hook-inputs.ts';
import { type FakeCluster, fakeCluster, forbidden, unreachable } from '../fakes/cluster.ts';
import { parse } from '../fakes/plan.ts';

const HOOK =
  '{apiVersion: batch/v1, kind: Job, metadata: {name: j, annotations: {helm.sh/hook: pre-upgrade}}, spec: {template: {spec: {containers: [{envFrom: [{secretRef: {name: s}}]}]}}}}';

let cluster: FakeCluster;
beforeEach(() => {
  cluster = fakeCluster();
});
const read = (manifest = HOOK) => readHookInputs(parse(manifest), cluster);
const put = () =>
  cluster.put({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 's', namespace: 'shop' } });

test('tells every change, and nothing else', async () => {
  const hashes: unknown[] = [];
  const note = async () => {
    const inputs = await read();
    hashes.push(inputs.type === 'read' && inputs.hash);
  };
  await note();
  const secret = put();
  await note();
  put();
  await note();
  cluster.remove({ apiVersion: 'v1', kind: 'Secret', namespace: 'shop', name: 's' });
  await note();
  const [absent, first, second, gone] = hashes;
  expect(secret.kind).toBe('Secret');
  expect(gone).toBe(absent);
  expect(new Set([absent, first, second]).size).toBe(3);
});

test('without hooks nothing is asked', async () => {
  cluster.refuse = () => forbidden();
  expect(await read('')).toMatchObject({ type: 'read' });
});

test('what may not be read is not checked, and the permission is named', async () => {
  cluster.refuse = () => forbidden();
  expect(await read()).toEqual({
    type: 'not-checked',
    reason: 'Secret s could not be read, which needs get on secrets in namespace shop',
  });
  cluster.refuse = () => unreachable();
  expect(await read()).toMatchObject({
    type: 'not-checked',
    reason: 'Secret s could not be read, read ECONNRESET',
  });
});
