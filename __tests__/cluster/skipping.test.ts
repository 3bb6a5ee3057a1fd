import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { HELMS } from '../action/helm-shim.ts';
import { createWorld, type World } from './world.ts';

/* A chart with a Job that runs at every upgrade is skipped when the Job would do the same again. */
describe.each(HELMS)('helm $version', ({ version }) => {
  let world: World;
  beforeAll(async () => {
    world = await createWorld(version);
  });
  afterAll(() => world.end());

  const chart = { chart: '__tests__/charts/hooked', release: 'hooked' };
  const run = (set = '') => world.run({ ...chart, set });
  const secrets = () => `/api/v1/namespaces/${world.namespace}/secrets`;
  const secret = (url: string) => ({
    body: { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'database' }, stringData: { url } },
  });

  async function expectSkipped(set = ''): Promise<void> {
    const [writes, calls] = [world.writes('deployer'), world.helmCalls().length];
    const { outputs, log } = await run(set);
    expect([outputs['outcome'], log]).toEqual(['unchanged', expect.anything()]);
    expect(world.helmCalls().slice(calls)).toEqual(['template']);
    expect(world.writes('deployer')).toEqual(writes);
  }

  async function expectDeployed(set: string, reason: string): Promise<void> {
    const { outputs, log } = await run(set);
    expect(log).toContain(reason);
    expect(outputs).toMatchObject({ outcome: 'deployed' });
  }

  /* One story, in order: each test goes on from what the one before left. */

  test('unchanged: skipped, also when the optional Secret that the Job reads is not there', async () => {
    await expectDeployed('', 'does not exist yet');
    await expectSkipped();
  });

  test('a Secret of somebody else came, changed, and went', async () => {
    const changed = 'Secret database has changed since revision';
    await world.api(secrets(), { ...secret('one'), method: 'POST' });
    await expectDeployed('', changed);
    await expectSkipped();
    await world.api(`${secrets()}/database`, { ...secret('two'), method: 'PUT' });
    await expectDeployed('', changed);
    await expectSkipped();
    await world.api(`${secrets()}/database`, { method: 'DELETE' });
    await expectDeployed('', changed);
    await expectSkipped();
  });

  test.each(['message=bye', 'image=registry.example.com/shop/migrate:1.1', 'command=undo'])(
    '%s: deployed',
    async (set) => {
      await expectDeployed(set, 'to update, compared with revision');
      await expectSkipped(set);
    },
  );

  test('its settings were changed by hand: deployed', async () => {
    await run();
    const url = `/api/v1/namespaces/${world.namespace}/configmaps/hooked-settings`;
    await world.api(url, { method: 'PATCH', body: { data: { mode: 'slow' } } });
    await expectDeployed('', 'ConfigMap hooked-settings was changed in the cluster.');
    await expectSkipped();
  });

  test('an image that may be another one by now: deployed every time', async () => {
    const set = 'image=registry.example.com/shop/migrate';
    await run(set);
    await expectDeployed(set, 'Its hook Job hooked-migrate runs the image');
    const always = 'pullPolicy=Always';
    await run(always);
    await expectDeployed(always, '(`imagePullPolicy: Always`)');
  });

  test('a rollback runs no upgrade hooks: deployed', async () => {
    const web = { release: 'web' };
    const hooks = 'hooks: { migrate: ready }';
    await world.run({ ...web, 'values-inline': hooks });
    const same = await world.run({ ...web, 'values-inline': hooks });
    expect(same.outputs).toMatchObject({ outcome: 'unchanged' });
    const broken = await world.run({ ...web, 'values-inline': hooks, set: 'tag=crash-loop' });
    expect(broken.outputs).toMatchObject({ outcome: 'rolled-back', revision: '3' });
    const again = await world.run({ ...web, 'values-inline': hooks });
    expect(again.log).toContain(
      'Job web-migrate runs at every deploy, and did not run for revision 3',
    );
    expect(again.outputs).toMatchObject({ outcome: 'deployed', revision: '4' });
    const unchanged = await world.run({ ...web, 'values-inline': hooks });
    expect(unchanged.outputs).toMatchObject({ outcome: 'unchanged' });
  });
});
