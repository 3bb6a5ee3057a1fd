import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { HELMS } from '../action/helm-shim.ts';
import { createWorld, type World } from './world.ts';

describe.each(HELMS)('helm $version', ({ version }) => {
  let world: World;
  beforeEach(async () => {
    world = await createWorld(version);
  });
  afterEach(() => world.end());

  test('a failed first install is kept, and the next deploy completes it', async () => {
    const failed = await world.run({ set: 'tag=crash-loop' });
    expect(failed.outputs).toMatchObject({ outcome: 'held', 'reason-code': 'crash-loop' });
    expect(failed.code).toBe(1);
    expect((await world.history()).map(({ status }) => status)).toEqual(['failed']);
    expect(await world.list('pods')).toHaveLength(2);

    const completed = await world.run();
    expect(completed.outputs).toMatchObject({ outcome: 'deployed', revision: '2' });
    expect(await world.readyByTag()).toMatchObject({ '1.0': '2/2' });
  });

  test('a hook that fails is reported with its log lines, and what stood behind it is made up for', async () => {
    const hooks = (scenario: string) =>
      `hooks: { installOnly: true, migrate: ${scenario}, migrateAnnotations: { local-cluster/log: "migrate: relation users is missing" } }`;
    const failed = await world.run({ 'values-inline': hooks('fail') });
    expect(failed.outputs).toMatchObject({ outcome: 'held', 'reason-code': 'hook-failed' });
    expect(failed.summary).toContain('migrate: relation users is missing');
    // helm stopped at the Job of weight 0; the ServiceAccount and the Secret have weight 5.
    expect((await world.get('serviceaccounts', 'web')).code).toBe(404);

    const completed = await world.run({ 'values-inline': hooks('ready') });
    expect(completed.outputs).toMatchObject({ outcome: 'deployed', revision: '2' });
    expect((await world.get('serviceaccounts', 'web')).metadata.name).toBe('web');
    const key = (await world.get('secrets', 'web-key')).data.key;
    expect(await world.readyByTag()).toMatchObject({ '1.0': '2/2' });

    await world.run({ 'values-inline': hooks('ready'), set: 'message=again' });
    expect((await world.get('secrets', 'web-key')).data.key).toBe(key);
  });

  test('the namespace is created when it may be, and missed when it may not', async () => {
    const elsewhere = `${world.namespace}-new`;
    const refused = await world.run(
      { namespace: elsewhere, 'create-namespace': 'false' },
      { user: 'admin' },
    );
    expect(refused.outputs).toMatchObject({
      outcome: 'refused',
      'reason-code': 'namespace-missing',
    });
    const created = await world.run({ namespace: elsewhere }, { user: 'admin' });
    expect(created.outputs).toMatchObject({ outcome: 'deployed' });
  });
});
