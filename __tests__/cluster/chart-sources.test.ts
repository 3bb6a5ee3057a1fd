/* Every place that a chart may come from, private ones with a login, deployed and left without a trace. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { stringify } from 'yaml';
import { HELMS } from '../action/helm-shim.ts';
import { makeCertificates } from '../registry/certificates.ts';
import { packChart, sha256 } from '../registry/charts.ts';
import { LOGIN, type Registry, startRegistry } from '../registry/registry.ts';
import { type Repository, serveRepository } from '../registry/repository.ts';
import { createWorld, type World } from './world.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'slipway-sources-'));
const charts = ['1.0.0', '1.2.0', '2.0.0'].map((version) => packChart('app', version));
const digests: Record<string, string> = {};
let registry: Registry;
let plain: Registry;
let repository: Repository;

beforeAll(async () => {
  const certificates = await makeCertificates(folder);
  registry = await startRegistry(certificates);
  plain = await startRegistry();
  for (const chart of charts) {
    digests[chart.version] = await registry.push('charts/app', chart);
    await plain.push('charts/app', chart);
  }
  repository = await serveRepository(charts, certificates);
});
afterAll(async () => {
  await Promise.all([registry.stop(), plain.stop(), repository.stop()]);
  rmSync(folder, { recursive: true });
});

function put(name: string, text: string): void {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

describe.each(HELMS)('helm $version', ({ version }) => {
  let world: World;
  beforeAll(async () => {
    world = await createWorld(version);
  });
  afterAll(() => world.end());

  /** With a slipway.yaml of one release, in a checkout and a home that stay to be looked at. */
  async function deploy(chart: unknown, inputs: Record<string, string> = {}) {
    const release = {
      chart,
      namespace: world.namespace,
      'registry-username': LOGIN.username,
      'registry-password': `\${REGISTRY_PASSWORD}`,
    };
    put('checkout/slipway.yaml', stringify({ releases: { app: release } }));
    mkdirSync(path.join(folder, 'home'), { recursive: true });
    const none = { release: '', namespace: '', chart: '' };
    return world.run(
      { ...none, ...inputs },
      {
        workspace: path.join(folder, 'checkout'),
        environment: {
          REGISTRY_PASSWORD: LOGIN.password,
          HOME: path.join(folder, 'home'),
          RUNNER_TEMP: path.join(folder, 'home', 'temp'),
          NODE_EXTRA_CA_CERTS: path.join(folder, 'ca.crt'),
        },
      },
    );
  }
  const deployed = async (name = 'app') =>
    (await world.get('configmaps', `app-${name}`)).data?.version;

  const ofRegistry = (version: string) => ({
    name: `oci://${registry.host}/charts/app`,
    version,
    'ca-file': '../ca.crt',
  });
  const ofRepository = (version: string) => ({
    name: 'app',
    repository: repository.url,
    version,
    'ca-file': '../ca.crt',
  });

  test.each([
    ['a registry: a tag', () => ofRegistry('1.0.0'), '1.0.0'],
    ['a registry: a digest', () => ofRegistry(digests['1.2.0'] ?? ''), '1.2.0'],
    ['a registry: both', () => ofRegistry(`1.0.0@${digests['1.0.0']}`), '1.0.0'],
    ['a registry: a range', () => ofRegistry('^1.0.0'), '1.2.0'],
    [
      'a registry: over http, because it is written so',
      () => ({ name: `oci://${plain.host}/charts/app`, version: '1.0.0', 'plain-http': true }),
      '1.0.0',
    ],
    ['a repository: a range', () => ofRepository('>=1.0.0 <2.0.0'), '1.2.0'],
    [
      'a repository: a version of this digest',
      () => ofRepository(`2.0.0@${sha256(charts[2]?.archive ?? '')}`),
      '2.0.0',
    ],
  ] as const)('%s', async (_, chart, wanted) => {
    const { log, outputs } = await deploy(chart());
    expect({ log, outputs }).toMatchObject({ outputs: { outcome: 'deployed' } });
    expect(await deployed()).toBe(wanted);
    expect(log).toMatch(/Fetching chart .*app/);
    expect(log).toContain(`: ${wanted}, sha256:`);
    expect(log).not.toContain(LOGIN.password);
  });

  test('the same by inputs', async () => {
    const { outputs } = await deploy('unused', {
      config: 'none',
      release: 'app',
      namespace: world.namespace,
      chart: `oci://${registry.host}/charts/app`,
      'chart-version': '1.0.0',
      'registry-username': LOGIN.username,
      'registry-password': LOGIN.password,
    });
    expect(outputs).toMatchObject({ outcome: 'deployed' });
    expect(await deployed()).toBe('1.0.0');
  });

  test('a folder with dependencies of a registry and of a repository', async () => {
    const dependencies = [
      { name: 'app', version: '^1.0.0', repository: `oci://${registry.host}/charts` },
      { name: 'app', alias: 'other', version: '2.0.0', repository: repository.url },
    ];
    const chart = { apiVersion: 'v2', name: 'parent', version: '1.0.0', dependencies };
    put('checkout/parent/Chart.yaml', stringify(chart));
    const { log, outputs } = await deploy('parent');
    expect({ log, outputs }).toMatchObject({ outputs: { outcome: 'deployed' } });
    expect([await deployed('app'), await deployed('other')]).toEqual(['1.2.0', '2.0.0']);
    expect(readdirSync(path.join(folder, 'checkout/parent'))).toEqual(['Chart.yaml']);
  });

  test('what cannot be had changes nothing, and says why', async () => {
    const before = await world.history('app');
    const { code, log } = await deploy(ofRepository('7'));
    expect(code).toBe(1);
    expect(log).toContain('[chart-version-not-found]');
    expect(log).toContain('the newest are 2.0.0, 1.2.0, 1.0.0');
    expect(await world.history('app')).toEqual(before);
  });

  test('no password stays anywhere', () => {
    const calls = world.allHelmCalls().map((call) => JSON.stringify(call));
    const login = Buffer.from(`${LOGIN.username}:${LOGIN.password}`).toString('base64');
    const holds = (text: string) => text.includes(LOGIN.password) || text.includes(login);
    expect(calls.some((call) => call.includes('"pull"'))).toBe(true);
    expect(calls.filter((call) => holds(call))).toEqual([]);
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name));
    expect(files.filter((file) => holds(readFileSync(file, 'utf8')))).toEqual([]);
  });
});
