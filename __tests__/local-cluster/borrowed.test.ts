import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { call } from '../../local-cluster/api.ts';
import { type Cluster, startCluster } from '../../local-cluster/cluster.ts';
import { connect } from '../../local-cluster/kubeconfig.ts';
import { useCluster } from './under-test.ts';

/** Our own cluster in the role of another one, such as kind. */
let lender: Awaited<ReturnType<typeof useCluster>>;
let cluster: Cluster;
beforeAll(async () => {
  lender = await useCluster();
  process.env['SLIPWAY_KUBECONFIG'] = lender.cluster.kubeconfig('admin');
  cluster = await startCluster();
});
afterAll(async () => {
  delete process.env['SLIPWAY_KUBECONFIG'];
  await cluster.stop();
  await lender.end();
});

describe('SLIPWAY_KUBECONFIG', () => {
  test('is the administrator', () => {
    expect(cluster.kubeconfig('admin')).toBe(lender.cluster.kubeconfig('admin'));
    expect(cluster.server).toBe(lender.cluster.server);
    expect(cluster.auditLog).toBe('');
  });

  test('gives the others a ServiceAccount each', async () => {
    const namespace = `borrowed-${lender.namespace}`;
    await cluster.addNamespace(namespace);
    const pods = `/api/v1/namespaces/${namespace}/pods`;
    const secrets = `/api/v1/namespaces/${namespace}/secrets`;
    const status = async (user: 'reader' | 'deployer' | 'nobody', path: string) =>
      (await call(connect(cluster.kubeconfig(user)), path)).status;
    expect(await status('reader', pods)).toBe(200);
    expect(await status('reader', secrets)).toBe(403);
    expect(await status('deployer', secrets)).toBe(200);
    expect(await status('nobody', pods)).toBe(403);
  });
});
