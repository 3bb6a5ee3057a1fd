import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { HELMS } from '../action/helm-shim.ts';
import { createWorld, type World } from './world.ts';

describe.each(HELMS)('helm $version', ({ version }) => {
  let world: World;
  beforeEach(async () => {
    world = await createWorld(version);
    await world.run();
  });
  afterEach(() => world.end());

  const newest = async () => (await world.history()).at(-1);
  /** helm copies labels to later revisions; only a value that names its own is ours. */
  const helmHasEnded = async () => (await newest())?.labels['slipway-source']?.startsWith('2.');
  const slow = (seconds: number) => `podAnnotations: { local-cluster/ready-after: ${seconds}s }`;

  test('cancelled in a pre-hook: the next run waits for the hook and deploys again', async () => {
    const inputs = {
      'values-inline':
        'hooks: { migrate: ready, migrateAnnotations: { local-cluster/complete-after: 8s } }',
      set: 'message=new',
    };
    const first = world.start(inputs);
    await world.until('the hook to run', async () => {
      const pods = await world.list(
        'pods?labelSelector=batch.kubernetes.io/job-name%3Dweb-migrate',
      );
      return pods[0]?.status.phase === 'Running';
    });
    first.process.kill('SIGINT');
    const cancelled = await first.ended;
    expect(cancelled.outputs).toMatchObject({ outcome: 'cancelled' });
    expect(cancelled.code).toBe(1);
    expect(cancelled.summary).toMatch(/cancelled/i);
    expect(await newest()).toMatchObject({ revision: 2, status: 'failed' });
    expect(world.helmCalls()).not.toContain('rollback');

    const again = await world.run(inputs);
    expect(again.outputs).toMatchObject({ outcome: 'deployed', revision: '3' });
    expect(await newest()).toMatchObject({
      status: 'deployed',
      labels: { 'slipway-verified': '3' },
    });
  });

  test('cancelled while helm applies: the next run deploys again', async () => {
    const inputs = {
      chart: '__tests__/charts/many',
      release: 'many',
      'values-inline': 'groups: 60',
    };
    const first = world.start(inputs);
    await world.until('helm to be applying', async () => {
      const [record] = await world.history('many');
      return record?.status === 'pending-install';
    });
    first.process.kill('SIGINT');
    const cancelled = await first.ended;
    expect(cancelled.outputs).toMatchObject({ outcome: 'cancelled' });
    expect((await world.history('many')).at(-1)).toMatchObject({ revision: 1, status: 'failed' });
    const again = await world.run(inputs);
    expect(again.outputs).toMatchObject({ outcome: 'deployed', revision: '2' });
  });

  test('cancelled in our watch: the next run watches first, and needs no helm', async () => {
    const inputs = { 'values-inline': slow(6), set: 'tag=1.1' };
    const first = world.start(inputs);
    await world.until('helm to have ended', helmHasEnded);
    first.process.kill('SIGINT');
    expect((await first.ended).outputs).toMatchObject({ outcome: 'cancelled' });
    const interrupted = await newest();
    expect(interrupted).toMatchObject({ revision: 2, status: 'deployed' });
    expect(interrupted?.labels['slipway-verified']).not.toBe('2');

    const calls = world.helmCalls().length;
    const again = await world.run(inputs);
    expect(again.outputs).toMatchObject({
      outcome: 'deployed',
      'reason-code': 'verified',
      revision: '2',
    });
    expect(world.helmCalls().slice(calls)).toEqual(['template']);
    expect(await newest()).toMatchObject({ labels: { 'slipway-verified': '2' } });
    expect((await world.run(inputs)).outputs).toMatchObject({ outcome: 'unchanged' });
  });

  test('cancelled in the watch of a broken deploy: the next run does not verify it, deploys, and comes back', async () => {
    const inputs = { set: 'tag=unready', timeout: '20s' };
    const first = world.start(inputs);
    await world.until('helm to have ended', helmHasEnded);
    first.process.kill('SIGINT');
    await first.ended;
    const again = await world.run(inputs);
    expect(again.outputs).toMatchObject({ outcome: 'rolled-back' });
    const history = await world.history();
    // helm's next upgrade turns a failed record to superseded and keeps what it says (helm.md §2.9).
    expect(history.map(({ status }) => status)).toEqual([
      'superseded',
      'superseded',
      'failed',
      'deployed',
    ]);
    expect(history[1]).toMatchObject({
      description: expect.stringMatching(/^Upgrade "web" failed: not ready within/),
      labels: { 'slipway-failed': '2' },
    });
    expect(await world.readyByTag()).toMatchObject({ '1.0': '2/2', unready: '0/0' });
  });

  test('killed in our watch: when the Lease has run out the next run watches first', async () => {
    const inputs = { 'values-inline': slow(10), set: 'tag=1.1' };
    const first = world.start(inputs);
    await world.until('helm to have ended', helmHasEnded);
    first.process.kill('SIGKILL');
    await first.ended;
    const lease = await world.get('leases', 'slipway-web', 'apis/coordination.k8s.io/v1');
    expect(lease.spec.holderIdentity).toContain('/actions/runs/4711');

    const again = await world.run(inputs);
    expect(again.outputs).toMatchObject({
      outcome: 'deployed',
      'reason-code': 'verified',
      revision: '2',
    });
    expect((await world.get('leases', 'slipway-web', 'apis/coordination.k8s.io/v1')).code).toBe(
      404,
    );
  });

  test('a foreign helm upgrade is recognised, and watched before it is trusted', async () => {
    await world.foreignUpgrade(version, ['--set', 'message=by-hand']);
    expect(await newest()).toMatchObject({
      revision: 2,
      labels: { 'slipway-attempt': '1', 'slipway-verified': '1' },
    });
    const settled = await world.run({ set: 'message=by-hand' });
    expect(settled.log).toContain("changed by somebody else's helm (revision 2, ");
    expect(settled.outputs).toMatchObject({
      outcome: 'deployed',
      'reason-code': 'verified',
      revision: '2',
    });
  });
});
