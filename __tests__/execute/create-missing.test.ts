import { beforeEach, describe, expect, test } from '@jest/globals';
import { createMissing } from '../../src/execute/create-missing.ts';
import { awaitHooks, stopHooks } from '../../src/execute/hooks.ts';
import { type FakeClock, fakeClock } from '../fakes/clock.ts';
import { type FakeCluster, fakeCluster } from '../fakes/cluster.ts';
import { parse } from '../fakes/plan.ts';
import { makeJob } from './pods.ts';

let cluster: FakeCluster;
let clock: FakeClock;
let cancel: AbortController;
beforeEach(() => {
  cluster = fakeCluster();
  clock = fakeClock();
  cancel = new AbortController();
});

const KEY = '{apiVersion: v1, kind: Secret, metadata: {name: key}, data: {a: bmV3}}';
const JOB = '{apiVersion: batch/v1, kind: Job, metadata: {name: setup}}';
const ports = () => ({ cluster, clock, signal: cancel.signal, deadline: 60_000 });
const create = (manifest: string) => clock.pass(createMissing(parse(manifest), ports()));
/** The Job ends so after some time. */
const end = (how: 'Complete' | 'Failed') =>
  void clock.sleep(5_000).then(() => cluster.put(makeJob('setup', how)));

describe('install-only hooks', () => {
  test('that are absent are created, in their order; a Job is waited for', async () => {
    end('Complete');
    expect(await create(`${JOB}\n---\n${KEY}`)).toBe('created Job setup, Secret key');
    expect(cluster.writes).toEqual(['create Job setup', 'create Secret key']);
    expect(clock.monotonic()).toBe(5_000);
    expect(cluster.find('Secret', 'key')?.metadata.namespace).toBe('shop');
  });

  test('that stand are never overwritten', async () => {
    cluster.put({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'key', namespace: 'shop' },
      data: { a: 'b2xk' },
    });
    cluster.put(makeJob('setup', 'Complete'));
    expect(await create(`${KEY}\n---\n${JOB}`)).toBe('nothing was missing');
    expect(cluster.writes).toEqual([]);
  });

  test('that somebody creates at the same moment are left alone', async () => {
    cluster.refuse = (verb, kind, name) => {
      if (verb === 'create' && kind === 'Secret') {
        cluster.put({ apiVersion: 'v1', kind, metadata: { name, namespace: 'shop' } });
      }
      return undefined;
    };
    expect(await create(KEY)).toBe('nothing was missing');
  });

  test('a Job that failed runs again, as at an install', async () => {
    cluster.put(makeJob('setup', 'Failed'));
    end('Complete');
    expect(await create(JOB)).toBe('created Job setup');
    expect(cluster.writes).toEqual(['delete Job setup', 'create Job setup']);
  });

  test('a Job that fails stops it: what is behind is not created', async () => {
    end('Failed');
    await expect(create(`${JOB}\n---\n${KEY}`)).rejects.toMatchObject({ code: 'hook-failed' });
    expect(cluster.writes).toEqual(['create Job setup']);
  });

  test('a Job that does not end stops it', async () => {
    await expect(create(JOB)).rejects.toMatchObject({ code: 'timeout' });
    expect(clock.monotonic()).toBe(60_000);
  });

  test('a cancel stops it without an error', async () => {
    void clock.sleep(3_000).then(() => cancel.abort());
    expect(await create(`${JOB}\n---\n${KEY}`)).toBe('created Job setup');
    expect(cluster.writes).toEqual(['create Job setup']);
  });
});

describe('hooks that run', () => {
  const pod = (phase: string, meta = {}) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'check', namespace: 'shop', ...meta },
    status: { phase },
  });
  const POD = '{apiVersion: v1, kind: Pod, metadata: {name: check}}';
  const left = async (manifest: string) =>
    (await clock.pass(awaitHooks(parse(manifest), { ...ports(), deadline: 0 }))).length;

  test.each([
    ['a Pod that is pending', pod('Pending'), 1],
    ['a Pod that runs', pod('Running'), 1],
    ['a Pod that is done', pod('Succeeded'), 0],
    ['a Pod that failed', pod('Failed'), 0],
    ['a Pod that is being deleted', pod('Failed', { deletionTimestamp: 'now' }), 1],
    ['a Job that runs', makeJob('setup'), 1],
    ['a Job that is done', makeJob('setup', 'Complete'), 0],
    ['a Job that failed', makeJob('setup', 'Failed'), 0],
    ['a Job that is suspended', { ...makeJob('setup'), spec: { suspend: true } }, 0],
  ])('%s', async (_, object, expected) => {
    cluster.put(object);
    expect(await left(`${POD}\n---\n${JOB}`)).toBe(expected);
  });

  test('hook objects that are no workloads do not run', async () => {
    cluster.put({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'key', namespace: 'shop' } });
    expect(await left(KEY)).toBe(0);
  });

  test('stopping waits until they are gone, and names those that stay', async () => {
    cluster.put(makeJob('setup'));
    expect(await clock.pass(stopHooks(parse(JOB), ports()))).toEqual([]);
    cluster.put(makeJob('setup'));
    cluster.delete = async () => {};
    expect(await clock.pass(stopHooks(parse(JOB), ports()))).toEqual(['Job setup']);
    expect(clock.monotonic()).toBe(60_000);
  });
});
