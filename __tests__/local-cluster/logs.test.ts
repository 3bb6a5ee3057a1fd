import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { open } from '../../local-cluster/api.ts';
import { until } from '../../local-cluster/wait.ts';
import { ready, statusWhen, useCluster, waitingFor } from './under-test.ts';

let world: Awaited<ReturnType<typeof useCluster>>;
beforeAll(async () => {
  world = await useCluster();
});
afterAll(() => world.end());

const read = async (pod: string, query = '') => (await world.api(`${pod}/log?${query}`)).body;

describe('logs fit the scenario', () => {
  test('of a container that is ready', async () => {
    const pod = await world.createPod({ name: 'ready' });
    await statusWhen(world.api, pod, ready);
    expect(await read(pod)).toBe('app: starting, run 1\nlistening on port 8080\n');
    const { status, body } = await world.api(`${pod}/log?container=app&previous=true`);
    expect(status).toBe(400);
    expect(body.message).toBe('previous terminated container "app" in pod "ready" not found');
  });

  test('of a crash loop, current and previous', async () => {
    const pod = await world.createPod({ name: 'crash-loop', image: 'app:crash-loop' });
    await statusWhen(world.api, pod, ({ phase }) => phase === 'Running');
    await statusWhen(world.api, pod, waitingFor('CrashLoopBackOff'));
    for (const query of ['previous=true', 'previous=false']) {
      expect(await read(pod, query)).toMatch(
        /^app: starting, run \d\n.*DATABASE_URL is not set\n$/s,
      );
    }
  });

  test('of a container that has recovered: the previous run is the crash', async () => {
    const pod = await world.createPod({ name: 'crash-twice', image: 'app:crash-twice' });
    await statusWhen(world.api, pod, ready);
    expect(await read(pod)).toBe('app: starting, run 3\nlistening on port 8080\n');
    expect(await read(pod, 'previous=true')).toMatch(/^app: starting, run 2\n.*refused\n$/s);
  });

  test.each([
    ['no-image', 'ImagePullBackOff', 'trying and failing to pull image'],
    ['missing-key', 'CreateContainerConfigError', 'CreateContainerConfigError'],
    ['invalid-image', 'InvalidImageName', 'InvalidImageName'],
  ])('of %s: there is none yet', async (scenario, reason, why) => {
    const pod = await world.createPod({ name: scenario, image: `app:${scenario}` });
    await statusWhen(world.api, pod, waitingFor(reason));
    const { status, body } = await world.api(`${pod}/log`);
    expect(status).toBe(400);
    expect(body.message).toBe(`container "app" in pod "${scenario}" is waiting to start: ${why}`);
  });

  test('of a failed migration, and of one that hangs', async () => {
    const spec = { restartPolicy: 'Never' };
    const fails = await world.createPod({ name: 'fail', image: 'app:fail', spec });
    const hangs = await world.createPod({ name: 'hang', image: 'app:hang', spec });
    await statusWhen(world.api, fails, ({ phase }) => phase === 'Failed');
    expect(await read(fails)).toMatch(/migration 7: relation "accounts" does not exist\n$/);
    await statusWhen(world.api, hangs, ready);
    expect(await read(hangs)).toMatch(/waiting for the migration lock\n$/);
  });

  test('of a probe that fails', async () => {
    const pod = await world.createPod({ name: 'unready', image: 'app:unready' });
    await statusWhen(world.api, pod, ({ phase }) => phase === 'Running');
    expect(await read(pod)).toMatch(/GET \/healthz 503: the database does not answer\n$/);
  });

  test('of two containers and an init container: each says its name', async () => {
    const [app, proxy, init] = ['app', 'proxy', 'init'].map((name) => ({
      name,
      image: `${name}:1`,
    }));
    const spec = { initContainers: [init], containers: [app, proxy] };
    const pod = await world.createPod({ name: 'several', spec });
    await statusWhen(world.api, pod, ready);
    expect(await read(pod, 'container=proxy')).toMatch(/^proxy: starting/);
    expect(await read(pod, 'container=init')).toMatch(/^init: starting.*done\n$/s);
  });
});

describe('what can be asked of a log', () => {
  let pod: string;
  beforeAll(async () => {
    const annotations = { scenario: 'fail', log: 'one\ntwo\npassword=hunter2\n' };
    pod = await world.createPod({ name: 'literal', annotations, spec: { restartPolicy: 'Never' } });
    await statusWhen(world.api, pod, ({ phase }) => phase === 'Failed');
  });

  test('lines of our own, the last one being the message of the end', async () => {
    expect(await read(pod)).toBe('one\ntwo\npassword=hunter2\n');
    const { containerStatuses } = (await world.api(pod)).body.status;
    expect(containerStatuses[0].state.terminated.message).toBe('password=hunter2');
  });

  test.each([
    ['tailLines=2', 'two\npassword=hunter2\n'],
    ['tailLines=0', ''],
    ['limitBytes=5', 'one\nt'],
    ['sinceTime=2100-01-01T00:00:00Z', ''],
    ['sinceSeconds=3600', 'one\ntwo\npassword=hunter2\n'],
  ])('%s', async (query, expected) => {
    expect(await read(pod, query)).toBe(expected);
  });

  test('timestamps', async () => {
    expect(await read(pod, 'timestamps=true&tailLines=1')).toMatch(
      /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z password=hunter2\n$/,
    );
  });

  test('follow: lines as they come, until the container ends', async () => {
    const annotations = { 'complete-after': '2s' };
    const spec = { restartPolicy: 'Never' };
    const task = await world.createPod({ name: 'task', annotations, spec });
    await statusWhen(world.api, task, ready);
    const started = read(task);
    const followed = await text(await open(world.connection, `${task}/log?follow=true`));
    expect(followed).toMatch(/^app: starting, run 1\n.*done\n$/s);
    expect(followed.startsWith(await started)).toBe(true);
    expect((await world.api(task)).body.status.phase).toBe('Succeeded');
  });

  test('follow ends when the Pod is deleted', async () => {
    const service = await world.createPod({ name: 'service' });
    await statusWhen(world.api, service, ready);
    const followed = text(await open(world.connection, `${service}/log?follow=true`));
    await world.api(service, { method: 'DELETE' });
    await until('the Pod to be gone', async () => (await world.api(service)).status === 404);
    expect(await followed).toContain('listening on port 8080');
  });
});
