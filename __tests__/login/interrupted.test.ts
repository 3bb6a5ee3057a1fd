/* Cancelled or killed in the middle: the post step removes what is left of the login. */
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { HELMS } from '../action/helm-shim.ts';
import { LOGINS } from '../cloud/places.ts';
import { type Cloud, startCloud } from '../cloud/world.ts';
import { createLoginWorld, expectNoSecret, toTexts } from './world.ts';

jest.setTimeout(300_000);

let cloud: Cloud;
beforeAll(async () => {
  cloud = await startCloud();
});
afterAll(() => cloud.stop());

const [{ version }] = HELMS as [(typeof HELMS)[number]];

describe.each(['eks', 'gke, service account'] as const)('%s', (way) => {
  test.each(['SIGINT', 'SIGKILL'] as const)('%s', async (signal) => {
    const world = await createLoginWorld(cloud, version, { login: LOGINS[way] });
    const step = world.step();
    const podAnnotations = { 'local-cluster/ready-after': '120s' };
    const running = world.start(step, { 'values-inline': JSON.stringify({ podAnnotations }) });
    await running.says(/… Deployment web/);
    expect(step.left().join('\n')).toContain('cluster-token');

    running.process.kill(signal);
    const result = await running.ended;
    const post = await step.post();
    expect(post.code).toBe(0);
    expect(step.left()).toEqual([]);
    expectNoSecret(cloud, [...toTexts(result), ...toTexts(post), ...step.texts()]);
    step.end();
  });
});
