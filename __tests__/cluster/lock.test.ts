import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { HELMS } from '../action/helm-shim.ts';
import { createWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld(HELMS[0]?.version ?? '');
});
afterAll(() => world.end());

/** Runs of a workflow differ in their id, which is how one names the other. */
const asRun = (id: string) => ({ environment: { GITHUB_RUN_ID: id } });

test('two runs at once, 20 times: one proceeds, the other names it and writes nothing', async () => {
  for (let round = 1; round <= 20; round++) {
    const inputs = {
      'values-inline': 'podAnnotations: { local-cluster/ready-after: 2s }',
      set: `message=round ${round}`,
    };
    const users = ['deployer', 'namespace-admin'] as const;
    const before = users.map((user) => world.writes(user).length);
    const runs = await Promise.all(
      users.map((user, index) => world.run(inputs, { ...asRun(`100${index}`), user })),
    );
    const loser = runs.findIndex(({ code }) => code !== 0);
    expect(runs[1 - loser]?.outputs).toMatchObject({
      outcome: 'deployed',
      revision: String(round),
    });
    expect(runs[loser]?.outputs).toMatchObject({ outcome: 'refused', 'reason-code': 'locked' });
    expect(runs[loser]?.log).toContain(`/actions/runs/100${1 - loser}`);
    expect(world.writes(users[loser] ?? '').length).toBe(before[loser]);
  }
});
