/*
 * Tokens that live 120 s, a pre-upgrade hook of 150 s and a rollout of 60 s: not one request is refused,
 * in the deploy nor in the rollback after a rollout that fails. It takes its time, so all of it runs at once.
 */
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { HELMS } from '../action/helm-shim.ts';
import type { ActionResult } from '../action/run-action.ts';
import { LOGINS } from '../cloud/places.ts';
import { type Cloud, startCloud } from '../cloud/world.ts';
import { createLoginWorld, type LoginWorld } from './world.ts';

const LIFE = 120;
const HOOK = 150;
const ROLLOUT = 60;

jest.setTimeout(600_000);

const slowHook = { migrate: 'ready', migrateAnnotations: seconds('complete-after', HOOK) };

const STORIES = {
  'a rollout that succeeds': {
    inputs: {
      timeout: '8m',
      set: 'tag=1.1',
      'values-inline': JSON.stringify({
        hooks: slowHook,
        podAnnotations: seconds('ready-after', ROLLOUT),
      }),
    },
    outputs: { outcome: 'deployed', revision: '2' },
    ready: { '1.1': '2/2', '1.0': '0/0' },
  },
  'a rollout that fails, and its rollback': {
    inputs: {
      timeout: `${HOOK + ROLLOUT}s`,
      set: 'tag=unready',
      'values-inline': JSON.stringify({ hooks: slowHook }),
    },
    outputs: { outcome: 'rolled-back', revision: '3' },
    ready: { '1.0': '2/2', unready: '0/0' },
  },
} as const;

const cases = HELMS.flatMap(({ version }) =>
  (['eks', 'gke, direct federation'] as const).flatMap((way) =>
    (Object.keys(STORIES) as (keyof typeof STORIES)[]).map((story) => ({ version, way, story })),
  ),
);

let cloud: Cloud;
let told: readonly Told[];
beforeAll(async () => {
  cloud = await startCloud({ life: LIFE });
  told = await Promise.all(cases.map(tell));
});
afterAll(() => cloud.stop());

interface Told {
  readonly world: LoginWorld;
  readonly result: ActionResult;
  /** Seconds. */
  readonly took: number;
}

async function tell({ version, way, story }: (typeof cases)[number]): Promise<Told> {
  const world = await createLoginWorld(cloud, version, { login: LOGINS[way] });
  const first = await world.run();
  expect(first.outputs).toMatchObject({ outcome: 'deployed', revision: '1' });
  const begun = performance.now();
  const result = await world.run(STORIES[story].inputs);
  return { world, result, took: (performance.now() - begun) / 1000 };
}

describe.each(cases.map((one, index) => ({ ...one, index })))(
  'helm $version, $way: $story',
  ({ story, index }) => {
    const { outputs, ready } = STORIES[story];

    test('ends as it should', async () => {
      const { world, result } = told[index] as Told;
      expect(result.outputs).toMatchObject(outputs);
      expect(await world.readyByTag()).toEqual(ready);
    });

    test('outlived its first token', () => {
      expect((told[index] as Told).took).toBeGreaterThan(LIFE + ROLLOUT);
    });
  },
);

test('not one request was refused with 401', () => {
  expect(cloud.refusals()).toEqual([]);
});

function seconds(annotation: string, count: number): Record<string, string> {
  return { [`local-cluster/${annotation}`]: `${count}s` };
}
