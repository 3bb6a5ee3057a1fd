/*
 * A login that the cloud renews no more, in a hook or in our watch: the run says so, claims nothing that it
 * could not do or see any more, and the next run goes on. All of it at once, because it waits for tokens to end.
 */
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { HELMS } from '../action/helm-shim.ts';
import type { ActionResult } from '../action/run-action.ts';
import { EKS, LOGINS, SUBJECTS } from '../cloud/places.ts';
import { type Cloud, startCloud } from '../cloud/world.ts';
import { createLoginWorld, type LoginWorld } from './world.ts';

jest.setTimeout(300_000);

/** Seconds; longer than a token lives, and than the API server remembers it. */
const LONG = '60s';

const MOMENTS = {
  'in a hook': {
    hooks: { migrate: 'ready', migrateAnnotations: { 'local-cluster/complete-after': LONG } },
  },
  'in our watch': { podAnnotations: { 'local-cluster/ready-after': LONG } },
} as const;

const cases = HELMS.flatMap(({ version }) =>
  (Object.keys(MOMENTS) as (keyof typeof MOMENTS)[]).map((moment) => ({ version, moment })),
);

interface Told {
  readonly world: LoginWorld;
  readonly expired: ActionResult;
  readonly next: ActionResult;
}

let cloud: Cloud;
let told: readonly Told[];
beforeAll(async () => {
  cloud = await startCloud({ life: 30 });
  const started = await Promise.all(cases.map(begin));
  cloud.aws.roles.delete(EKS.deployRole);
  const expired = await Promise.all(started.map(({ ended }) => ended));
  cloud.aws.roles.set(EKS.deployRole, { subjects: [SUBJECTS.deploy] });
  cloud.aws.sessionSeconds = 0;
  const next = await Promise.all(started.map(({ world }) => world.run({ set: 'tag=1.1' })));
  told = started.map(({ world }, index) => ({
    world,
    expired: expired[index] as ActionResult,
    next: next[index] as ActionResult,
  }));
});
afterAll(() => cloud.stop());

async function begin({ version, moment }: (typeof cases)[number]) {
  const world = await createLoginWorld(cloud, version, { login: LOGINS.eks });
  const inputs = { 'values-inline': JSON.stringify(MOMENTS[moment]), timeout: '3m' };
  const step = world.step();
  const running = world.start(step, inputs);
  await running.says(moment === 'in a hook' ? /… Job web-migrate/ : /… Deployment web: 0 of 2/);
  return { world, ended: running.ended.finally(step.end) };
}

describe.each(cases.map((one, index) => ({ ...one, index })))(
  'helm $version, $moment',
  ({ index }) => {
    test('the login is the cause, and nothing is claimed that was not done', () => {
      const { code, outputs, log, summary } = (told[index] as Told).expired;
      expect(code).toBe(1);
      expect(log).toMatch(/Login could not be renewed before it ended at \d\d:\d\d:\d\d/);
      expect(log).toContain(EKS.deployRole);
      expect(log).toMatch(/warning: The login to the cluster lives for \d+ s only, and helm looks/);
      expect(outputs).toMatchObject({ outcome: 'failed', 'reason-code': 'login-expired' });
      expect(summary).not.toMatch(/another one took over|is recorded as failed/);
    });

    test('the next run goes on', async () => {
      const { world, next } = told[index] as Told;
      expect(next.outputs).toMatchObject({ outcome: 'deployed' });
      expect(await world.readyByTag()).toMatchObject({ '1.1': '2/2' });
    });
  },
);
