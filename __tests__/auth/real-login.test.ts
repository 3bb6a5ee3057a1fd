import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { createCluster } from '../../src/adapters/cluster.ts';
import { runCommand } from '../../src/adapters/command.ts';
import { createFiles } from '../../src/adapters/files.ts';
import { toHelmEnvironment } from '../../src/adapters/helm-environment.ts';
import { installHelm } from '../../src/adapters/tools/install.ts';
import type { LoginWorld } from '../../src/auth/access.ts';
import { findPod } from '../../src/auth/in-cluster.ts';
import { writeParts } from '../../src/auth/kubeconfig-parts.ts';
import { logIn } from '../../src/auth/login.ts';
import { preflight } from '../../src/auth/preflight.ts';
import { useCluster } from '../local-cluster/under-test.ts';
import { helmMirror, MIRRORED_HELM_VERSIONS } from '../mirror/helm-mirror.ts';
import { fakeLoginWorld } from './login-world-fake.ts';

/* Our kubeconfigs with tokens in files, used by real helms against a real API server. */

const folder = mkdtempSync(path.join(tmpdir(), 'slipway-login-'));
const files = createFiles(folder);
let real: Awaited<ReturnType<typeof useCluster>>;
/** What the kubeconfig of a user of the local cluster holds. */
let given: { readonly server: string; readonly ca: string; readonly token: string };

beforeAll(async () => {
  real = await useCluster();
  const config = parse(readFileSync(real.cluster.kubeconfig('deployer'), 'utf8'));
  const { server, 'certificate-authority-data': data } = config.clusters[0].cluster;
  given = { server, ca: Buffer.from(data, 'base64').toString(), token: config.users[0].user.token };
}, 300_000);
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await real?.end();
});

function createWorld(environment: LoginWorld['environment']): LoginWorld {
  return { ...fakeLoginWorld(environment).world, files };
}

function logInWith(token: string) {
  const { server, ca } = given;
  const connection = { proxyUrl: '', tlsServerName: '' };
  const spec = { provider: 'server', endpoint: { server, ca }, token, connection } as const;
  return logIn(spec, createWorld({}));
}

async function listReleases(version: string, kubeconfig: string) {
  const { path: helm } = await installHelm({
    version,
    mirror: await helmMirror(),
    toolCache: path.join(folder, 'tools'),
    temp: folder,
    log: () => undefined,
  });
  const home = files.makePrivate('helm');
  const own = { home, kubeconfig: { path: kubeconfig, usesExec: false } };
  // What would override the login stays outside.
  const ours = { ...process.env, HELM_KUBETOKEN: 'wrong', HELM_KUBEAPISERVER: 'https://wrong' };
  const environment = toHelmEnvironment(ours, own);
  return runCommand({ path: helm, args: ['list', '-n', real.namespace], environment });
}

test.each(MIRRORED_HELM_VERSIONS)(
  'helm %s and we are let in with the token',
  async (version) => {
    const login = await logInWith(given.token);
    expect(await preflight(createCluster(login.kubeconfig.path), login)).toMatch(/^v1\./);
    expect(readFileSync(login.kubeconfig.path, 'utf8')).not.toContain(given.token);
    expect(await listReleases(version, login.kubeconfig.path)).toMatchObject({ code: 0 });
  },
  60_000,
);

test('a token that the server does not know is told before helm starts', async () => {
  const login = await logInWith('nobody');
  await expect(preflight(createCluster(login.kubeconfig.path), login)).rejects.toMatchObject({
    code: 'unauthorized',
    message: `Connecting to ${given.server} as the owner of \`cluster.token\`: the cluster does not accept \`cluster.token\`.`,
  });
});

test('as a pod, with what is mounted into it', async () => {
  const { hostname, port } = new URL(given.server);
  const mount = files.makePrivate('serviceaccount');
  writeFileSync(path.join(mount, 'token'), given.token);
  writeFileSync(path.join(mount, 'ca.crt'), given.ca);
  const environment = { KUBERNETES_SERVICE_HOST: hostname, KUBERNETES_SERVICE_PORT: port };
  const { parts } = findPod(createWorld(environment), mount);
  const kubeconfig = writeParts('pod.json', parts, files);
  const [version = ''] = MIRRORED_HELM_VERSIONS;
  expect(await listReleases(version, kubeconfig)).toMatchObject({ code: 0 });
}, 60_000);
