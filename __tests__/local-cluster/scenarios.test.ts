import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { until } from '../../local-cluster/wait.ts';
import { ready, statusWhen, useCluster, waitingFor } from './under-test.ts';

let world: Awaited<ReturnType<typeof useCluster>>;
beforeAll(async () => {
  world = await useCluster();
});
afterAll(() => world.end());

/** By image tag and by annotation, as a Pod of a Deployment would have it. */
function start(scenario: string, by: string, spec?: object): Promise<string> {
  const name = `${scenario}-${by}`;
  return by === 'tag'
    ? world.createPod({ name, image: `localhost:5000/example/app:${scenario}`, spec })
    : world.createPod({ name, annotations: { scenario }, spec });
}

/** The Pod's Warning event of that reason whose message matches. */
function warning(pod: string, reason: string, message: RegExp) {
  const name = pod.split('/').at(-1);
  const field = `involvedObject.kind=Pod,involvedObject.name=${name},type=Warning,reason=${reason}`;
  const path = `/api/v1/namespaces/${world.namespace}/events?fieldSelector=${field}`;
  return until(`a ${reason} event of ${name} like ${message}`, async () =>
    (await world.api(path)).body.items.find((event: { message: string }) =>
      message.test(event.message),
    ),
  );
}

describe.each(['tag', 'annotation'])('by %s', (by) => {
  test('ready: runs and becomes ready', async () => {
    const status = await statusWhen(world.api, await start('ready', by), ready);
    expect(status.phase).toBe('Running');
    expect(status.podIP).toMatch(/^10\.244\./);
    expect(status.containerStatuses[0]).toMatchObject({ ready: true, restartCount: 0 });
  });

  test('crash-loop: restarts 1, 2, 3, one after the other', async () => {
    const pod = await start('crash-loop', by);
    const seen = new Set<number>();
    const status = await statusWhen(world.api, pod, (now) => {
      const restarts = now.containerStatuses?.[0].restartCount ?? 0;
      seen.add(restarts);
      return restarts >= 3;
    });
    expect([...seen]).toEqual([0, 1, 2, 3]);
    expect(status.containerStatuses[0]).toMatchObject({
      ready: false,
      state: { waiting: { reason: 'CrashLoopBackOff' } },
      lastState: {
        terminated: { exitCode: 3, reason: 'Error', message: 'config: DATABASE_URL is not set' },
      },
    });
    const event = await warning(
      pod,
      'BackOff',
      /^Back-off restarting failed container app in pod /,
    );
    expect(event.involvedObject.fieldPath).toBe('spec.containers{app}');
  });

  test('crash-twice: recovers after the second crash', async () => {
    const pod = await start('crash-twice', by);
    await statusWhen(world.api, pod, waitingFor('CrashLoopBackOff'));
    const status = await statusWhen(world.api, pod, ready);
    expect(status.containerStatuses[0]).toMatchObject({
      ready: true,
      restartCount: 2,
      lastState: { terminated: { exitCode: 3 } },
    });
  });

  test('no-image: the pull fails, then backs off', async () => {
    const pod = await start('no-image', by);
    await statusWhen(world.api, pod, waitingFor('ErrImagePull'));
    const status = await statusWhen(world.api, pod, waitingFor('ImagePullBackOff'));
    expect(status.phase).toBe('Pending');
    await warning(pod, 'Failed', /^Failed to pull image .*: not found$/);
    await warning(pod, 'Failed', /^Error: ImagePullBackOff$/);
  });

  test('invalid-image', async () => {
    const pod = await start('invalid-image', by);
    await statusWhen(world.api, pod, waitingFor('InvalidImageName'));
    await warning(pod, 'InspectFailed', /invalid reference format$/);
  });

  test('missing-key: names the key and the Secret that the container asks for', async () => {
    const secretKeyRef = { name: 'login', key: 'password' };
    const env = [{ name: 'PASSWORD', valueFrom: { secretKeyRef } }];
    const image = by === 'tag' ? 'app:missing-key' : 'app:1';
    const pod = await start('missing-key', by, { containers: [{ name: 'app', image, env }] });
    const status = await statusWhen(world.api, pod, waitingFor('CreateContainerConfigError'));
    const message = `couldn't find key password in Secret ${world.namespace}/login`;
    expect(status.containerStatuses[0].state.waiting.message).toBe(message);
    await warning(pod, 'Failed', new RegExp(`^Error: ${message}$`));
  });

  test('unready: runs, never ready, says why', async () => {
    const pod = await start('unready', by);
    await warning(pod, 'Unhealthy', /^Readiness probe failed: /);
    const { status } = (await world.api(pod)).body;
    expect(status.phase).toBe('Running');
    expect(ready(status)).toBe(false);
  });
});

