/* Several releases of one slipway.yaml in one job, in the order of their needs. */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { HELMS } from '../action/helm-shim.ts';
import { createWorld, type World } from './world.ts';

const CHART = path.join(import.meta.dirname, '..', 'charts', 'web');

describe.each(HELMS)('helm $version', ({ version }) => {
  let world: World;
  let workspace: string;
  beforeAll(async () => {
    world = await createWorld(version);
    workspace = mkdtempSync(path.join(tmpdir(), 'slipway-releases-'));
    cpSync(CHART, path.join(workspace, 'charts/web'), { recursive: true });
    writeFileSync(
      path.join(workspace, 'slipway.yaml'),
      `
environments:
  staging: { cluster: { kubeconfig: "\${KUBECONFIG_PATH}" }, vars: { message: hello } }
defaults: { chart: charts/web, namespace: ${world.namespace}, timeout: 5m }
releases:
  web: { needs: [api] }
  api: { needs: [db], set: { message: "\${MESSAGE}" } }
  db: { set: { tag: "\${DB_TAG}" } }
  cache: {}
`,
    );
  });
  afterAll(async () => {
    await world.end();
    rmSync(workspace, { recursive: true, force: true });
  });

  /* One story, in order: each test goes on from what the one before left. */

  const run = (variables: Record<string, string>, inputs: Record<string, string> = {}) => {
    const ofFile = { release: '', namespace: '', chart: '', kubeconfig: '', timeout: '' };
    const environment = {
      KUBECONFIG_PATH: world.cluster.kubeconfig('deployer'),
      MESSAGE: 'hello',
      ...variables,
    };
    return world.run({ ...ofFile, environment: 'staging', ...inputs }, { workspace, environment });
  };
  const outcomes = (result: string) =>
    (JSON.parse(result).targets as { target: { release: string }; 'reason-code': string }[]).map(
      (one) => `${one.target.release}: ${one['reason-code']}`,
    );

  test('what needs a failed one is skipped, what does not is deployed', async () => {
    const { code, outputs, summary } = await run({ DB_TAG: 'crash-loop' });
    expect(code).toBe(1);
    expect(outputs).toMatchObject({ outcome: 'held', 'reason-code': 'crash-loop', revision: '' });
    expect(outcomes(outputs['result'] ?? '')).toEqual([
      'db: crash-loop',
      'api: needs-failed',
      'web: needs-failed',
      'cache: deployed',
    ]);
    expect(summary).toContain(
      '1 of 4 deployed; `db` failed on the first install; `api` and `web` were skipped',
    );
    expect(await world.history('api')).toEqual([]);
    expect(await world.history('cache')).toMatchObject([{ status: 'deployed' }]);
  });

  test('the next run goes on with all, in the order of their needs', async () => {
    const { code, outputs } = await run({ DB_TAG: '1.0' });
    expect(code).toBe(0);
    expect(outcomes(outputs['result'] ?? '')).toEqual([
      'db: deployed',
      'api: deployed',
      'web: deployed',
      'cache: unchanged',
    ]);
    const created = async (name: string): Promise<number> => {
      const { metadata } = await world.get('secrets', `sh.helm.release.v1.${name}`);
      return Number(metadata.labels.createdAt);
    };
    const [db, api, web] = await Promise.all(['db.v2', 'api.v1', 'web.v1'].map(created));
    expect([db, api, web].toSorted()).toEqual([db, api, web]);
  });

  test('`releases` chooses, and a need that is not chosen is not deployed', async () => {
    const { code, outputs } = await run({ MESSAGE: 'bye' }, { releases: 'api' });
    expect(code).toBe(0);
    expect(outcomes(outputs['result'] ?? '')).toEqual(['api: deployed']);
    const { data } = await world.get('configmaps', 'api-config');
    expect(data.MESSAGE).toBe('bye');
  });

  test('a plan without what only the deploy knows says so, and changes nothing', async () => {
    const writes = world.writes('deployer');
    const { code, log, outputs } = await run({ MESSAGE: '' }, { command: 'plan' });
    expect(code).toBe(0);
    expect(outputs).toMatchObject({ outcome: 'planned', changed: 'true' });
    expect(log).toMatch(
      /warning: slipway\.yaml:7:\d+: `set\.message` needs the environment variable MESSAGE/,
    );
    expect(world.writes('deployer')).toEqual(writes);
  });
});
