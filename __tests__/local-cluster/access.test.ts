import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { users } from '../../local-cluster/users.ts';
import { pod, useCluster } from './under-test.ts';

let world: Awaited<ReturnType<typeof useCluster>>;
beforeAll(async () => {
  world = await useCluster();
});
afterAll(() => world.end());

const core = () => `/api/v1/namespaces/${world.namespace}`;
const roles = () => `/apis/rbac.authorization.k8s.io/v1/namespaces/${world.namespace}/roles`;

describe('who may do what', () => {
  test.each([
    // user, reads Pods, creates Pods, reads Secrets, creates Roles, lists nodes
    ['admin', 200, 201, 200, 201, 200],
    ['namespace-admin', 200, 201, 200, 201, 403],
    ['deployer', 200, 201, 200, 403, 403],
    ['reader', 200, 403, 403, 403, 403],
    ['nobody', 403, 403, 403, 403, 403],
  ] as const)('%s', async (user, readPods, createPods, readSecrets, createRoles, listNodes) => {
    const api = world.as(user);
    const newPod = { method: 'POST', body: pod({ name: `pod-of-${user}` }) } as const;
    const newRole = { method: 'POST', body: { metadata: { name: user } } } as const;
    expect((await api(`${core()}/pods`)).status).toBe(readPods);
    expect((await api(`${core()}/pods`, newPod)).status).toBe(createPods);
    expect((await api(`${core()}/secrets`)).status).toBe(readSecrets);
    expect((await api(roles(), newRole)).status).toBe(createRoles);
    expect((await api('/api/v1/nodes')).status).toBe(listNodes);
  });

  test.each(['deployer', 'namespace-admin', 'reader'] as const)(
    '%s has no rights in another namespace',
    async (user) => {
      expect((await world.as(user)('/api/v1/namespaces/kube-system/pods')).status).toBe(403);
    },
  );

  test('the deployer may hold a Lease: our lock', async () => {
    const leases = `/apis/coordination.k8s.io/v1/namespaces/${world.namespace}/leases`;
    const body = { metadata: { name: 'lock' } };
    expect((await world.as('deployer')(leases, { method: 'POST', body })).status).toBe(201);
  });

  test('each is known by its own name', async () => {
    for (const user of users) {
      const review = { method: 'POST', body: {} } as const;
      const path = '/apis/authentication.k8s.io/v1/selfsubjectreviews';
      const { body } = await world.as(user)(path, review);
      expect(body.status.userInfo.username).toBe(user);
    }
  });
});

describe('audit log', () => {
  const lines = async () => {
    const log = await readFile(world.cluster.auditLog, 'utf8');
    return log
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
  };

  test('a write is there when its request has ended', async () => {
    const body = { metadata: { name: 'noted' }, stringData: { password: 'never in the log' } };
    await world.as('deployer')(`${core()}/secrets`, { method: 'POST', body });
    expect(await lines()).toContainEqual(
      expect.objectContaining({
        verb: 'create',
        user: expect.objectContaining({ username: 'deployer' }),
        objectRef: expect.objectContaining({
          resource: 'secrets',
          namespace: world.namespace,
          name: 'noted',
        }),
        responseStatus: expect.objectContaining({ code: 201 }),
      }),
    );
    expect(await readFile(world.cluster.auditLog, 'utf8')).not.toContain('never in the log');
  });

  test('a refused read too', async () => {
    await world.as('reader')(`${core()}/secrets/noted`);
    expect(await lines()).toContainEqual(
      expect.objectContaining({
        verb: 'get',
        user: expect.objectContaining({ username: 'reader' }),
        objectRef: expect.objectContaining({ resource: 'secrets', name: 'noted' }),
        responseStatus: expect.objectContaining({ code: 403 }),
      }),
    );
  });
});
