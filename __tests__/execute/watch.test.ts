import { beforeEach, describe, expect, test } from '@jest/globals';
import { startObserver } from '../../src/execute/observer.ts';
import type { Event } from '../../src/execute/outcome.ts';
import type { WatchRequest } from '../../src/execute/rounds.ts';
import { type RolloutWatch, watchRollout } from '../../src/execute/watch.ts';
import { type FakeClock, fakeClock } from '../fakes/clock.ts';
import { type FakeCluster, fakeCluster, forbidden } from '../fakes/cluster.ts';
import { parse } from '../fakes/plan.ts';
import {
  MIGRATE,
  makeDeployment,
  makeJob,
  makePod,
  makeReplicaSet,
  makeWarning,
  WEB,
} from './pods.ts';

let cluster: FakeCluster;
let clock: FakeClock;
let cancel: AbortController;
let events: Event[];
beforeEach(() => {
  cluster = fakeCluster();
  clock = fakeClock();
  cancel = new AbortController();
  events = [];
});

const TIMEOUT = 120_000;

async function begin(manifest: string, more: Partial<WatchRequest> = {}): Promise<RolloutWatch> {
  const objects = parse(manifest);
  const limits = { signal: cancel.signal, clock, deadline: more.deadline ?? TIMEOUT };
  const observer = await clock.pass(startObserver(cluster, objects, limits));
  const emit = (event: Event) => void events.push(event);
  const request = { objects, observer, signal: cancel.signal, emit, since: 'now' as const };
  return watchRollout({ ...request, deadline: TIMEOUT, ...more }, { cluster, clock });
}
const told = (type: Event['type']) => events.filter((event) => event.type === type);
const progress = () =>
  events.flatMap((event) =>
    event.type === 'progress' ? [`${event.state}: ${event.message}`] : [],
  );
const crashing = (restarts: number, owner = 'rs-1') =>
  makePod({ owner, containers: [{ restarts, waiting: 'CrashLoopBackOff', last: 1 }] });
function putWeb(options: Parameters<typeof makeDeployment>[0] = {}): void {
  cluster.put(makeDeployment(options));
  cluster.put(makeReplicaSet(options.revision));
}

describe('ready', () => {
  test('only after helm has ended', async () => {
    putWeb();
    const watch = await begin(WEB);
    let isOver = false;
    void watch.result.finally(() => {
      isOver = true;
    });
    await clock.advance(30_000);
    expect(isOver).toBe(false);
    await watch.applied();
    expect(await clock.pass(watch.result)).toEqual({ type: 'ready', workloads: 1 });
    expect(clock.monotonic()).toBeLessThan(31_000);
  });

  test('not on what was seen before helm: its change may not have reached our watch', async () => {
    putWeb();
    const watch = await begin(WEB);
    cluster.deliver(false);
    putWeb({ generation: 2, observed: 1 });
    await watch.applied();
    await clock.advance(1_000);
    expect(progress()).toEqual(['progressing: not yet seen by its controller']);
    cluster.deliver(true);
    putWeb({ generation: 2 });
    expect(await clock.pass(watch.result)).toMatchObject({ type: 'ready' });
  });

  test('nor when a late event of the old generation comes in between', async () => {
    putWeb();
    const watch = await begin(WEB);
    cluster.deliver(false);
    putWeb();
    const { list } = cluster;
    // The list is asked, the late event comes, the list is answered with what is newer.
    cluster.list = async (query) => {
      const before = await list(query);
      if (query.kind !== 'Deployment') return before;
      cluster.deliver(true);
      cluster.deliver(false);
      putWeb({ generation: 2, observed: 1 });
      return list(query);
    };
    await watch.applied();
    cluster.list = list;
    await clock.advance(1_000);
    expect(progress()).toEqual(['progressing: not yet seen by its controller']);
    cluster.deliver(true);
    watch.stop();
  });

  test('without workloads at once', async () => {
    const watch = await begin('{apiVersion: v1, kind: ConfigMap, metadata: {name: c}}');
    await watch.applied();
    expect(await clock.pass(watch.result)).toEqual({ type: 'ready', workloads: 0 });
  });

  test('hook Jobs are not waited for', async () => {
    putWeb();
    const watch = await begin(`${WEB}---\n${MIGRATE}`);
    cluster.put(makeJob('migrate'));
    await watch.applied();
    expect(await clock.pass(watch.result)).toEqual({ type: 'ready', workloads: 1 });
  });

  test('a claim that waits for its first pod does not hold it up', async () => {
    const CLAIM = '{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: data}}';
    cluster.put({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'data', namespace: 'shop' },
      status: { phase: 'Pending' },
    });
    const watch = await begin(CLAIM);
    await watch.applied();
    expect(await clock.pass(watch.result)).toMatchObject({ type: 'ready' });
  });
});

