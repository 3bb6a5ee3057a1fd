import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { createFiles } from '../../src/adapters/files.ts';
import { DeployError, DeployErrors, type Problem } from '../../src/errors.ts';
import type { ChartOfRegistry, ChartOfRepository } from '../../src/release/spec.ts';
import { type FetchPorts, fetchChart } from '../../src/state/fetch-chart.ts';
import { findLeaks, HELMS } from '../action/helm-shim.ts';
import { makeSpec } from '../fakes/plan.ts';
import { NO_REGISTRIES } from '../fakes/registries.ts';
import { type Certificates, makeCertificates } from '../registry/certificates.ts';
import { packChart, sha256 } from '../registry/charts.ts';
import { createRecordedHelm } from '../registry/recorded-helm.ts';
import { LOGIN, type Registry, startRegistry } from '../registry/registry.ts';
import { type Repository, serveRepository } from '../registry/repository.ts';

/* Real helms behind a shim that records, a real registry, and a repository with a CA of its own. */

jest.setTimeout(300_000);

const folder = mkdtempSync(path.join(tmpdir(), 'slipway-pull-'));
const SIGNED = path.join(import.meta.dirname, '..', 'registry', 'signed');
const KEYRING = path.join(SIGNED, 'keyring.gpg');
const charts = ['1.0.0', '1.2.0', '2.0.0'].map((version) => packChart('app', version));
const signed = {
  ...packChart('signed', '1.0.0'),
  archive: readFileSync(path.join(SIGNED, 'signed-1.0.0.tgz')),
};
const provenance = readFileSync(path.join(SIGNED, 'signed-1.0.0.tgz.prov'));

let certificates: Certificates;
let secure: Registry;
let plain: Registry;
let repository: Repository;
const digests: Record<string, string> = {};

beforeAll(async () => {
  certificates = await makeCertificates(folder);
  secure = await startRegistry(certificates);
  plain = await startRegistry();
  for (const chart of charts) {
    digests[chart.version] = await secure.push('charts/app', chart);
    await plain.push('charts/app', chart);
  }
  digests['signed'] = await secure.push('charts/signed', signed, provenance);
  const tampered = { ...signed, archive: Buffer.concat([signed.archive, Buffer.alloc(1)]) };
  await secure.push('tampered/signed', tampered, provenance);
  await secure.push('charts/garbage', { ...signed, archive: Buffer.from('no archive') });
  repository = await serveRepository([...charts, signed], certificates, {
    files: { 'signed-1.0.0.tgz.prov': provenance },
  });
});
afterAll(async () => {
  await Promise.all([secure.stop(), plain.stop(), repository.stop()]);
  rmSync(folder, { recursive: true });
});

type Remote = Pick<ChartOfRepository, 'credentials' | 'caFile' | 'digest' | 'keyring' | 'version'>;
const remote = (): Remote => ({
  version: '',
  digest: '',
  keyring: '',
  credentials: LOGIN,
  caFile: certificates.authority,
});

const ofRegistry = (more: Partial<ChartOfRegistry> = {}): ChartOfRegistry => {
  const reference = more.reference ?? `oci://${secure.host}/charts/app`;
  const written = `the chart`;
  return { type: 'registry', plainHttp: false, ...remote(), written, ...more, reference };
};
const ofRepository = (more: Partial<ChartOfRepository> = {}): ChartOfRepository => {
  const { url } = repository;
  return { type: 'repository', name: 'app', url, ...remote(), written: 'the chart', ...more };
};

