import { beforeEach, describe, expect, test } from '@jest/globals';
import { takeLease } from '../../src/execute/lease.ts';
import type { LeaseRequest } from '../../src/execute/lease-object.ts';
import { ApiError } from '../../src/ports.ts';
import type { KubeObject } from '../../src/release/object.ts';
import { type FakeClock, fakeClock } from '../fakes/clock.ts';
import { type FakeCluster, fakeCluster, forbidden, unreachable } from '../fakes/cluster.ts';

let cluster: FakeCluster;
let clock: FakeClock;
let cancel: AbortController;
let said: string[];
beforeEach(() => {
  cluster = fakeCluster();
  clock = fakeClock();
  cancel = new AbortController();
  said = [];
});

const request = (more: Partial<LeaseRequest> = {}): LeaseRequest => ({
  release: 'app',
  namespace: 'shop',
  holder: 'run/1#a',
  wait: 0,
  log: (message) => said.push(message),
  ...more,
});
const take = (more?: Partial<LeaseRequest>) =>
  takeLease(request(more), { cluster, clock, signal: cancel.signal });
const lease = () => cluster.find('Lease', 'slipway-app');
const holder = () => (lease()?.['spec'] as { holderIdentity?: string } | undefined)?.holderIdentity;

/** Somebody else's, as it stands in the cluster. */
function putOther(more: Record<string, unknown> = {}): KubeObject {
  return cluster.put({
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name: 'slipway-app', namespace: 'shop' },
    spec: { holderIdentity: 'run/2#b', leaseDurationSeconds: 30, ...more },
  });
}

/** Renews it every 10 s, as a living owner does. */
async function keepAlive(signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await clock.sleep(10_000, signal);
    if (!signal.aborted) putOther();
  }
}

describe('taking', () => {
  test('a free release is taken at once', async () => {
    const held = await clock.pass(take());
    expect(held.guarded).toBe(true);
    expect(clock.monotonic()).toBe(0);
    expect(lease()?.['spec']).toEqual({
      holderIdentity: 'run/1#a',
      leaseDurationSeconds: 30,
      acquireTime: '2026-01-01T00:00:00.000000Z',
      renewTime: '2026-01-01T00:00:00.000000Z',
    });
    await clock.pass(held.release());
  });

  test('one that was given up is taken at once', async () => {
    putOther({ holderIdentity: '' });
    const held = await clock.pass(take());
    expect(clock.monotonic()).toBe(0);
    expect(holder()).toBe('run/1#a');
    await clock.pass(held.release());
  });

  test('a living owner is named, as soon as it moves', async () => {
    putOther();
    const alive = new AbortController();
    void keepAlive(alive.signal);
    await expect(clock.pass(take())).rejects.toMatchObject({
      code: 'locked',
      message: 'Release app is being changed by run/2#b.',
    });
    expect(clock.monotonic()).toBe(10_000);
    expect(said).toEqual(['Release app is held by run/2#b; watching for a sign of life.']);
    expect(cluster.writes).toEqual([]);
    alive.abort();
  });

  test('an owner that ends while it is watched was alive: locked without waiting', async () => {
    const other = putOther();
    setAt(5_000, () => cluster.remove({ ...toRef(other), namespace: 'shop' }));
    await expect(clock.pass(take())).rejects.toMatchObject({ code: 'locked' });
    expect(cluster.writes).toEqual([]);
  });

  test('with `wait-for-lock` it is taken when the owner ends', async () => {
    const other = putOther();
    const alive = new AbortController();
    void keepAlive(alive.signal);
    setAt(65_000, () => {
      alive.abort();
      cluster.remove({ ...toRef(other), namespace: 'shop' });
    });
    const held = await clock.pass(take({ wait: 600_000 }));
    expect(clock.monotonic()).toBeLessThanOrEqual(66_000);
    expect(holder()).toBe('run/1#a');
    await clock.pass(held.release());
  });

  test('with `wait-for-lock` it is locked when the owner outlives the wait', async () => {
    putOther();
    const alive = new AbortController();
    void keepAlive(alive.signal);
    await expect(clock.pass(take({ wait: 60_000 }))).rejects.toMatchObject({ code: 'locked' });
    expect(clock.monotonic()).toBeGreaterThanOrEqual(60_000);
    expect(clock.monotonic()).toBeLessThan(75_000);
    alive.abort();
  });

  test.each([30, 45])('an owner that stays still for its %d s is dead', async (seconds) => {
    const other = putOther({ leaseDurationSeconds: seconds });
    const taking = take();
    await clock.advance(seconds * 1000 - 1);
    expect(holder()).toBe('run/2#b');
    const held = await clock.pass(taking);
    expect(clock.monotonic()).toBe(seconds * 1000);
    expect(holder()).toBe('run/1#a');
    // Taken over by compare-and-swap: it is the very same object.
    expect(lease()?.metadata.uid).toBe(other.metadata.uid);
    await clock.pass(held.release());
  });

  test('times in the Lease say nothing: only what we see move counts', async () => {
    putOther({ renewTime: '2001-01-01T00:00:00.000000Z' });
    setAt(29_500, () => putOther({ renewTime: '2001-01-01T00:00:00.000000Z' }));
    await expect(clock.pass(take())).rejects.toMatchObject({ code: 'locked' });
  });

  test.each([
    ['a free release', () => {}],
    ['a dead owner', () => void putOther()],
  ])('of two that want %s one wins, and the other names it', async (_, prepare) => {
    prepare();
    const both = [take(), take({ holder: 'run/3#c' })] as const;
    const ends = await clock.pass(Promise.allSettled(both));
    const won = ends.filter(({ status }) => status === 'fulfilled');
    const lost = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason] : []));
    expect(won).toHaveLength(1);
    expect(lost).toMatchObject([
      { code: 'locked', message: `Release app is being changed by ${holder()}.` },
    ]);
    for (const end of won) if (end.status === 'fulfilled') await clock.pass(end.value.release());
  });

  test.each(['read', 'create'] as const)(
    'without the right to %s leases it is unguarded',
    async (denied) => {
      cluster.refuse = (verb, kind) =>
        verb === denied && kind === 'Lease' ? forbidden('leases') : undefined;
      const held = await clock.pass(take());
      expect(held.guarded).toBe(false);
      expect(await held.prove()).toBe('sure');
      await held.release();
      expect(cluster.writes).toEqual([]);
    },
  );

  test('a cancel while it waits ends the waiting', async () => {
    putOther();
    setAt(3_000, () => cancel.abort());
    await expect(clock.pass(take({ wait: 600_000 }))).rejects.toMatchObject({ code: 'cancelled' });
    expect(clock.monotonic()).toBe(3_000);
    expect(cluster.writes).toEqual([]);
  });

  test('a namespace that is not there is no lock', async () => {
    cluster.refuse = (verb) =>
      verb === 'create' ? new ApiError(404, 'NotFound', 'namespaces "shop" not found') : undefined;
    await expect(clock.pass(take({ wait: 60_000 }))).rejects.toMatchObject({ status: 404 });
  });
});

