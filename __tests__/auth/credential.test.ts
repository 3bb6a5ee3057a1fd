import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { renderExecConfig } from '../../src/auth/exec-config.ts';
import type { EksCluster, GkeCluster } from '../../src/release/cluster-spec.ts';
import { type AwsDouble, startAws } from '../cloud/aws.ts';
import { type GitHubOidcDouble, startGitHubOidc } from '../cloud/github.ts';
import { type GoogleDouble, startGoogle } from '../cloud/google.ts';
import { EKS, GKE, SUBJECTS } from '../cloud/places.ts';
import { type Certificates, makeCertificates } from '../registry/certificates.ts';

/* The exec plugin as a process of its own, as kubectl starts it, against doubles of the clouds. */

const PROGRAM = path.join(import.meta.dirname, '../../src/credential.ts');
const V1 = 'client.authentication.k8s.io/v1';
const connection = { proxyUrl: '', tlsServerName: '' };

const eks: EksCluster = {
  provider: 'eks',
  name: EKS.cluster,
  region: EKS.region,
  login: {
    role: { arn: EKS.deployRole, audience: 'sts.amazonaws.com' },
    sessionName: '',
    inlinePolicy: '',
    managedPolicies: [],
    allowedAccounts: [],
  },
  connection,
};
const gke: GkeCluster = {
  provider: 'gke',
  project: GKE.project,
  location: GKE.location,
  name: GKE.cluster,
  login: {
    source: {
      type: 'federation',
      provider: GKE.provider,
      audience: `https://iam.googleapis.com/${GKE.provider}`,
    },
    serviceAccount: GKE.deployAccount,
  },
  via: 'auto',
  membership: '',
  universe: 'googleapis.com',
  connection,
};

const root = mkdtempSync(path.join(tmpdir(), 'slipway-credential-'));
let certificates: Certificates;
let github: GitHubOidcDouble;
let aws: AwsDouble;
let google: GoogleDouble;
let folder: string;

beforeAll(async () => {
  certificates = await makeCertificates(root);
  github = await startGitHubOidc(certificates.pem);
  aws = await startAws(certificates.pem);
  google = await startGoogle(certificates.pem);
}, 300_000);
beforeEach(() => {
  folder = mkdtempSync(path.join(root, 'run-'));
  github.claims = { sub: SUBJECTS.deploy };
  aws.roles.set(EKS.deployRole, { subjects: [SUBJECTS.deploy] });
});
afterAll(() => {
  for (const double of [github, aws, google]) double?.close();
  rmSync(root, { recursive: true, force: true });
});

interface Told {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function configure(cluster: EksCluster | GkeCluster): string {
  const file = path.join(folder, 'credential.json');
  const text = renderExecConfig({ cluster, session: 'shop-4711', fromFork: false });
  writeFileSync(file, text, { mode: 0o600 });
  return file;
}

function ask(...args: readonly string[]): Promise<Told> {
  const env = {
    PATH: process.env['PATH'] ?? '',
    ...github.environment,
    ...aws.environment,
    ...google.environment,
    NODE_EXTRA_CA_CERTS: certificates.authority,
    KUBERNETES_EXEC_INFO: JSON.stringify({ apiVersion: V1, kind: 'ExecCredential', spec: {} }),
  };
  return new Promise((resolve) => {
    execFile(process.execPath, [PROGRAM, ...args], { env }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
    );
  });
}

/** How long the token is given out from now, minutes, by the document on stdout. */
function minutesLeft({ stdout }: Told): number {
  const { status } = JSON.parse(stdout);
  return (Date.parse(status.expirationTimestamp) - Date.now()) / 60_000;
}

describe.each([
  { name: 'eks', cluster: eks, token: /^k8s-aws-v1\./, minutes: 13 },
  { name: 'gke', cluster: gke, token: /./, minutes: 59 },
])('$name', ({ cluster, token, minutes }) => {
  test('one login for all calls; on stdout one document and nothing else', async () => {
    const file = configure(cluster);
    github.asked.length = 0;
    const first = await ask('--config', file);
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(first.stdout)).toEqual({
      apiVersion: V1,
      kind: 'ExecCredential',
      status: {
        token: expect.stringMatching(token),
        expirationTimestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      },
    });
    expect(minutesLeft(first)).toBeGreaterThan(minutes - 1.5);
    expect(minutesLeft(first)).toBeLessThanOrEqual(minutes);
    expect(await ask('--config', file)).toEqual(first);
    expect(github.asked).toHaveLength(1);
    expect(readdirSync(folder)).toEqual(['credential.json', 'credential.json.cache']);
    expect(statSync(`${file}.cache`).mode & 0o777).toBe(0o600);
  }, 60_000);
});

describe('what fails is one sentence on stderr', () => {
  test('a refusal of the cloud, without a token', async () => {
    aws.roles.set(EKS.deployRole, { subjects: [SUBJECTS.plan] });
    const told = await ask('--config', configure(eks));
    expect(told).toMatchObject({ code: 1, stdout: '' });
    expect(told.stderr).toMatch(/^Slipway: [^\n]+\n$/);
    expect(told.stderr).toContain(EKS.deployRole);
    expect(told.stderr).toContain(`sub="${SUBJECTS.deploy}"`);
    for (const token of github.given) expect(told.stderr).not.toContain(token);
    expect(told.stderr).not.toMatch(/^::/m);
  }, 60_000);

  test('a config of which half is there', async () => {
    const file = configure(eks);
    writeFileSync(file, readFileSync(file, 'utf8').slice(0, 100));
    expect(await ask('--config', file)).toEqual({
      code: 1,
      stdout: '',
      stderr:
        'Slipway: The login of this kubeconfig is broken. Run `command: setup` again, and let nothing else write into its folder in RUNNER_TEMP.\n',
    });
  });

  test.each([
    [
      'no config',
      [],
      'Slipway: The kubeconfig calls its login program without a file. Use the one that `command: setup` wrote.\n',
    ],
    [
      'a config that the post step has removed',
      ['--config', '/nowhere.json'],
      'Slipway: The login of this kubeconfig is gone (/nowhere.json). It lasts until the end of the job in which `command: setup` made it.\n',
    ],
  ])('%s', async (_, args, stderr) => {
    expect(await ask(...args)).toEqual({ code: 1, stdout: '', stderr });
  });
});