describe.each(HELMS)('helm $version', (tested) => {
  const files = createFiles(folder);
  let helm: Awaited<ReturnType<typeof createRecordedHelm>>;
  beforeAll(async () => {
    helm = await createRecordedHelm(folder, tested);
  });
  afterAll(() => files.dispose());

  async function fetch(chart: ChartOfRegistry | ChartOfRepository, registries = NO_REGISTRIES) {
    const ports: FetchPorts = { helm, files, registries, log: () => undefined };
    const fetched = await fetchChart({ ...makeSpec(), chart }, ports);
    return { ...fetched, yaml: readFileSync(path.join(fetched.path, 'Chart.yaml'), 'utf8') };
  }
  async function problemOf(chart: ChartOfRegistry | ChartOfRepository): Promise<Problem> {
    try {
      await fetch(chart);
    } catch (error) {
      if (error instanceof DeployError || error instanceof DeployErrors) {
        return error.problems[0] as Problem;
      }
      throw error;
    }
    throw new Error('it was fetched');
  }

  test.each([
    ['a tag', () => ofRegistry({ version: '1.0.0' }), '1.0.0'],
    ['a range', () => ofRegistry({ version: '^1.0.0' }), '1.2.0'],
    ['the newest', () => ofRegistry(), '2.0.0'],
    ['a digest', () => ofRegistry({ digest: digests['1.2.0'] ?? '' }), '1.2.0'],
    ['both', () => ofRegistry({ version: '1.2.0', digest: digests['1.2.0'] ?? '' }), '1.2.0'],
    [
      'http',
      () =>
        ofRegistry({
          reference: `oci://${plain.host}/charts/app`,
          plainHttp: true,
          version: '1.0.0',
          caFile: '',
        }),
      '1.0.0',
    ],
  ] as const)('of a registry: %s', async (_, chart, wanted) => {
    const { yaml, notes } = await fetch(chart());
    expect(yaml).toContain(`version: ${wanted}`);
    expect(notes).toEqual([`Chart the chart: ${wanted}, ${digests[wanted]}.`]);
  });

  test.each([
    ['a version', () => ofRepository({ version: '1.0.0' }), '1.0.0'],
    ['a range', () => ofRepository({ version: '^1.0.0' }), '1.2.0'],
    ['the newest', () => ofRepository(), '2.0.0'],
    [
      'a digest',
      () => ofRepository({ version: '1.0.0', digest: sha256(charts[0]?.archive ?? '') }),
      '1.0.0',
    ],
  ] as const)('of a repository: %s', async (_, chart, wanted) => {
    const { yaml, notes } = await fetch(chart());
    expect(yaml).toContain(`version: ${wanted}`);
    const archive = charts.find((one) => one.version === wanted)?.archive ?? '';
    expect(notes).toEqual([`Chart the chart: ${wanted}, ${sha256(archive)}.`]);
  });

  test('of a registry that the login to the cluster opens', async () => {
    const findLogin = async (host: string) => (host === secure.host ? LOGIN : undefined);
    const chart = { ...ofRegistry({ version: '1.0.0' }), credentials: undefined };
    expect((await fetch(chart, { findLogin })).yaml).toContain('version: 1.0.0');
    const refused = fetch(chart, { findLogin: async () => ({ ...LOGIN, password: 'old' }) });
    await expect(refused).rejects.toMatchObject({
      problems: [
        {
          code: 'registry-unauthorized',
          message: expect.stringContaining('does not let in the identity that this run has'),
        },
      ],
    });
  });

  test('a signed chart is verified, also by digest', async () => {
    const reference = `oci://${secure.host}/charts/signed`;
    await fetch(ofRegistry({ reference, version: '1.0.0', keyring: KEYRING }));
    await fetch(ofRegistry({ reference, digest: digests['signed'] ?? '', keyring: KEYRING }));
    await fetch(ofRepository({ name: 'signed', version: '1.0.0', keyring: KEYRING }));
  });

  const wrong = { username: LOGIN.username, password: 'not the word' };
  const stranger = path.join(SIGNED, 'stranger.gpg');
  test.each([
    [
      'registry-unauthorized',
      'wants a login',
      () => ofRegistry({ credentials: undefined, version: '1.0.0' }),
    ],
    ['registry-unauthorized', 'does not let in', () => ofRegistry({ credentials: wrong })],
    ['registry-unauthorized', 'does not let in', () => ofRepository({ credentials: wrong })],
    ['registry-unauthorized', 'wants a login', () => ofRepository({ credentials: undefined })],
    [
      'certificate-untrusted',
      'x509: certificate signed by unknown authority',
      () => ofRegistry({ caFile: '', credentials: undefined, version: '1.0.0' }),
    ],
    [
      'certificate-untrusted',
      'x509: certificate signed by unknown authority',
      () => ofRepository({ caFile: '' }),
    ],
    [
      'registry-plain-http',
      'speaks http',
      () =>
        ofRegistry({
          reference: `oci://${plain.host.replace('127.0.0.1', 'LOCALHOST')}/charts/app`,
          credentials: undefined,
          version: '1.0.0',
        }),
    ],
    ['registry-plain-http', 'speaks http', () => ofRepository({ url: `https://${plain.host}` })],
    [
      'registry-plain-http',
      'does not speak http',
      () => ofRegistry({ credentials: undefined, version: '1.0.0', plainHttp: true }),
    ],
    [
      'registry-unreachable',
      'connection refused',
      () => ofRegistry({ reference: 'oci://127.0.0.1:1/app', version: '1.0.0' }),
    ],
    [
      'repository-unreachable',
      'connection refused',
      () => ofRepository({ url: 'https://127.0.0.1:1' }),
    ],
    [
      'repository-unreachable',
      '404 Not Found',
      () => ofRepository({ url: `${repository.url}/app` }),
    ],
    [
      'chart-not-found',
      'has no such chart',
      () => ofRegistry({ reference: `oci://${secure.host}/charts/nope` }),
    ],
    ['chart-not-found', 'has no such chart', () => ofRepository({ name: 'apps' })],
    ['chart-version-not-found', 'or not its version 9.9.9', () => ofRegistry({ version: '9.9.9' })],
    ['chart-version-not-found', 'has no version ^9', () => ofRegistry({ version: '^9' })],
    ['chart-version-not-found', 'has no version 9.9.9', () => ofRepository({ version: '9.9.9' })],
    [
      'chart-version-not-found',
      'or not its version sha256:000',
      () => ofRegistry({ digest: `sha256:${'0'.repeat(64)}` }),
    ],
    [
      'chart-digest-mismatch',
      'is version 1.2.0, not 1.0.0',
      () => ofRegistry({ version: '1.0.0', digest: digests['1.2.0'] ?? '' }),
    ],
    [
      'chart-digest-mismatch',
      `not sha256:${'0'.repeat(64)}`,
      () => ofRepository({ digest: `sha256:${'0'.repeat(64)}` }),
    ],
    ['chart-unverified', 'no signature', () => ofRegistry({ version: '1.0.0', keyring: KEYRING })],
    [
      'chart-unverified',
      'no signature',
      () => ofRegistry({ digest: digests['1.0.0'] ?? '', keyring: KEYRING }),
    ],
    [
      'chart-unverified',
      'no signature',
      () => ofRepository({ version: '1.0.0', keyring: KEYRING }),
    ],
    [
      'chart-unverified',
      'not in `chart.keyring`',
      () => ofRepository({ name: 'signed', keyring: stranger }),
    ],
    [
      'chart-unverified',
      'not the one that was signed',
      () =>
        ofRegistry({
          reference: `oci://${secure.host}/tampered/signed`,
          version: '1.0.0',
          keyring: KEYRING,
        }),
    ],
    [
      'chart-unverified',
      'cannot read the keyring',
      () => ofRepository({ name: 'signed', keyring: certificates.authority }),
    ],
    [
      'chart-version-invalid',
      'does not understand the version',
      () => ofRegistry({ version: 'newest' }),
    ],
    [
      'chart-invalid',
      'incorrect header check',
      () => ofRegistry({ reference: `oci://${secure.host}/charts/garbage`, version: '1.0.0' }),
    ],
  ] as const)('%s: %s', async (code, cause, chart) => {
    const problem = await problemOf(chart());
    expect(problem).toMatchObject({ code, message: expect.stringContaining(cause) });
    expect(problem.message).toMatch(/^(?:Fetching|Unpacking) chart the chart failed: /);
    expect(JSON.stringify(problem)).not.toContain(LOGIN.password);
  });

  test('what a repository has instead is named', async () => {
    const version = await problemOf(ofRepository({ version: '9.9.9' }));
    expect(version.hint).toBe('Correct `chart-version`; the newest are 2.0.0, 1.2.0, 1.0.0.');
    expect((await problemOf(ofRepository({ name: 'apps' }))).hint).toBe('Did you mean `app`?');
    const far = await problemOf(ofRepository({ name: 'postgresql' }));
    expect(far.hint).toBe('Correct `chart`; the repository has app, signed.');
  });

  test('nothing is left of the login', () => {
    expect(existsSync(helm.home)).toBe(true);
    expect(readdirSync(helm.home).filter((name) => name.startsWith('login-'))).toEqual([]);
    const left = [...files.walk(helm.home), ...files.walk(files.privateFolder())];
    expect(left.filter((file) => holdsPassword(readFileSync(file, 'utf8')))).toEqual([]);
  });

  test('no password is in an argument or in the environment', () => {
    expect(findLeaks(folder, [LOGIN.password])).toEqual([]);
  });
});

function holdsPassword(text: string): boolean {
  const login = Buffer.from(`${LOGIN.username}:${LOGIN.password}`).toString('base64');
  return text.includes(LOGIN.password) || text.includes(login);
}
