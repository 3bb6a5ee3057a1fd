import { describe, expect, test } from '@jest/globals';
import { type KubeObject, toRef } from '../../src/release/object.ts';
import { parseRecord } from '../../src/release/record.ts';
import { forbidden, unreachable } from '../fakes/cluster.ts';
import { interrupted } from '../fakes/helm.ts';
import { attempted, helmRecord, verified } from '../fakes/record.ts';
import { MIGRATE, makeDeployment, makeJob, makePod, makeReplicaSet, WEB } from './pods.ts';
import { makeWorld, tellSteps, type World, type WorldOptions } from './world.ts';

const LEASE = 'slipway-app';
const recordWrites = (number: number) => `replace Secret sh.helm.release.v1.app.v${number}`;
/** What is deployed over the good revision. */
const NEW = WEB.replace('replicas: 1', 'replicas: 1, minReadySeconds: 1');
const good = () => helmRecord(1, { labels: verified(1), manifest: WEB });

/** Revision 1 is verified and runs; a new rendering is deployed. */
function makeUpgrade(more: Partial<WorldOptions> = {}): World {
  const world = makeWorld({ manifest: NEW, records: [good()], ...more });
  world.cluster.put(makeDeployment());
  world.cluster.put(makeReplicaSet('1'));
  return world;
}

const newPod = (restarts: number) =>
  makePod({
    name: 'web-2-x',
    owner: 'rs-2',
    containers: [{ restarts, waiting: 'CrashLoopBackOff', last: 3 }],
  });

/** helm's new generation: seen by its controller, but its pod crashes for the third time after a while. */
function crash({ cluster, helm, at }: World): void {
  helm.apply = async () => {
    cluster.put(makeDeployment({ generation: 2, revision: '2', available: 0 }));
    cluster.put(makeReplicaSet('2'));
    cluster.logs.set('web-2-x/main/previous', 'starting\nno DATABASE_URL\n');
    at(3_000, () => void cluster.put(newPod(1)));
    at(20_000, () => void cluster.put(newPod(3)));
    return undefined;
  };
  helm.back = async () => {
    cluster.put(makeDeployment({ generation: 3, revision: '3' }));
    cluster.put(makeReplicaSet('3'));
    return undefined;
  };
}

describe('a deploy that succeeds', () => {
  test('first install: lease, helm, watch, verdict, in this order', async () => {
    const world = makeWorld({ manifest: WEB });
    world.helm.apply = async () => {
      world.cluster.put(makeDeployment({ available: 0 }));
      world.at(40_000, () => void world.cluster.put(makeDeployment()));
      return undefined;
    };
    const outcome = await world.run();
    expect(outcome).toMatchObject({ result: 'deployed', code: 'deployed', notes: [] });
    expect(outcome.failure).toBe(undefined);
    expect(outcome.after?.history).toHaveLength(1);
    expect(tellSteps(outcome)).toEqual(['upgrade done', 'watch done']);
    const renewed = world.cluster.writes.filter((write) => write.startsWith('replace Lease'));
    expect(renewed).toHaveLength(4);
    expect(world.cluster.writes.filter((write) => !renewed.includes(write))).toEqual([
      `create Lease ${LEASE}`,
      'helm upgrade',
      recordWrites(1),
      recordWrites(1),
      `delete Lease ${LEASE}`,
    ]);
    expect(world.record(1)?.metadata.labels).toMatchObject({
      'slipway-attempt': '1',
      'slipway-source': '1.source-2',
      'slipway-verified': '1',
    });
    expect(world.helm.upgrades).toMatchObject([
      { labels: { 'slipway-attempt': '1' }, timeout: 305, historyMax: 10 },
    ]);
  });

  test('an upgrade supersedes', async () => {
    const world = makeUpgrade();
    world.helm.apply = async () => {
      world.cluster.put(makeDeployment({ generation: 2 }));
      return undefined;
    };
    expect((await world.run()).result).toBe('deployed');
    expect(world.history()).toEqual(['1 superseded verified', '2 deployed verified']);
  });

  test('the namespace comes before the lock, which lives in it', async () => {
    const world = makeWorld({ manifest: WEB });
    world.cluster.remove({ apiVersion: 'v1', kind: 'Namespace', namespace: '', name: 'shop' });
    world.helm.apply = async () => {
      world.cluster.put(makeDeployment());
      return undefined;
    };
    const outcome = await world.run();
    expect(world.cluster.writes.slice(0, 2)).toEqual([
      'create Namespace shop',
      `create Lease ${LEASE}`,
    ]);
    expect(tellSteps(outcome)).toEqual(['create-namespace done', 'upgrade done', 'watch done']);
  });

  test('a chart without workloads is ready when helm has ended', async () => {
    const world = makeWorld({ manifest: '{apiVersion: v1, kind: ConfigMap, metadata: {name: c}}' });
    expect((await world.run()).result).toBe('deployed');
    expect(world.clock.monotonic()).toBeLessThan(1_000);
  });

  test('pods that crash twice and recover succeed', async () => {
    const world = makeUpgrade();
    world.helm.apply = async () => {
      world.cluster.put(makeDeployment({ generation: 2, revision: '2', available: 0 }));
      world.cluster.put(makeReplicaSet('2'));
      world.at(3_000, () => void world.cluster.put(newPod(2)));
      world.at(30_000, () => void world.cluster.put(makeDeployment({ generation: 2 })));
      return undefined;
    };
    expect((await world.run()).result).toBe('deployed');
    expect(world.helm.rollbacks).toEqual([]);
  });
});

