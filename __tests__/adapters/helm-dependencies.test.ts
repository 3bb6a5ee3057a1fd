import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { stringify } from 'yaml';
import { createFiles } from '../../src/adapters/files.ts';
import { DeployErrors, type Problem } from '../../src/errors.ts';
import type { Credentials } from '../../src/release/spec.ts';
import { type PreparedChart, prepareChart } from '../../src/state/chart.ts';
import { findLeaks, HELMS } from '../action/helm-shim.ts';
import { makeSpec } from '../fakes/plan.ts';
import { NO_REGISTRIES } from '../fakes/registries.ts';
import { makeCertificates } from '../registry/certificates.ts';
import { packChart } from '../registry/charts.ts';
import { createRecordedHelm } from '../registry/recorded-helm.ts';
import { LOGIN, type Registry, startRegistry } from '../registry/registry.ts';
import { type Repository, serveRepository } from '../registry/repository.ts';

/* A chart folder whose dependencies come from everywhere, with real helms and real servers. */

jest.setTimeout(300_000);

const folder = mkdtempSync(path.join(tmpdir(), 'slipway-dependencies-'));
const checkout = path.join(folder, 'checkout/deploy/charts/parent');
let registry: Registry;
let closed: Repository;
let open: Repository;

beforeAll(async () => {
  const certificates = await makeCertificates(folder);
  registry = await startRegistry(certificates);
  for (const version of ['1.0.0', '1.2.0']) {
    await registry.push('charts/app', packChart('app', version));
  }
  closed = await serveRepository([packChart('queue', '0.1.0')], certificates);
  open = await serveRepository([packChart('cache', '3.0.0')], certificates, { access: 'public' });
});
afterAll(async () => {
  await Promise.all([registry.stop(), closed.stop(), open.stop()]);
  rmSync(folder, { recursive: true });
});

