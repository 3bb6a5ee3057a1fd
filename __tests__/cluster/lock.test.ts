import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { until } from '../../local-cluster/wait.ts';
import { HELMS } from '../action/helm-shim.ts';
import { createWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld(HELMS[0]?.version ?? '');
});
afterAll(() => world.end());

/** Runs of a workflow differ in their id, which is how one names the other. */
const asRun = (id: string) => ({ environment: { GITHUB_RUN_ID: id } });

/** Ten seconds each: who does not proceed waits for a sign of life of the other, which renews its Lease that often. */
const ROUNDS = 20;

const READY_AFTER = 'local-cluster/ready-after';

/** Until then no pod is ready, so the run that proceeds is at work for as long as the other one lives. */
async function letPodsBeReady(): Promise<void> {
  for (const { metadata } of await world.list('pods')) {
    if (metadata.annotations?.[READY_AFTER] === '0s') continue;
    const url = `/api/v1/namespaces/${world.namespace}/pods/${metadata.name}`;
    const body = { metadata: { annotations: { [READY_AFTER]: '0s' } } };
    await world.api(url, { method: 'PATCH', body });
  }
}

test(
  'two runs at once, 20 times: one proceeds, the other names it and writes nothing',
  async () => {
    for (let round = 1; round <= ROUNDS; round++) {
      // Another annotation makes new pods.
      const annotations = `{ ${READY_AFTER}: 10m, round: "${round}" }`;
      const inputs = { 'values-inline': `{ replicas: 1, podAnnotations: ${annotations} }` };
      const users = ['deployer', 'namespace-admin'] as const;
      const before = users.map((user) => world.writes(user).length);
      let ended = 0;
      const both = Promise.all(
        users.map(async (user, index) => {
          const result = await world.run(inputs, { ...asRun(`100${index}`), user });
          ended += 1;
          return result;
        }),
      );
      await until('the run that does not proceed', async () => ended > 0);
      await until('the run that proceeds', async () => {
        await letPodsBeReady();
        return ended === 2;
      });
      const runs = await both;
      const loser = runs.findIndex(({ code }) => code !== 0);
      expect(runs[1 - loser]?.outputs).toMatchObject({
        outcome: 'deployed',
        revision: String(round),
      });
      expect(runs[loser]?.outputs).toMatchObject({ outcome: 'refused', 'reason-code': 'locked' });
      expect(runs[loser]?.log).toContain(`/actions/runs/100${1 - loser}`);
      expect(world.writes(users[loser] ?? '').length).toBe(before[loser]);
    }
  },
  ROUNDS * 30_000,
);