describe('a deploy that fails', () => {
  test('a crash loop: evidence, verdict, rollback, watch, verdict', async () => {
    const world = makeUpgrade();
    crash(world);
    const outcome = await world.run();
    expect(outcome).toMatchObject({
      result: 'rolled-back',
      code: 'crash-loop',
      failure: {
        phase: 'rollout',
        code: 'crash-loop',
        findings: [
          {
            code: 'crash-loop',
            certain: true,
            exitCode: 3,
            logs: [{ run: 'previous', lines: ['starting', 'no DATABASE_URL'] }],
          },
        ],
      },
      remediation: { result: 'done', chosen: { type: 'rollback', to: 1 }, notUndone: [] },
    });
    expect(tellSteps(outcome)).toEqual([
      'upgrade done',
      'watch failed',
      'rollback done',
      'watch done',
    ]);
    expect(world.writes()).toEqual([
      'helm upgrade',
      recordWrites(2),
      recordWrites(2),
      'helm rollback 1',
      recordWrites(3),
    ]);
    expect(world.history()).toEqual([
      '1 superseded verified',
      '2 failed failed',
      '3 deployed verified',
    ]);
    expect(parseRecord(world.record(2) as KubeObject).description).toMatch(
      /^Upgrade "app" failed: Deployment web: .*exit code 3/,
    );
    // Its chart and values are those of the revision that it came back to.
    expect(world.record(3)?.metadata.labels).toMatchObject({ 'slipway-source': '3.source-1' });
    // Long before the timeout.
    expect(world.clock.monotonic()).toBeLessThan(22_000);
  });

  test('helm is interrupted when the watch is certain', async () => {
    const world = makeUpgrade({ manifest: `${NEW}---\n${MIGRATE}` });
    world.helm.apply = async (signal) => {
      world.cluster.put(makeJob('migrate'));
      world.at(5_000, () => void world.cluster.put(makeJob('migrate', 'Failed')));
      await interrupted(signal);
      return undefined;
    };
    const outcome = await world.run();
    expect(outcome).toMatchObject({
      result: 'rolled-back',
      code: 'hook-failed',
      // helm only says that it was cancelled; the hook tells where.
      failure: { phase: 'pre-hook', code: 'hook-failed' },
    });
    expect(outcome.remediation?.notUndone).toEqual([
      'Hook Job migrate may have run; what it did stays.',
    ]);
    expect(tellSteps(outcome).slice(0, 2)).toEqual(['upgrade failed', 'rollback done']);
  });

  test('hooks that still run are stopped before the rollback', async () => {
    const world = makeUpgrade({ manifest: `${NEW}---\n${MIGRATE}`, policy: { timeout: 60_000 } });
    world.helm.apply = async (signal) => {
      world.cluster.put(makeJob('migrate'));
      await interrupted(signal);
      return undefined;
    };
    const outcome = await world.run();
    expect(outcome).toMatchObject({ result: 'rolled-back', code: 'timeout' });
    expect(tellSteps(outcome)).toEqual([
      'upgrade failed',
      'stop-hooks done',
      'rollback done',
      'watch done',
    ]);
    expect(world.writes()).toEqual([
      'helm upgrade',
      recordWrites(2),
      'delete Job migrate',
      'helm rollback 1',
      recordWrites(3),
    ]);
  });

  test('the timeout is our clock', async () => {
    const world = makeUpgrade({ policy: { timeout: 90_000 } });
    world.helm.apply = async () => {
      world.cluster.put(makeDeployment({ generation: 2, available: 0 }));
      return undefined;
    };
    world.helm.back = async () => {
      world.cluster.put(makeDeployment({ generation: 3 }));
      return undefined;
    };
    const outcome = await world.run();
    expect(outcome).toMatchObject({ result: 'rolled-back', code: 'timeout' });
    expect(outcome.failure?.cause).toMatch(/^not ready within the timeout of 90 s: .*0 of 1 pods/);
    expect(outcome.steps.at(-1)?.duration).toBeGreaterThanOrEqual(89_000);
  });

  test('helm refused before a record exists: nothing to come back from', async () => {
    const world = makeUpgrade();
    world.helm.refuse = { code: 1, stdout: '', stderr: 'Error: UPGRADE FAILED: no' };
    const outcome = await world.run();
    expect(outcome).toMatchObject({ result: 'failed', failure: { phase: 'before-change' } });
    expect(outcome.remediation).toBe(undefined);
    expect(world.writes()).toEqual(['helm upgrade']);
  });

  test('`on-failure: hold` writes the verdict and holds', async () => {
    const world = makeUpgrade({ policy: { onFailure: 'hold' } });
    crash(world);
    const outcome = await world.run();
    expect(outcome).toMatchObject({ result: 'held', code: 'crash-loop' });
    expect(world.history()).toEqual(['1 superseded verified', '2 failed failed']);
    expect(world.helm.rollbacks).toEqual([]);
  });

  test('a failed first install is kept', async () => {
    const world = makeWorld({ manifest: WEB });
    crash(world);
    const outcome = await world.run();
    expect(outcome).toMatchObject({ result: 'held', remediation: { chosen: { type: 'hold' } } });
    expect(world.history()).toEqual(['1 failed failed']);
  });

  test('the rollback keeps the last good revision in the history', async () => {
    const failed = Array.from({ length: 14 }, (_, index) =>
      helmRecord(index + 2, { status: 'failed', manifest: WEB, labels: attempted(index + 2) }),
    );
    const world = makeUpgrade({ records: [good(), ...failed] });
    crash(world);
    await world.run();
    expect(world.helm.upgrades[0]?.historyMax).toBe(17);
    expect(world.helm.rollbacks).toMatchObject([{ revision: 1, historyMax: 17 }]);
  });

  test('a rollback that helm refuses is told with the commands to go on', async () => {
    const world = makeUpgrade();
    crash(world);
    world.helm.back = async () => ({ code: 1, stdout: '', stderr: 'Error: no' });
    const outcome = await world.run();
    expect(outcome).toMatchObject({ result: 'failed', code: 'rollback-failed' });
    expect(outcome.remediation?.failure?.commands).toContain(
      'helm rollback app 1 --namespace shop --force-conflicts',
    );
    expect(tellSteps(outcome).at(-1)).toBe('rollback failed');
  });

  test('a rollback in which the cluster refuses helm leaves nothing that looks like a helm at work', async () => {
    const world = makeUpgrade();
    crash(world);
    const stderr = 'Error: update: failed to update: Unauthorized';
    world.helm.back = async () => ({ code: 1, stdout: '', stderr });
    const outcome = await world.run();
    expect(outcome).toMatchObject({ result: 'failed', code: 'rollback-failed' });
    expect(world.history().at(-1)).toBe('3 failed failed');
  });

  test('a rollback that does not become ready is judged failed', async () => {
    const world = makeUpgrade({ policy: { timeout: 60_000 } });
    crash(world);
    world.helm.back = async () => {
      world.cluster.put(makeDeployment({ generation: 3, available: 0 }));
      return undefined;
    };
    const outcome = await world.run();
    expect(outcome).toMatchObject({ result: 'failed', code: 'rollback-failed' });
    expect(world.history().at(-1)).toBe('3 failed failed');
  });
});