describe('stopped', () => {
  test('when a finding is certain, also while helm is at work', async () => {
    putWeb({ available: 0 });
    cluster.logs.set('web-1/main/previous', 'boom\n');
    const watch = await begin(WEB);
    cluster.put(crashing(2));
    await clock.advance(5_000);
    cluster.put(crashing(3));
    const result = await clock.pass(watch.result);
    expect(result).toMatchObject({
      type: 'stopped',
      findings: [{ code: 'crash-loop', certain: true, logs: [{ lines: ['boom'] }] }],
    });
    expect(clock.monotonic()).toBeLessThan(6_000);
    await clock.settle();
    // Said when found, and again when certain.
    expect(told('finding')).toMatchObject([
      { finding: { certain: false } },
      { finding: { certain: true } },
    ]);
  });

  test('not by restarts from before, nor by pods of an older revision', async () => {
    putWeb({ available: 0 });
    cluster.put(crashing(7));
    const watch = await begin(WEB);
    cluster.put(crashing(9));
    await clock.advance(1_000);
    putWeb({ generation: 2, revision: '2', available: 0 });
    cluster.put(crashing(12));
    await clock.advance(1_000);
    putWeb({ generation: 2, revision: '2' });
    await watch.applied();
    expect(await clock.pass(watch.result)).toMatchObject({ type: 'ready' });
  });

  test('not by what stood broken before helm came to it, which this deploy may correct', async () => {
    const broken = makePod({ containers: [{ waiting: 'InvalidImageName' }] });
    putWeb({ available: 0 });
    cluster.put(broken);
    const watch = await begin(WEB);
    await clock.advance(1_000);
    expect(told('finding')).toEqual([]);
    putWeb({ generation: 2, revision: '2' });
    await watch.applied();
    expect(await clock.pass(watch.result)).toMatchObject({ type: 'ready' });
  });

  test('by it, when helm has ended and left it as it is', async () => {
    putWeb({ available: 0 });
    cluster.put(makePod({ containers: [{ waiting: 'InvalidImageName' }] }));
    const watch = await begin(WEB);
    await watch.applied();
    expect(await clock.pass(watch.result)).toMatchObject({
      type: 'stopped',
      findings: [{ code: 'invalid-image' }],
    });
  });

  test('not by the old pods of a change that its controller has not seen', async () => {
    putWeb();
    const watch = await begin(WEB);
    putWeb({ generation: 2, observed: 1, available: 0 });
    cluster.put(crashing(5));
    await clock.advance(1_000);
    expect(told('finding')).toEqual([]);
    watch.stop();
    expect(await clock.pass(watch.result)).toEqual({ type: 'cancelled' });
  });

  test('by crashes from the beginning when an earlier run did not see the end', async () => {
    putWeb({ available: 0 });
    cluster.put(crashing(3));
    const watch = await begin(WEB, { since: 'start' });
    expect(await clock.pass(watch.result)).toMatchObject({ type: 'stopped' });
  });

  test('by a hook Job that fails now, not by one that stood before', async () => {
    cluster.put(makeJob('migrate', 'Failed', 'old'));
    const watch = await begin(MIGRATE);
    await clock.advance(10_000);
    expect(told('finding')).toEqual([]);
    cluster.remove({ apiVersion: 'batch/v1', kind: 'Job', namespace: 'shop', name: 'migrate' });
    cluster.put(makeJob('migrate', undefined, 'new'));
    await clock.advance(1_000);
    cluster.put(makeJob('migrate', 'Failed', 'new'));
    expect(await clock.pass(watch.result)).toMatchObject({
      type: 'stopped',
      findings: [{ code: 'hook-failed' }],
    });
  });

  test('the log of a hook’s pod is kept when the pod is gone', async () => {
    const watch = await begin(MIGRATE);
    cluster.put(makeJob('migrate'));
    const pod = makePod({
      name: 'migrate-x',
      owner: 'uid-migrate',
      containers: [{ terminated: 1 }],
    });
    cluster.put(pod);
    cluster.logs.set('migrate-x/main', 'relation does not exist\n');
    await clock.advance(1_000);
    cluster.remove({ apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'migrate-x' });
    cluster.logs.clear();
    cluster.put(makeJob('migrate', 'Failed'));
    expect(await clock.pass(watch.result)).toMatchObject({
      findings: [{ code: 'hook-failed', logs: [{ lines: ['relation does not exist'] }] }],
    });
  });
});

