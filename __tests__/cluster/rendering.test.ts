import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { HELMS } from '../action/helm-shim.ts';
import { createWorld, type World } from './world.ts';

describe.each(HELMS)('helm $version', ({ version }) => {
  let world: World;
  beforeAll(async () => {
    world = await createWorld(version);
  });
  afterAll(() => world.end());

  const chart = { chart: '__tests__/charts/asks', release: 'asks' };

  test('a chart that keeps its generated password by lookup is known as unchanged', async () => {
    const inputs = { ...chart, set: 'lookup=true' };
    expect((await world.run(inputs)).outputs).toMatchObject({ outcome: 'deployed' });
    const { password } = (await world.get('secrets', 'asks-password')).data;
    // Once more: the first upgrade says `upgrade: true` where the install said false.
    expect((await world.run(inputs)).outputs).toMatchObject({ outcome: 'deployed', revision: '2' });
    expect((await world.run(inputs)).outputs).toMatchObject({ outcome: 'unchanged' });
    expect((await world.get('secrets', 'asks-password')).data.password).toBe(password);
    const { data } = await world.get('configmaps', 'asks-answers');
    expect(data).toEqual({
      upgrade: 'true',
      kubernetes: 'v1.36.3',
      deployments: 'true',
      removed: 'false',
      extra: 'none',
    });
  });

  test('a plan knows the number of the revision that a deploy would make', async () => {
    const inputs = {
      ...chart,
      set: 'lookup=true',
      'values-inline': 'extra: "{{ .Release.Revision }}"',
    };
    const { log } = await world.run({ ...inputs, command: 'plan' });
    expect(log).toMatch(/data\.extra: none → .*3/);
    await world.run(inputs);
    expect((await world.get('configmaps', 'asks-answers')).data.extra).toBe('3');
  });

  test('the chart of a pull request gets no answers, and the plan says so', async () => {
    const calls = world.helmArguments().length;
    const inputs = { ...chart, command: 'plan', set: 'lookup=true' };
    const { log } = await world.run(inputs, { event: 'pull_request' });
    expect(log).toContain('for a pull request it is rendered without answers');
    expect(world.helmArguments().slice(calls).flat()).not.toContain('--dry-run=server');
  });
});