describe('another helm', () => {
  test('made a revision while we planned: planned again', async () => {
    const world = makeUpgrade();
    world.helm.apply = async () => {
      world.cluster.put(makeDeployment({ generation: 2 }));
      return undefined;
    };
    const outcome = await world.run(() => {
      world.cluster.put(helmRecord(2, { manifest: `${WEB}# other`, labels: verified(1) }));
    });
    expect(world.helm.upgrades).toMatchObject([{ labels: { 'slipway-attempt': '3' } }]);
    expect(outcome.plan.base.history).toHaveLength(2);
    expect(outcome.result).toBe('deployed');
  });

  test('planned again, and nothing is left to do: unchanged', async () => {
    const world = makeUpgrade();
    world.cluster.put(makeDeployment({ generation: 2 }));
    const run = world.run(() => {
      const labels = verified(2, 'source-2');
      world.cluster.put(helmRecord(2, { manifest: NEW, labels }));
    });
    const outcome = await run;
    expect(outcome).toMatchObject({ result: 'unchanged', code: 'unchanged', steps: [] });
    expect(world.writes()).toEqual([]);
  });

  test('holds the release: its record is not touched', async () => {
    const world = makeUpgrade();
    const other = helmRecord(2, { status: 'pending-upgrade', labels: verified(1) });
    world.helm.upgrade = async () => {
      world.cluster.put(other);
      const stderr =
        'Error: UPGRADE FAILED: another operation (install/upgrade/rollback) is in progress';
      return { code: 1, stdout: '', stderr };
    };
    const outcome = await world.run();
    expect(outcome.result).toBe('failed');
    expect(world.history()).toEqual(['1 deployed verified', '2 pending-upgrade foreign']);
    expect(world.writes()).toEqual([]);
  });

  test('came first with our number: its revision is not judged as ours', async () => {
    const world = makeUpgrade();
    const { upgrade } = world.helm;
    world.helm.upgrade = async (request, signal) => {
      world.cluster.put(helmRecord(2, { manifest: WEB, labels: verified(1) }));
      const result = await upgrade(request, signal);
      world.cluster.put(makeDeployment({ generation: 2 }));
      return result;
    };
    const outcome = await world.run();
    expect(outcome).toMatchObject({ result: 'failed', code: 'superseded' });
    expect(world.history()).toEqual([
      '1 superseded verified',
      '2 superseded foreign',
      '3 deployed foreign',
    ]);
    expect(world.writes()).toEqual(['helm upgrade']);
  });

  test('made a newer revision while we watched: nothing is verified', async () => {
    const world = makeUpgrade();
    world.helm.apply = async () => {
      world.cluster.put(makeDeployment({ generation: 2, available: 0 }));
      world.at(10_000, () => {
        world.cluster.put(helmRecord(3, { manifest: WEB, labels: attempted(2) }));
        world.cluster.put(makeDeployment({ generation: 3 }));
      });
      return undefined;
    };
    const outcome = await world.run();
    expect(outcome).toMatchObject({ result: 'failed', code: 'superseded' });
    expect(world.history()[1]).toBe('2 deployed unverified');
    expect(world.helm.rollbacks).toEqual([]);
  });

  test('made a newer revision while ours failed: superseded, nothing is touched', async () => {
    const world = makeUpgrade();
    crash(world);
    world.at(10_000, () => {
      world.cluster.put(helmRecord(3, { status: 'pending-upgrade', labels: attempted(2) }));
    });
    const outcome = await world.run();
    expect(outcome).toMatchObject({ result: 'failed', code: 'superseded' });
    expect(outcome.failure?.code).toBe('crash-loop');
    expect(world.history().slice(1)).toEqual([
      '2 deployed unverified',
      '3 pending-upgrade foreign',
    ]);
    expect(world.helm.rollbacks).toEqual([]);
  });

  test('uninstalled the release while we watched', async () => {
    const world = makeUpgrade();
    world.helm.apply = async () => {
      world.cluster.put(makeDeployment({ generation: 2, available: 0 }));
      world.at(10_000, () => {
        for (const number of [1, 2])
          world.cluster.remove(toRef(world.record(number) as KubeObject));
        world.cluster.put(makeDeployment({ generation: 2 }));
      });
      return undefined;
    };
    expect(await world.run()).toMatchObject({ result: 'failed', code: 'superseded' });
  });

  test('came between our rollback and its record: that one is not judged', async () => {
    const world = makeUpgrade();
    crash(world);
    const { rollback } = world.helm;
    world.helm.rollback = async (request) => {
      world.cluster.put(helmRecord(3, { manifest: NEW }));
      return rollback(request);
    };
    const outcome = await world.run();
    expect(outcome.result).toBe('failed');
    expect(world.history().slice(2)).toEqual(['3 superseded foreign', '4 deployed foreign']);
  });
});