describe('Pods that are to end', () => {
  const ends = { restartPolicy: 'Never' };

  test('complete, even without a Job as owner', async () => {
    const pod = await world.createPod({ name: 'migrate', spec: ends });
    const status = await statusWhen(world.api, pod, ({ phase }) => phase === 'Succeeded');
    expect(status.containerStatuses[0].state.terminated).toMatchObject({ exitCode: 0 });
  });

  test('fail: exit code 1 and a message', async () => {
    const pod = await world.createPod({ name: 'fail', image: 'app:fail', spec: ends });
    const failed = await statusWhen(world.api, pod, ({ phase }) => phase === 'Failed');
    expect(failed.containerStatuses[0].state.terminated).toMatchObject({
      exitCode: 1,
      reason: 'Error',
      message: 'migration 7: relation "accounts" does not exist',
    });
  });

  test('hang: runs for ever', async () => {
    const spec = { ...ends, containers: [{ name: 'app', image: 'app:hang' }] };
    const hangs = await world.createPod({ name: 'hangs', spec });
    await statusWhen(world.api, hangs, ready);
    const later = await world.createPod({ name: 'later', spec: ends });
    await statusWhen(world.api, later, ({ phase }) => phase === 'Succeeded');
    expect((await world.api(hangs)).body.status.phase).toBe('Running');
  });

  test('a Job gives up after its backoffLimit', async () => {
    const jobs = `/apis/batch/v1/namespaces/${world.namespace}/jobs`;
    const containers = [{ name: 'task', image: 'example/task:fail' }];
    const template = { spec: { restartPolicy: 'Never', containers } };
    const body = { metadata: { name: 'upgrade' }, spec: { backoffLimit: 0, template } };
    await world.api(jobs, { method: 'POST', body });
    const status = await statusWhen(world.api, `${jobs}/upgrade`, ({ conditions }) =>
      conditions?.some(({ type }: { type: string }) => type === 'Failed'),
    );
    expect(status.failed).toBe(1);
  });
});

describe('details', () => {
  test('the annotation wins over the tag', async () => {
    const annotations = { scenario: 'ready' };
    const pod = await world.createPod({ name: 'wins', image: 'app:no-image', annotations });
    await statusWhen(world.api, pod, ready);
  });

  test('a tag befalls its container only; init containers are done', async () => {
    const spec = {
      initContainers: [{ name: 'init', image: 'init:1' }],
      containers: [
        { name: 'app', image: 'app:1' },
        { name: 'worker', image: `worker:crash-loop@sha256:${'0'.repeat(64)}` },
        { name: 'proxy', image: 'localhost:5000/proxy:crash-loop' },
      ],
    };
    const pod = await world.createPod({ name: 'several', spec });
    const status = await statusWhen(
      world.api,
      pod,
      ({ containerStatuses }) => containerStatuses?.[2].restartCount > 0,
    );
    const { containerStatuses, initContainerStatuses } = status;
    expect(containerStatuses[0]).toMatchObject({ ready: true, restartCount: 0 });
    expect(containerStatuses[1]).toMatchObject({ ready: false, restartCount: 1 });
    expect(containerStatuses[2]).toMatchObject({ ready: false, restartCount: 1 });
    expect(initContainerStatuses[0].state.terminated.reason).toBe('Completed');
  });

  test('an ordinary tag that only contains a word means nothing', async () => {
    const pod = await world.createPod({ name: 'ordinary', image: 'app:1.0-crash-loop-fix' });
    await statusWhen(world.api, pod, ready);
  });

  test('a misspelt annotation says which words there are', async () => {
    const pod = await world.createPod({ name: 'misspelt', annotations: { scenario: 'crashloop' } });
    const status = await statusWhen(world.api, pod, waitingFor('CreateContainerError'));
    expect(status.containerStatuses[0].state.waiting.message).toContain('crash-loop');
  });

  test('ready-after and complete-after delay', async () => {
    const annotations = { 'ready-after': '2s', 'complete-after': '1s' };
    const spec = { restartPolicy: 'Never' };
    const pod = await world.createPod({ name: 'slow', annotations, spec });
    await statusWhen(world.api, pod, ({ phase }) => phase === 'Running');
    expect(ready((await world.api(pod)).body.status)).toBe(false);
    const { conditions, containerStatuses } = await statusWhen(
      world.api,
      pod,
      ({ phase }) => phase === 'Succeeded',
    );
    const { startedAt, finishedAt } = containerStatuses[0].state.terminated;
    const seconds = (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000;
    expect(seconds).toBeGreaterThanOrEqual(2); // of 3: Kubernetes keeps whole seconds
    expect(conditions).toContainEqual(expect.objectContaining({ reason: 'PodCompleted' }));
  });

  test('a Pod that asks for too much is unschedulable for real', async () => {
    const resources = { requests: { cpu: '2000' } };
    const containers = [{ name: 'app', image: 'app:1', resources }];
    const pod = await world.createPod({ name: 'huge', spec: { containers } });
    const { conditions } = await statusWhen(world.api, pod, (status) => status.conditions);
    expect(conditions[0]).toMatchObject({ type: 'PodScheduled', reason: 'Unschedulable' });
    expect(conditions[0].message).toContain('0/3 nodes are available: 3 Insufficient cpu');
  });

  test('a deleted Pod is gone', async () => {
    const pod = await world.createPod({
      name: 'short-lived',
      spec: { terminationGracePeriodSeconds: 30 },
    });
    await statusWhen(world.api, pod, ready);
    await world.api(pod, { method: 'DELETE' });
    await until('the Pod to be gone', async () => (await world.api(pod)).status === 404);
  });
});
