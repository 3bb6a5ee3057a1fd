/* A pull request plans with the read-only identity of `cluster.plan`; the deployer's is refused to it by its subject. */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { stringify } from 'yaml';
import { HELMS } from '../action/helm-shim.ts';
import { EKS, GKE, SUBJECTS } from '../cloud/places.ts';
import { type Cloud, startCloud } from '../cloud/world.ts';
import { createLoginWorld, type LoginWorld } from './world.ts';

jest.setTimeout(300_000);

const PULL_REQUEST = { event: 'pull_request', payload: { pull_request: { number: 7 } } } as const;

const CLUSTERS = {
  eks: {
    provider: 'eks',
    name: EKS.cluster,
    location: EKS.region,
    'role-to-assume': EKS.deployRole,
    plan: { 'role-to-assume': EKS.planRole },
  },
  gke: {
    provider: 'gke',
    name: GKE.cluster,
    location: GKE.location,
    project: GKE.project,
    'workload-identity-provider': GKE.provider,
    'service-account': GKE.deployAccount,
    plan: { 'service-account': GKE.planAccount },
  },
} as const;

/** Whom the log names, and whom the cluster sees. */
const IDENTITIES = {
  eks: { deployer: EKS.deployRole, planner: EKS.planRole, user: 'eks-planner' },
  gke: { deployer: GKE.deployAccount, planner: GKE.planAccount, user: GKE.planAccount },
} as const;

let cloud: Cloud;
const folder = mkdtempSync(path.join(tmpdir(), 'slipway-plan-'));
beforeAll(async () => {
  cloud = await startCloud();
  cpSync('__tests__/charts/web', path.join(folder, 'web'), { recursive: true });
});
afterAll(async () => {
  await cloud.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe.each(HELMS)('helm $version', ({ version }) => {
  describe.each(['eks', 'gke'] as const)('%s', (provider) => {
    let world: LoginWorld;
    beforeAll(async () => {
      world = await createLoginWorld(cloud, version, { login: {} });
    });
    beforeEach(() => writeConfig(CLUSTERS[provider]));

    const from = (subject: string) => {
      cloud.github.claims = { ...cloud.github.claims, sub: subject };
    };
    const writeConfig = (cluster: object) => {
      const web = { chart: 'web', namespace: world.namespace };
      const config = { environments: { production: { cluster } }, releases: { web } };
      writeFileSync(path.join(folder, 'slipway.yaml'), stringify(config));
    };
    /** What a step says when there is a file. */
    const run = (command: string, inputs: Record<string, string> = {}, more: object = {}) =>
      world.run(
        {
          ...{ command, environment: 'production', release: '', namespace: '', chart: '' },
          ...inputs,
        },
        { ...more, workspace: folder },
      );

    test('deploys with the deployer', async () => {
      from(SUBJECTS.deploy);
      const { outputs } = await run('deploy');
      expect(outputs).toMatchObject({ outcome: 'deployed' });
    });

    test('plans with the planner, who sees the truth and writes nothing', async () => {
      from(SUBJECTS.plan);
      const unchanged = await run('plan', {}, PULL_REQUEST);
      // Without the right to try an apply nothing is proved, so a deploy would go on.
      expect(unchanged.outputs).toMatchObject({ outcome: 'planned', changed: 'true' });
      const changed = await run('plan', { set: 'tag=1.1' }, PULL_REQUEST);
      expect(changed.outputs).toMatchObject({ outcome: 'planned', changed: 'true' });
      expect(changed.summary).toContain('registry.example.com/shop/web:1.1');
      expect(changed.log).toContain(` as ${IDENTITIES[provider].planner}`);
      expect(world.writes(IDENTITIES[provider].user)).toEqual([]);
    });

    test.each([
      ['plan', 'without `cluster.plan`', (cluster: object) => ({ ...cluster, plan: undefined })],
      ['deploy', 'deploying', (cluster: object) => cluster],
    ])(
      '%s of a pull request %s: the cloud refuses, and its claims are told',
      async (command, _, edit) => {
        from(SUBJECTS.plan);
        writeConfig(edit(CLUSTERS[provider]));
        const { code, outputs, log } = await run(command, {}, PULL_REQUEST);
        expect(code).toBe(1);
        expect(outputs).toMatchObject({ 'reason-code': 'login-refused' });
        expect(log).toContain(IDENTITIES[provider].deployer);
        expect(log).toContain(SUBJECTS.plan);
        expect(log).toContain('cluster.plan');
      },
    );
  });
});