describe('another run of Slipway', () => {
  const other = {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name: LEASE, namespace: 'shop' },
    spec: { holderIdentity: 'run/2#b', leaseDurationSeconds: 30 },
  };

  test('that is alive: locked, nothing is written', async () => {
    const world = makeUpgrade();
    world.cluster.put(other);
    world.at(7_000, () => void world.cluster.put(other));
    await expect(world.run()).rejects.toMatchObject({ code: 'locked' });
    expect(world.cluster.writes).toEqual([]);
  });

  test('took the Lease over while helm ran: nothing more is started', async () => {
    const world = makeUpgrade();
    world.helm.apply = async () => {
      world.cluster.put(other);
      await world.clock.sleep(15_000);
      return undefined;
    };
    const outcome = await world.run();
    expect(outcome).toMatchObject({ result: 'failed', code: 'superseded' });
    expect(outcome.remediation).toBe(undefined);
    expect(tellSteps(outcome)).toEqual(['upgrade done']);
    expect(world.cluster.find('Lease', LEASE)?.['spec']).toEqual(other.spec);
  });

  test('took the Lease over before the rollback: superseded', async () => {
    const world = makeUpgrade();
    crash(world);
    world.at(12_000, () => void world.cluster.put(other));
    const outcome = await world.run();
    expect(outcome).toMatchObject({ result: 'failed', code: 'superseded' });
    expect(world.helm.rollbacks).toEqual([]);
  });

  test('left a pending record, and is dead: unlocked and deployed', async () => {
    const pending = helmRecord(2, { status: 'pending-upgrade', labels: attempted(2) });
    const world = makeUpgrade({ records: [good(), pending] });
    world.cluster.put(other);
    const outcome = await world.run();
    expect(tellSteps(outcome)).toEqual(['unlock done', 'upgrade done', 'watch done']);
    expect(world.history()[1]).toBe('2 superseded failed');
    expect(parseRecord(world.record(2) as KubeObject).description).toMatch(/interrupted/);
    expect(outcome.result).toBe('deployed');
  });

  test('left a pending record that has ended since: it is left alone', async () => {
    const pending = helmRecord(2, {
      status: 'pending-upgrade',
      labels: attempted(2),
      hooks: [MIGRATE],
    });
    const world = makeUpgrade({ records: [good(), pending] });
    world.cluster.put(makeJob('migrate'));
    world.at(5_000, () => {
      world.cluster.put(helmRecord(2, { labels: attempted(2) }));
      world.cluster.put(makeJob('migrate', 'Complete'));
    });
    await world.run();
    expect(world.history()[1]).not.toContain('failed');
  });
});

