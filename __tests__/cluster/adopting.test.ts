import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { HELMS } from '../action/helm-shim.ts';
import { createWorld, type World } from './world.ts';

describe.each(HELMS)('helm $version', ({ version }) => {
  let world: World;
  beforeAll(async () => {
    world = await createWorld(version);
  });
  afterAll(() => world.end());

  /* One story, in order: each test goes on from what the one before left. */

  const values = ['--set', 'tag=1.1,replicas=1,password=of-theirs'];
  const drops = (text: string, path: string) => expect(text).toMatch(new RegExp(`\\b${path}\\b`));

  test('a plan lists the deployed values that no layer sets, and changes nothing', async () => {
    await world.foreignUpgrade(version, ['--install', ...values]);
    const { code, summary, log } = await world.run({ command: 'plan', set: 'tag=1.1' });
    expect(code).toBe(0);
    expect(log).toMatch(
      /Release web was deployed by somebody else's helm \(revision 1, \d{4}-\d\d-\d\d\); this deploy takes it over\./,
    );
    drops(summary, 'replicas');
    drops(summary, 'password');
    expect(summary + log).not.toContain('of-theirs');
    expect(await world.history()).toHaveLength(1);
  });

  test('equal, but with a value of its own: deployed over, never trusted as it is', async () => {
    const inline = 'replicas: 1\npassword: of-theirs\ntag: "1.1"';
    await world.foreignUpgrade(version, [...values, '--set', 'unused=1']);
    const { outputs, log } = await world.run({ 'values-inline': inline });
    expect(log).toContain('takes it over and drops the values that no layer sets');
    expect(outputs).toMatchObject({ outcome: 'deployed', revision: '3' });
    const again = await world.run({ 'values-inline': inline });
    expect(again.outputs).toMatchObject({ outcome: 'unchanged', revision: '3' });
  });

  test('equal in its values as well: watched, then trusted', async () => {
    await world.foreignUpgrade(version, values);
    const inline = 'replicas: 1\npassword: of-theirs\ntag: "1.1"';
    const { outputs, log } = await world.run({ 'values-inline': inline });
    expect(log).toContain("changed by somebody else's helm (revision 4, ");
    expect(outputs).toMatchObject({ outcome: 'deployed', revision: '4' });
    expect((await world.history()).at(-1)?.labels).toMatchObject({ 'slipway-verified': '4' });
  });
});
