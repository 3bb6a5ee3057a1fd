/* A run that has ended is over, even while a cloud still owes it an answer. No cluster is needed for that. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { until } from '../../local-cluster/wait.ts';
import { runAction } from '../action/run-action.ts';
import { createStep } from '../action/step.ts';
import { type GitHubOidcDouble, startGitHubOidc } from '../cloud/github.ts';
import { type GoogleDouble, startGoogle } from '../cloud/google.ts';
import { type HttpsDouble, startHttps } from '../cloud/https-double.ts';
import { GKE, LOGINS } from '../cloud/places.ts';
import { type Certificates, makeCertificates } from '../registry/certificates.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'slipway-lingering-'));
let certificates: Certificates;
let github: GitHubOidcDouble;
let google: GoogleDouble;
let api: HttpsDouble;
beforeAll(async () => {
  certificates = await makeCertificates(folder);
  github = await startGitHubOidc(certificates.pem);
  // Renewed while the API server takes its time.
  google = await startGoogle(certificates.pem, { life: 3 });
  api = await startHttps(certificates.pem, async () => {
    github.fail('hang');
    const before = github.asked.length;
    await until('a renewal', async () => github.asked.length > before);
    return { status: 403 };
  });
  const cluster = `projects/${GKE.project}/locations/${GKE.location}/clusters/${GKE.cluster}`;
  google.settings.clusters[cluster] = {
    ...{ name: GKE.cluster, location: GKE.location, status: 'RUNNING' },
    endpoint: `localhost:${api.port}`,
    masterAuth: { clusterCaCertificate: Buffer.from(certificates.pem.ca).toString('base64') },
  };
}, 300_000);
afterAll(() => {
  for (const double of [github, google, api]) double?.close();
  rmSync(folder, { recursive: true, force: true });
});

const release = { release: 'shop', namespace: 'shop', chart: './demo/chart' };

/** Far less than the tries of a renewal that hangs. */
test('a renewal that hangs', async () => {
  const { code, log } = await runAction({
    inputs: { ...LOGINS['gke, direct federation'], ...release },
    environment: {
      ...{ ...github.environment, ...google.environment },
      NODE_EXTRA_CA_CERTS: certificates.authority,
    },
  });
  expect(code).toBe(1);
  expect(log).toContain('[forbidden]');
  expect(log).not.toContain('trying again');
}, 10_000);

test('nothing can be written where the runner says, and the post step does not deploy in its place', async () => {
  const step = createStep({});
  const temp = path.join(import.meta.filename, 'temp');
  const environment = { ...step.environment, RUNNER_TEMP: temp };
  const { code, log, outputs } = await runAction({ inputs: release, environment });
  expect(code).toBe(1);
  expect(log).toMatch(/^::error /m);
  expect(log).toContain("Look at the runner's disk");
  expect(outputs).toMatchObject({ 'reason-code': 'runner-disk' });
  expect(await step.post()).toMatchObject({ code: 0, log: '' });
  step.end();
});