describe('an earlier revision without a verdict', () => {
  const unjudged = () => helmRecord(2, { labels: attempted(2), manifest: NEW });
  const records = () => [good(), unjudged()];

  test('is watched, and needs no helm when it is ready', async () => {
    const world = makeUpgrade({ records: records() });
    const outcome = await world.run();
    expect(outcome).toMatchObject({ result: 'deployed', code: 'verified' });
    expect(tellSteps(outcome)).toEqual(['settle done']);
    expect(world.history()[1]).toBe('2 deployed verified');
    expect(world.helm.upgrades).toEqual([]);
  });

  test('counts crashes from its beginning; then it is deployed over, with a whole timeout', async () => {
    const world = makeUpgrade({ records: records(), policy: { timeout: 60_000 } });
    world.cluster.put(makeDeployment({ revision: '2', available: 0 }));
    world.cluster.put(makeReplicaSet('2'));
    world.cluster.put(newPod(4));
    world.helm.apply = async () => {
      world.cluster.put(makeDeployment({ generation: 2, available: 0 }));
      world.at(50_000, () => void world.cluster.put(makeDeployment({ generation: 2 })));
      return undefined;
    };
    const outcome = await world.run();
    expect(tellSteps(outcome)).toEqual(['settle failed', 'upgrade done', 'watch done']);
    expect(outcome.result).toBe('deployed');
    expect(world.history().slice(1)).toEqual(['2 superseded failed', '3 deployed verified']);
  });

  test('never ready: the deploy over it has a timeout of its own', async () => {
    const world = makeUpgrade({ records: records(), policy: { timeout: 60_000 } });
    world.cluster.put(makeDeployment({ available: 0 }));
    world.helm.apply = async () => {
      world.cluster.put(makeDeployment({ generation: 2, available: 0 }));
      world.at(30_000, () => void world.cluster.put(makeDeployment({ generation: 2 })));
      return undefined;
    };
    const outcome = await world.run();
    expect(outcome).toMatchObject({ result: 'deployed' });
    expect(world.helm.upgrades).toMatchObject([{ timeout: 65 }]);
    expect(outcome.failure).toBe(undefined);
  });

  test('somebody else’s helm moves on while it is watched: superseded', async () => {
    const world = makeUpgrade({ records: records() });
    world.cluster.put(makeDeployment({ available: 0 }));
    world.at(5_000, () => {
      world.cluster.put(helmRecord(3, { labels: attempted(2) }));
      world.cluster.put(makeDeployment());
    });
    const outcome = await world.run();
    expect(outcome).toMatchObject({ result: 'failed', code: 'superseded' });
    expect(world.history()[1]).toBe('2 deployed unverified');
    expect(world.writes()).toEqual([]);
  });

  test('its hooks that still run are waited for', async () => {
    const left = helmRecord(2, { status: 'failed', labels: attempted(2), hooks: [MIGRATE] });
    const world = makeUpgrade({ records: [good(), left] });
    world.cluster.put(makeJob('migrate'));
    world.at(8_000, () => void world.cluster.put(makeJob('migrate', 'Complete')));
    const outcome = await world.run();
    expect(tellSteps(outcome)).toEqual(['await-hooks done', 'upgrade done', 'watch done']);
    expect(outcome.steps[0]?.duration).toBe(8_000);
  });

  test('its hooks that do not end are never deleted: refused', async () => {
    const left = helmRecord(2, { status: 'failed', labels: attempted(2), hooks: [MIGRATE] });
    const world = makeUpgrade({ records: [good(), left] });
    world.cluster.put(makeJob('migrate'));
    const outcome = await world.run();
    expect(outcome).toMatchObject({ result: 'refused', code: 'hook-running' });
    expect(world.writes()).toEqual([]);
  });
});

