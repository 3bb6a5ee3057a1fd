import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { HELMS } from '../action/helm-shim.ts';
import { createWorld, type World } from './world.ts';

describe.each(HELMS)('helm $version', ({ version, major }) => {
  let world: World;
  beforeAll(async () => {
    world = await createWorld(version);
  });
  afterAll(() => world.end());

  /* One story, in order: each test goes on from what the one before left. */

  test('a first install is verified', async () => {
    const { code, outputs } = await world.run();
    expect(outputs).toMatchObject({ outcome: 'deployed', changed: 'true', revision: '1' });
    expect(code).toBe(0);
    const [record] = await world.history();
    expect(record).toMatchObject({
      status: 'deployed',
      labels: { 'slipway-attempt': '1', 'slipway-verified': '1' },
    });
    expect(await world.readyByTag()).toEqual({ '1.0': '2/2' });
  });

  test('no change: helm is not called to upgrade, and nothing is written', async () => {
    const writes = world.writes('deployer');
    const calls = world.helmCalls();
    const { code, outputs } = await world.run();
    expect(outputs).toMatchObject({ outcome: 'unchanged', changed: 'false', revision: '1' });
    expect(code).toBe(0);
    expect(world.helmCalls().slice(calls.length)).toEqual(['template']);
    expect(world.writes('deployer')).toEqual(writes);
  });

  test('an upgrade is verified and supersedes', async () => {
    const { outputs } = await world.run({ set: 'tag=1.1' });
    expect(outputs).toMatchObject({ outcome: 'deployed', revision: '2' });
    const history = await world.history();
    expect(history.map(({ status }) => status)).toEqual(['superseded', 'deployed']);
    expect(history[1]?.labels).toMatchObject({ 'slipway-verified': '2' });
    expect(await world.readyByTag()).toMatchObject({ '1.1': '2/2', '1.0': '0/0' });
  });

  test('a crash loop is stopped at its third restart, explained and rolled back', async () => {
    const { code, outputs, summary } = await world.run({ set: 'tag=crash-loop' });
    expect(outputs).toMatchObject({
      outcome: 'rolled-back',
      'reason-code': 'crash-loop',
      revision: '4',
    });
    expect(code).toBe(1);
    expect(summary).toContain('CrashLoopBackOff');
    expect(summary).toContain('config: DATABASE_URL is not set');
    expect(summary).toMatch(/exit code 3/i);
    // The scenario goes on to a sixth, and a busy machine may see one more; the timeout is far.
    expect(summary).toMatch(/[345] restarts/);
    const history = await world.history();
    expect(history.map(({ status }) => status)).toEqual([
      'superseded',
      'superseded',
      'failed',
      'deployed',
    ]);
    expect(history[2]).toMatchObject({
      description: expect.stringMatching(/^Upgrade "web" failed: .*crash/i),
      labels: { 'slipway-failed': '3' },
    });
    expect(history[3]?.labels).toMatchObject({ 'slipway-verified': '4' });
    expect(await world.readyByTag()).toMatchObject({ '1.1': '2/2', 'crash-loop': '0/0' });
  });

  test('a second broken deploy returns to the same good state', async () => {
    const { outputs } = await world.run({ set: 'tag=crash-loop' });
    expect(outputs).toMatchObject({ outcome: 'rolled-back', revision: '6' });
    expect(await world.readyByTag()).toMatchObject({ '1.1': '2/2', 'crash-loop': '0/0' });
  });

  test('what was rolled back to is known as unchanged', async () => {
    const { outputs } = await world.run({ set: 'tag=1.1' });
    expect(outputs).toMatchObject({ outcome: 'unchanged', revision: '6' });
  });

  test('pods that recover after two crashes succeed', async () => {
    const { outputs } = await world.run({ set: 'tag=crash-twice' });
    expect(outputs).toMatchObject({ outcome: 'deployed', revision: '7' });
    expect(await world.readyByTag()).toMatchObject({ 'crash-twice': '2/2' });
  });

  test('pods that become ready after 40 s succeed', async () => {
    const inline = '{ replicas: 1, podAnnotations: { local-cluster/ready-after: 40s } }';
    const { outputs, log } = await world.run({ 'values-inline': inline });
    expect(outputs).toMatchObject({ outcome: 'deployed', revision: '8' });
    expect(log).toMatch(/still waiting/i);
  });

  test('an image name that is wrong is rolled back, and the rollback is not blamed for it', async () => {
    await world.run({ set: 'tag=1.1' });
    const bad = await world.run({ set: 'tag=invalid-image' });
    expect(bad.outputs).toMatchObject({ outcome: 'rolled-back', 'reason-code': 'invalid-image' });
    expect(await world.readyByTag()).toMatchObject({ '1.1': '2/2', 'invalid-image': '0/0' });
    const held = await world.run({ set: 'tag=invalid-image', 'on-failure': 'hold' });
    expect(held.outputs).toMatchObject({ outcome: 'held', 'reason-code': 'invalid-image' });
    const corrected = await world.run({ set: 'tag=1.1' });
    expect(corrected.outputs).toMatchObject({ outcome: 'deployed' });
  });

  test('drift is found; it is put right, or helm 4 names whose it is', async () => {
    const inputs = { set: 'tag=1.2' };
    await world.run(inputs);
    const url = `/apis/apps/v1/namespaces/${world.namespace}/deployments/web`;
    await world.api(url, { method: 'PATCH', body: { metadata: { labels: { app: 'by-hand' } } } });
    const { outputs, log } = await world.run(inputs);
    expect(log).toContain('Deployment web was changed in the cluster.');
    if (major === 3) {
      expect(outputs).toMatchObject({ outcome: 'deployed' });
      const { metadata } = await world.get('deployments', 'web', 'apis/apps/v1');
      expect(metadata.labels.app).toBe('web');
    } else {
      // Server-side apply leaves the field to whoever took it (helm.md §0 finding 6).
      expect(outputs).toMatchObject({ outcome: 'failed' });
      expect(log).toMatch(/somebody else has set: .* manages metadata\.labels\.app/);
    }
  });
});
