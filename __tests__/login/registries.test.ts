/*
 * Charts and dependencies of ECR and Artifact Registry without a password, on a runner that reaches the clouds
 * by their real names, through a proxy alone.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { stringify } from 'yaml';
import { HELMS } from '../action/helm-shim.ts';
import { EKS, GKE, LOGINS } from '../cloud/places.ts';
import { type Cloud, startCloud } from '../cloud/world.ts';
import { packChart } from '../registry/charts.ts';
import { createLoginWorld } from './world.ts';

jest.setTimeout(300_000);

let cloud: Cloud;
const folder = mkdtempSync(path.join(tmpdir(), 'slipway-registries-'));
beforeAll(async () => {
  cloud = await startCloud();
  await cloud.registry.push('charts/shop', packChart('shop', '1.0.0'));
});
afterAll(async () => {
  await cloud.stop();
  rmSync(folder, { recursive: true, force: true });
});

const ECR = { host: EKS.registry, user: 'AWS', api: 'api.ecr.eu-west-1.amazonaws.com' } as const;
const ARTIFACT_REGISTRY = {
  ...{ host: GKE.registry, user: 'oauth2accesstoken', api: 'container.googleapis.com' },
} as const;

const ways = [
  { way: 'eks', ...ECR },
  { way: 'gke, direct federation', ...ARTIFACT_REGISTRY },
  { way: 'gke, service account', ...ARTIFACT_REGISTRY },
] as const;

describe.each(HELMS)('helm $version', ({ version }) => {
  describe.each(ways)('$way', ({ way, host, user, api }) => {
    const open = () =>
      createLoginWorld(cloud, version, { login: LOGINS[way], environment: cloud.behindProxy });

    test('a chart', async () => {
      const before = cloud.registry.admitted.length;
      const asked = cloud.proxy.asked.length;
      const world = await open();
      const chart = { chart: `oci://${host}/charts/shop`, 'chart-version': '1.0.0' };
      const { outputs } = await world.run({ ...chart, release: 'shop' });
      expect(outputs).toMatchObject({ outcome: 'deployed', revision: '1' });
      expect(cloud.registry.admitted.slice(before)).toContain(`${host} ${user}`);
      const hosts = cloud.proxy.asked.slice(asked);
      expect(hosts).toEqual(expect.arrayContaining([`${host}:443`, `${api}:443`]));
      const { data } = await world.get('configmaps', 'shop-shop');
      expect(data).toEqual({ version: '1.0.0' });
    });

    test('a dependency of a chart of the repository', async () => {
      const world = await open();
      const dependency = { name: 'shop', version: '1.0.0', repository: `oci://${host}/charts` };
      const workspace = path.join(folder, world.namespace);
      mkdirSync(path.join(workspace, 'site'), { recursive: true });
      const metadata = { apiVersion: 'v2', name: 'site', version: '1.0.0' };
      writeFileSync(
        path.join(workspace, 'site', 'Chart.yaml'),
        stringify({ ...metadata, dependencies: [dependency] }),
      );
      const { outputs } = await world.run({ chart: 'site', release: 'shop' }, { workspace });
      expect(outputs).toMatchObject({ outcome: 'deployed', revision: '1' });
      const { data } = await world.get('configmaps', 'shop-shop');
      expect(data).toEqual({ version: '1.0.0' });
    });
  });
});