describe('a cancel', () => {
  test('while helm applies: SIGINT, the record says failed, no remediation', async () => {
    const world = makeUpgrade();
    world.helm.apply = async (signal) => {
      world.at(2_000, () => world.cancel.abort());
      await interrupted(signal);
      return undefined;
    };
    const outcome = await world.run();
    expect(outcome).toMatchObject({ result: 'cancelled', code: 'cancelled' });
    expect(outcome.remediation).toBe(undefined);
    expect(world.history()[1]).toBe('2 failed failed');
    expect(world.cluster.find('Lease', LEASE)).toBe(undefined);
  });

  test('while we watch: no verdict, no remediation', async () => {
    const world = makeUpgrade();
    crash(world);
    world.at(10_000, () => world.cancel.abort());
    const outcome = await world.run();
    expect(outcome).toMatchObject({ result: 'cancelled' });
    expect(world.history()[1]).toBe('2 deployed unverified');
  });

  test('before anything began: nothing is changed', async () => {
    const world = makeUpgrade();
    await expect(world.run(() => world.cancel.abort())).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect(world.cluster.writes).toEqual([]);
  });

  test('between the Lease and helm: it ends, and helm is not started', async () => {
    const world = makeUpgrade();
    world.cluster.afterWrite = (_, { kind }) => kind === 'Lease' && world.cancel.abort();
    const outcome = await world.run();
    expect(outcome).toMatchObject({ result: 'cancelled' });
    expect(world.writes()).toEqual([]);
  });

  test('while a rollback is prepared: it is finished, and the run ends', async () => {
    const world = makeUpgrade();
    crash(world);
    world.cluster.afterWrite = (_, { metadata, kind }) => {
      const isVerdict = metadata.labels?.['slipway-failed'] === '2';
      if (kind === 'Secret' && isVerdict) queueMicrotask(() => world.cancel.abort());
    };
    const outcome = await world.run();
    expect(['cancelled', 'failed']).toContain(outcome.result);
    expect(world.history().at(-1)).not.toContain('pending');
  });

  test('while hooks are stopped for a rollback: the run ends', async () => {
    const world = makeUpgrade({ manifest: `${NEW}---\n${MIGRATE}`, policy: { timeout: 60_000 } });
    world.helm.apply = async (signal) => {
      world.cluster.put(makeJob('migrate'));
      await interrupted(signal);
      return undefined;
    };
    const { read } = world.cluster;
    world.cluster.read = async (ref) => {
      const found = await read(ref);
      if (ref.kind === 'Job') world.cancel.abort();
      return found;
    };
    const outcome = await world.run();
    expect(outcome.remediation).toBeDefined();
    expect(world.history().at(-1)).not.toContain('pending');
  });

  test('in the watch of a rollback: helm’s part is done, the verdict is left to the next run', async () => {
    const world = makeUpgrade();
    crash(world);
    world.helm.back = async () => {
      world.cluster.put(makeDeployment({ generation: 3, available: 0 }));
      world.at(4_000, () => world.cancel.abort());
      return undefined;
    };
    const outcome = await world.run();
    expect(outcome).toMatchObject({ result: 'cancelled' });
    expect(tellSteps(outcome).slice(2)).toEqual(['rollback done', 'watch cancelled']);
    expect(world.history().slice(1)).toEqual(['2 failed failed', '3 deployed foreign']);
  });
});

