/* Login, deploy, no change, a failing rollout and its rollback: by each way into each cloud, as the runner starts it. */
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { HELMS } from '../action/helm-shim.ts';
import { LOGINS } from '../cloud/places.ts';
import { type Cloud, startCloud } from '../cloud/world.ts';
import { createLoginWorld, expectNoSecret, type LoginWorld } from './world.ts';

jest.setTimeout(300_000);

let cloud: Cloud;
beforeAll(async () => {
  cloud = await startCloud();
});
afterAll(() => cloud.stop());

const ways = Object.entries(LOGINS).map(([way, login]) => ({ way, login }));

describe.each(HELMS)('helm $version', ({ version }) => {
  describe.each(ways)('$way', ({ login }) => {
    let world: LoginWorld;
    beforeAll(async () => {
      world = await createLoginWorld(cloud, version, { login });
    });

    /* One story, in order. */

    test('deploys', async () => {
      const { code, outputs } = await world.run();
      expect(outputs).toMatchObject({ outcome: 'deployed', revision: '1' });
      expect(code).toBe(0);
      expect(await world.readyByTag()).toEqual({ '1.0': '2/2' });
    });

    test('sees that nothing has changed', async () => {
      const { outputs } = await world.run();
      expect(outputs).toMatchObject({ outcome: 'unchanged', revision: '1' });
    });

    test('comes back from a failing rollout', async () => {
      const { code, outputs } = await world.run({ set: 'tag=crash-loop' });
      expect(outputs).toMatchObject({ outcome: 'rolled-back', 'reason-code': 'crash-loop' });
      expect(code).toBe(1);
      expect(await world.readyByTag()).toEqual({ '1.0': '2/2', 'crash-loop': '0/0' });
    });

    test('helm got nothing of the login', () => {
      const calls = world.callsOfHelm();
      expect(calls.map(({ arguments: [command] }) => command)).toContain('rollback');
      expectNoSecret(
        cloud,
        calls.flatMap(({ arguments: words, environment }) => [...words, environment]),
      );
      const names = calls.flatMap(({ environment }) => environment.match(/^\w+(?==)/gm) ?? []);
      expect(names.filter((name) => /^(ACTIONS|AWS|CLOUDSDK|GOOGLE)_/.test(name))).toEqual([]);
    });
  });
});

test('the API server has refused nothing', () => {
  expect(cloud.refusals()).toEqual([]);
});
