import { stat } from 'node:fs/promises';
import { request } from 'node:https';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ready, statusWhen, useCluster } from './under-test.ts';

let world: Awaited<ReturnType<typeof useCluster>>;
beforeAll(async () => {
  world = await useCluster();
});
afterAll(() => world.end());

test('says the version it was built from', async () => {
  const { body } = await world.api('/version');
  expect(body).toMatchObject({ gitVersion: 'v1.36.3', major: '1', minor: '36' });
});

test('has a certificate that only its own CA vouches for', async () => {
  const stranger = new Promise((_, reject) =>
    request(world.cluster.server).on('error', reject).end(),
  );
  await expect(stranger).rejects.toThrow(/certificate/);
});

test('keeps its tokens to itself', async () => {
  const { mode } = await stat(world.cluster.kubeconfig('deployer'));
  expect(mode & 0o777).toBe(0o600);
});

test('binds the claims of a StatefulSet, which comes up', async () => {
  const sets = `/apis/apps/v1/namespaces/${world.namespace}/statefulsets`;
  const labels = { app: 'database' };
  const body = {
    metadata: { name: 'database' },
    spec: {
      replicas: 2,
      serviceName: 'database',
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ name: 'app', image: 'database:1' }] },
      },
      volumeClaimTemplates: [
        {
          metadata: { name: 'data' },
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
        },
      ],
    },
  };
  await world.api(sets, { method: 'POST', body });
  await statusWhen(world.api, `${sets}/database`, ({ readyReplicas }) => readyReplicas === 2);
  const claims = await world.api(`/api/v1/namespaces/${world.namespace}/persistentvolumeclaims`);
  expect(claims.body.items.map(({ status }: { status: object }) => status)).toMatchObject([
    { phase: 'Bound' },
    { phase: 'Bound' },
  ]);
});

test('rolls a Deployment out; a crash loop in the new revision leaves the old one serving', async () => {
  const deployments = `/apis/apps/v1/namespaces/${world.namespace}/deployments`;
  const labels = { app: 'web' };
  const template = (image: string) => ({
    metadata: { labels },
    spec: { containers: [{ name: 'app', image }] },
  });
  const spec = { selector: { matchLabels: labels }, template: template('web:1') };
  await world.api(deployments, { method: 'POST', body: { metadata: { name: 'web' }, spec } });
  await statusWhen(world.api, `${deployments}/web`, ({ availableReplicas }) => availableReplicas);
  const patch = { spec: { template: template('web:crash-loop') } };
  await world.api(`${deployments}/web`, { method: 'PATCH', body: patch });
  const pods = `/api/v1/namespaces/${world.namespace}/pods?labelSelector=app=web`;
  const status = await statusWhen(
    world.api,
    `${deployments}/web`,
    ({ updatedReplicas, unavailableReplicas }) =>
      updatedReplicas === 1 && unavailableReplicas === 1,
  );
  expect(status.availableReplicas).toBe(1);
  const { items } = (await world.api(pods)).body;
  expect(items.filter(({ status }: { status: object }) => ready(status))).toHaveLength(1);
});