describe('an API that refuses or is away', () => {
  test('the namespace may not be created: told as that, not as a lock', async () => {
    const world = makeWorld({ manifest: WEB });
    world.cluster.remove({ apiVersion: 'v1', kind: 'Namespace', namespace: '', name: 'shop' });
    world.cluster.refuse = (verb, kind) =>
      verb === 'create' && kind === 'Namespace' ? forbidden('namespaces') : undefined;
    await expect(world.run()).rejects.toMatchObject({ code: 'forbidden' });
    expect(world.cluster.writes).toEqual([]);
  });

  test('away when the Lease is taken: an error of ours with a hint', async () => {
    const world = makeUpgrade();
    const run = world.run(() => {
      world.cluster.refuse = unreachable;
    });
    await expect(run).rejects.toMatchObject({ code: 'cluster-unreachable', name: 'DeployError' });
  });

  test('away when the newest revision is looked at again: an error of ours with a hint', async () => {
    const world = makeUpgrade();
    const run = world.run(() => {
      world.cluster.refuse = (_, kind) => (kind === 'Secret' ? unreachable() : undefined);
    });
    await expect(run).rejects.toMatchObject({ code: 'cluster-unreachable', name: 'DeployError' });
  });

  test('leases may not be used: deployed all the same, and said', async () => {
    const world = makeUpgrade();
    world.cluster.refuse = (_, kind) => (kind === 'Lease' ? forbidden('leases') : undefined);
    const outcome = await world.run();
    expect(outcome.notes).toEqual([expect.stringContaining('leases in coordination.k8s.io')]);
    expect(outcome.result).toBe('deployed');
  });

  test('a kind may not be watched: the rest is, and it is said', async () => {
    const world = makeUpgrade();
    world.cluster.refuse = (verb, kind) =>
      verb === 'watch' && kind === 'Pod' ? forbidden('pods') : undefined;
    const outcome = await world.run();
    expect(outcome.notes).toEqual([expect.stringContaining('Pod objects were not watched')]);
    expect(outcome.result).toBe('deployed');
  });

  test('away for a moment after helm: a healthy deploy is not rolled back', async () => {
    const world = makeUpgrade();
    world.helm.apply = async () => {
      world.cluster.put(makeDeployment({ generation: 2 }));
      world.cluster.refuse = unreachable;
      world.at(15_000, () => {
        world.cluster.refuse = () => undefined;
      });
      return undefined;
    };
    const outcome = await world.run();
    expect(outcome.result).toBe('deployed');
    expect(world.history()[1]).toBe('2 deployed verified');
    expect(world.record(2)?.metadata.labels).toMatchObject({ 'slipway-source': '2.source-2' });
  });

  test('away for good after helm: failed, not rolled back, left to the next run', async () => {
    const world = makeUpgrade({ policy: { timeout: 60_000 } });
    world.helm.apply = async () => {
      world.cluster.put(makeDeployment({ generation: 2 }));
      world.cluster.refuse = unreachable;
      return undefined;
    };
    const outcome = await world.run();
    expect(outcome).toMatchObject({ result: 'failed', code: 'cluster-unreachable' });
    expect(outcome.failure).toMatchObject({
      cause: expect.stringMatching(/^the cluster was not reached \(.+\)\.$/),
      hint: expect.stringContaining('that this runner may reach it'),
    });
    expect(world.helm.rollbacks).toEqual([]);
    expect(world.history()[1]).toBe('2 deployed unverified');
  });

  test('the verdict cannot be written: a healthy deploy is not rolled back', async () => {
    const world = makeUpgrade({ policy: { timeout: 60_000 } });
    world.cluster.refuse = (verb, kind) =>
      verb === 'replace' && kind === 'Secret' ? forbidden('secrets') : undefined;
    world.helm.apply = async () => {
      world.cluster.put(makeDeployment({ generation: 2 }));
      return undefined;
    };
    const outcome = await world.run();
    expect(outcome.result).toBe('failed');
    expect(outcome.code).toBe('forbidden');
    expect(world.helm.rollbacks).toEqual([]);
  });

  test('the bad verdict cannot be written: rolled back all the same', async () => {
    const world = makeUpgrade();
    crash(world);
    world.cluster.refuse = (verb, kind, name) =>
      verb === 'replace' && kind === 'Secret' && name.endsWith('v2') ? forbidden() : undefined;
    const outcome = await world.run();
    expect(outcome.result).toBe('rolled-back');
    expect(world.events).toContainEqual(
      expect.objectContaining({ message: expect.stringContaining('could not be marked failed') }),
    );
  });

  test('hooks may not be read before a rollback: a failure, with the commands to go on', async () => {
    const world = makeUpgrade({ manifest: `${NEW}---\n${MIGRATE}` });
    crash(world);
    world.cluster.refuse = (verb, kind) =>
      verb === 'read' && kind === 'Job' ? forbidden('jobs') : undefined;
    const outcome = await world.run();
    expect(outcome).toMatchObject({ result: 'failed', code: 'rollback-failed' });
    expect(outcome.remediation?.failure).toMatchObject({
      cause: 'jobs is forbidden.',
      commands: expect.arrayContaining(['helm rollback app 1 --namespace shop --force-conflicts']),
    });
  });
});

test('away between the Lease and helm, and another run took over: helm is not started', async () => {
  const world = makeUpgrade();
  const { watch } = world.cluster;
  world.cluster.watch = (query, listener, signal) => {
    // The first lists come late.
    if (query.kind !== 'Deployment') return watch(query, listener, signal);
    world.cluster.refuse = unreachable;
    world.at(60_000, () => {
      world.cluster.refuse = () => undefined;
      world.cluster.put({
        apiVersion: 'coordination.k8s.io/v1',
        kind: 'Lease',
        metadata: { name: LEASE, namespace: 'shop' },
        spec: { holderIdentity: 'run/2#b', leaseDurationSeconds: 30 },
      });
      watch(query, listener, signal);
    });
  };
  const outcome = await world.run();
  expect(outcome).toMatchObject({ result: 'failed', code: 'superseded', steps: [] });
  expect(world.helm.upgrades).toEqual([]);
});