describe('holding', () => {
  test('it is renewed every 10 s, for as long as it is held', async () => {
    const held = await clock.pass(take());
    await clock.advance(60_000);
    expect(cluster.writes).toEqual([
      'create Lease slipway-app',
      ...Array.from({ length: 6 }, () => 'replace Lease slipway-app'),
    ]);
    expect(lease()?.['spec']).toMatchObject({
      acquireTime: '2026-01-01T00:00:00.000000Z',
      renewTime: '2026-01-01T00:01:00.000000Z',
    });
    expect(await held.prove()).toBe('sure');
    await clock.pass(held.release());
    await clock.advance(60_000);
    expect(cluster.writes.slice(7)).toEqual(['delete Lease slipway-app']);
    expect(lease()).toBe(undefined);
  });

  test('two renewals may fail', async () => {
    const held = await clock.pass(take());
    cluster.refuse = unreachable;
    await clock.advance(20_000);
    expect(await held.prove()).toBe('sure');
    cluster.refuse = () => undefined;
    await clock.pass(held.release());
  });

  test('20 s without renewal: proved again before anything starts', async () => {
    const held = await clock.pass(take());
    cluster.refuse = unreachable;
    await clock.advance(25_000);
    cluster.refuse = () => undefined;
    expect(await clock.pass(held.prove())).toBe('regained');
    expect(await held.prove()).toBe('sure');
    await clock.pass(held.release());
  });

  test('20 s without renewal, and still none: nothing starts', async () => {
    const held = await clock.pass(take());
    cluster.refuse = unreachable;
    await clock.advance(25_000);
    await expect(clock.pass(held.prove())).rejects.toMatchObject({
      code: 'cluster-unreachable',
      message: expect.stringContaining('Renewing the lock on release'),
    });
    await clock.pass(held.release());
  });

  test('taken over by another run: nothing starts, and its Lease is left alone', async () => {
    const held = await clock.pass(take());
    putOther();
    await clock.advance(10_000);
    await expect(held.prove()).rejects.toMatchObject({
      code: 'superseded',
      message: expect.stringContaining('was taken over by run/2#b'),
    });
    await clock.pass(held.release());
    expect(holder()).toBe('run/2#b');
    expect(cluster.writes).toEqual(['create Lease slipway-app']);
  });

  test('taken over a moment ago: release does not delete what is not ours', async () => {
    const held = await clock.pass(take());
    putOther();
    await clock.pass(held.release());
    expect(holder()).toBe('run/2#b');
  });

  test('deleted by somebody: nothing starts', async () => {
    const held = await clock.pass(take());
    const own = lease();
    if (own) cluster.remove(toRef(own));
    await clock.advance(10_000);
    await expect(held.prove()).rejects.toMatchObject({ code: 'superseded' });
    await clock.pass(held.release());
  });

  test('a renewal whose answer was lost is still ours', async () => {
    const held = await clock.pass(take());
    let isLost = true;
    cluster.afterWrite = (verb) => {
      if (verb !== 'replace' || !isLost) return;
      isLost = false;
      throw unreachable();
    };
    await clock.advance(40_000);
    expect(await held.prove()).toBe('sure');
    expect(holder()).toBe('run/1#a');
    await clock.pass(held.release());
    expect(lease()).toBe(undefined);
  });

  test('release never throws', async () => {
    const held = await clock.pass(take());
    cluster.refuse = unreachable;
    await clock.pass(held.release());
  });
});

function setAt(milliseconds: number, what: () => void): void {
  void clock.sleep(milliseconds).then(what);
}

function toRef({ apiVersion, kind, metadata }: KubeObject) {
  return { apiVersion, kind, namespace: metadata.namespace ?? '', name: metadata.name };
}