describe('the end of patience', () => {
  test('timeout, with what is known', async () => {
    putWeb({ available: 0 });
    cluster.put(makePod({ containers: [{ waiting: 'ImagePullBackOff', message: 'no such tag' }] }));
    const full = 'web-1_shop(adf4bfcf-abca-4312-a57b-0b2311e4be51)';
    cluster.put(makeWarning('uid-web-1', 'Failed', `pull access denied for ${full}`, 4));
    const watch = await begin(WEB);
    await watch.applied();
    expect(await clock.pass(watch.result)).toMatchObject({
      type: 'timeout',
      findings: [{ code: 'image-pull', events: ['Failed: pull access denied for web-1 (×4)'] }],
    });
    expect(clock.monotonic() - TIMEOUT).toBeLessThan(100);
  });

  test('timeout without any finding names what is not ready', async () => {
    putWeb({ available: 0 });
    const watch = await begin(WEB);
    await watch.applied();
    expect(await clock.pass(watch.result)).toMatchObject({
      type: 'timeout',
      findings: [{ code: 'not-ready', message: 'Deployment web is not ready: 0 of 1 pods ready.' }],
    });
  });

  test('timeout while helm is at work', async () => {
    const watch = await begin(WEB);
    expect(await clock.pass(watch.result)).toMatchObject({ type: 'timeout' });
  });

  test.each<[string, (watch: RolloutWatch) => void]>([
    ['a cancel', () => cancel.abort()],
    ['a stop', (watch) => watch.stop()],
  ])('%s ends it at once', async (_, end) => {
    putWeb({ available: 0 });
    const watch = await begin(WEB);
    await clock.advance(10_000);
    end(watch);
    expect(await clock.pass(watch.result)).toEqual({ type: 'cancelled' });
    expect(clock.monotonic()).toBeLessThan(10_100);
  });

  test('begun after a cancel, it ends as well', async () => {
    cancel.abort();
    const watch = await begin(WEB);
    expect(await clock.pass(watch.result)).toEqual({ type: 'cancelled' });
  });
});

describe('telling', () => {
  test('one line for every change, none for what stays, one every 15 s of silence', async () => {
    putWeb({ replicas: 2, available: 0 });
    const watch = await begin(WEB);
    await watch.applied();
    await clock.advance(5_000);
    putWeb({ replicas: 2, available: 0 });
    await clock.advance(5_000);
    putWeb({ replicas: 2, available: 1 });
    await clock.advance(31_000);
    putWeb({ replicas: 2, available: 2 });
    await clock.pass(watch.result);
    expect(progress()).toEqual([
      'progressing: 0 of 2 pods ready',
      'progressing: 1 of 2 pods ready',
      'ready: 2 of 2 pods ready',
    ]);
    expect(told('heartbeat')).toMatchObject([
      { waiting: ['Deployment web: 1 of 2 pods ready'] },
      { waiting: ['Deployment web: 1 of 2 pods ready'] },
    ]);
  });

  test('what was ready all along, or is not there yet, is no news', async () => {
    putWeb();
    const watch = await begin(`${WEB}---\n${WEB.replace('web', 'other')}`);
    await clock.advance(5_000);
    expect(progress()).toEqual([]);
    watch.stop();
  });

  test('a probe that fails is told when its event comes', async () => {
    putWeb({ available: 0 });
    cluster.put(makePod({ containers: [{}] }));
    const watch = await begin(WEB);
    await watch.applied();
    await clock.advance(5_000);
    expect(told('finding')).toEqual([]);
    cluster.put(makeWarning('uid-web-1', 'Unhealthy', 'Readiness probe failed: 503'));
    await clock.advance(1_000);
    expect(told('finding')).toMatchObject([
      { finding: { code: 'probe-failing', events: ['Unhealthy: Readiness probe failed: 503'] } },
    ]);
    watch.stop();
  });

  test('evidence that may not be read is left out', async () => {
    putWeb({ available: 0 });
    cluster.refuse = (verb) => (verb === 'log' ? forbidden('logs') : undefined);
    const watch = await begin(WEB);
    cluster.put(crashing(3));
    expect(await clock.pass(watch.result)).toMatchObject({
      type: 'stopped',
      findings: [{ code: 'crash-loop', logs: [] }],
    });
  });
});