function put(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

const ofRegistry = () => ({
  name: 'app',
  version: '^1.0.0',
  repository: `oci://${registry.host}/charts`,
});
const ofClosed = () => ({ name: 'queue', version: '0.1.0', repository: closed.url });
const ofOpen = () => ({ name: 'cache', version: '>=1', repository: open.url });
const OF_FOLDER = { name: 'common', version: '*', repository: 'file://../../../library/common' };

describe.each(HELMS)('helm $version', (tested) => {
  const files = createFiles(folder);
  let helm: Awaited<ReturnType<typeof createRecordedHelm>>;
  beforeAll(async () => {
    const SSL_CERT_FILE = path.join(folder, 'ca.crt');
    helm = await createRecordedHelm(folder, tested, { SSL_CERT_FILE });
  });
  afterAll(() => files.dispose());
  beforeEach(() => rmSync(path.join(folder, 'checkout'), { recursive: true, force: true }));

  async function prepare(
    dependencies: readonly object[],
    credentials?: Credentials,
    registries = NO_REGISTRIES,
  ): Promise<PreparedChart> {
    const chart = { apiVersion: 'v2', name: 'parent', version: '1.0.0', dependencies };
    put(path.join(checkout, 'Chart.yaml'), stringify(chart));
    const library = path.join(folder, 'checkout/library/common');
    put(path.join(library, 'Chart.yaml'), 'apiVersion: v2\nname: common\nversion: 7.0.0\n');
    const written = { path: checkout, written: 'the chart', folder: 'charts/parent' };
    return prepareChart(
      { ...makeSpec(), chart: { type: 'folder', ...written, credentials } },
      { helm, files, registries, log: () => undefined },
    );
  }
  async function problemOf(...args: Parameters<typeof prepare>): Promise<Problem> {
    const error = await prepare(...args).catch((caught: unknown) => caught);
    if (error instanceof DeployErrors) return error.problems[0] as Problem;
    throw error;
  }

  test('from a registry, repositories and a folder, into a copy of the chart', async () => {
    const all = [ofRegistry(), ofClosed(), ofOpen(), OF_FOLDER];
    const { request, metadata } = await prepare(all, LOGIN);
    expect(readdirSync(path.join(request.chart, 'charts')).sort()).toEqual([
      'app-1.2.0.tgz',
      'cache-3.0.0.tgz',
      'common-7.0.0.tgz',
      'queue-0.1.0.tgz',
    ]);
    expect(metadata.dependencies).toHaveLength(4);
    expect(request.chart.startsWith(files.privateFolder())).toBe(true);
    expect(readdirSync(checkout)).toEqual(['Chart.yaml']);
  });

  test('only who asks for the password gets it', () => {
    expect(open.requests.filter((line) => line.endsWith(LOGIN.username))).toEqual([]);
    expect(closed.requests[0]).toBe('GET /charts/index.yaml ');
    expect(closed.requests.at(-1)).toBe(`GET /charts/queue-0.1.0.tgz ${LOGIN.username}`);
  });

  test('a registry that the login to the cluster opens is asked with that login at once', async () => {
    const asked: string[] = [];
    const findLogin = async (host: string) => {
      asked.push(host);
      return host === registry.host ? LOGIN : undefined;
    };
    const { request } = await prepare([ofRegistry(), ofOpen()], undefined, { findLogin });
    expect(readdirSync(path.join(request.chart, 'charts')).sort()).toEqual([
      'app-1.2.0.tgz',
      'cache-3.0.0.tgz',
    ]);
    expect(asked).toEqual([registry.host]);
  });

  test('as requirements.yaml of an old chart has them, with its lock', async () => {
    put(path.join(checkout, 'requirements.yaml'), stringify({ dependencies: [ofOpen()] }));
    const { request } = await prepare([]);
    expect(readdirSync(path.join(request.chart, 'charts'))).toEqual(['cache-3.0.0.tgz']);
  });

  test('what is in charts/ is used as it is', async () => {
    put(
      path.join(checkout, 'charts/app/Chart.yaml'),
      'apiVersion: v2\nname: app\nversion: 0.0.1\n',
    );
    const { request } = await prepare([ofRegistry()]);
    expect(request.chart).toBe(checkout);
  });

  const wrong = { username: LOGIN.username, password: 'not the word' };
  test.each([
    ['registry-unauthorized', 'wants a login', () => [ofRegistry()], undefined],
    ['registry-unauthorized', 'wants a login', () => [ofClosed()], undefined],
    // helm 3.17 tries http next on this machine; `helm-pull.test.ts` has the same of a registry.
    ['registry-unauthorized', 'does not let in', () => [ofClosed()], wrong],
    ['chart-not-found', 'has no chart queues', () => [{ ...ofClosed(), name: 'queues' }], LOGIN],
    ['chart-not-found', 'has no such chart', () => [{ ...ofRegistry(), name: 'apps' }], LOGIN],
    ['chart-version-not-found', '"9.0.0"', () => [{ ...ofOpen(), version: '9.0.0' }], LOGIN],
    [
      'chart-version-not-found',
      'has no such chart, or not',
      () => [{ ...ofRegistry(), version: '9.0.0' }],
      LOGIN,
    ],
    [
      'repository-unreachable',
      'connection refused',
      () => [{ ...ofOpen(), repository: 'https://127.0.0.1:1' }],
      LOGIN,
    ],
    [
      'dependencies-missing',
      'names the repository @corp',
      () => [{ ...ofOpen(), repository: '@corp' }],
      LOGIN,
    ],
    [
      'dependencies-missing',
      'no folder of the dependency nowhere',
      () => [{ ...OF_FOLDER, repository: 'file://../nowhere' }],
      LOGIN,
    ],
  ] as const)('%s: %s', async (code, cause, dependencies, credentials) => {
    const problem = await problemOf(dependencies(), credentials);
    expect(problem).toMatchObject({ code, message: expect.stringContaining(cause) });
    expect(problem.message).toMatch(/^Fetching the dependencies of the chart failed: /);
    expect(problem.message).not.toContain(folder);
  });

  test('a lock of other dependencies', async () => {
    put(path.join(checkout, 'Chart.lock'), 'dependencies: []\ndigest: sha256:00\n');
    const problem = await problemOf([ofOpen()]);
    expect(problem).toMatchObject({
      code: 'dependencies-missing',
      message:
        'Fetching the dependencies of the chart failed: Chart.lock does not fit the dependencies in Chart.yaml.',
      hint: 'Run `helm dependency update charts/parent` and commit the lock file.',
    });
  });

  test('no password is in an argument, in the environment or in a file', () => {
    expect(findLeaks(folder, [LOGIN.password])).toEqual([]);
    expect(existsSync(helm.home)).toBe(true);
    const login = Buffer.from(`${LOGIN.username}:${LOGIN.password}`).toString('base64');
    const holding = files
      .walk(helm.home)
      .concat(files.walk(files.privateFolder()))
      .filter((file) => /./.test(file) && readFileSync(file).includes(login));
    expect(holding).toEqual([]);
  });
});
