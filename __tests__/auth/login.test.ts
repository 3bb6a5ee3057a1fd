import { describe, expect, test } from '@jest/globals';
import { stringify } from 'yaml';
import { findPod } from '../../src/auth/in-cluster.ts';
import { logIn } from '../../src/auth/login.ts';
import type { ServerCluster } from '../../src/release/cluster-spec.ts';
import { fakeLoginWorld, makeToken } from './login-world-fake.ts';

/** What the clock of the fake says at its start, seconds. */
const NOW = Date.UTC(2026, 0, 1) / 1000;
const JWT = makeToken({ sub: 'system:serviceaccount:ci:deployer' });

const server = (token: string, more: Partial<ServerCluster> = {}): ServerCluster => ({
  provider: 'server',
  endpoint: { server: 'https://api.example:6443', ca: '-----BEGIN CERTIFICATE-----' },
  token,
  connection: { proxyUrl: '', tlsServerName: '' },
  ...more,
});

const kubeconfig = (user: object) => ({
  provider: 'kubeconfig' as const,
  directory: '/work',
  context: '',
  kubeconfig: stringify({
    'current-context': 'x',
    contexts: [{ name: 'x', context: { cluster: 'x', user: 'ci' } }],
    clusters: [{ name: 'x', cluster: { server: 'https://one' } }],
    users: [{ name: 'ci', user }],
  }),
});

describe('server', () => {
  test('the token is in a file of its own, and in nothing else', async () => {
    const { world, files, hidden } = fakeLoginWorld();
    const connection = { proxyUrl: 'http://me:pass-4711@proxy:3128', tlsServerName: 'kubernetes' };
    const login = await logIn(server(JWT, { connection }), world);
    const config = JSON.parse(files.read(login.kubeconfig.path) ?? '');
    expect(config.clusters[0].cluster).toEqual({
      server: 'https://api.example:6443',
      'certificate-authority-data': btoa('-----BEGIN CERTIFICATE-----'),
      'tls-server-name': 'kubernetes',
      'proxy-url': 'http://me:pass-4711@proxy:3128',
    });
    const { tokenFile, ...rest } = config.users[0].user;
    expect(rest).toEqual({});
    expect(files.read(tokenFile)).toBe(JWT);
    expect(hidden).toEqual(expect.arrayContaining([JWT, 'pass-4711']));
    expect(login).toMatchObject({
      provider: 'server',
      identity: 'system:serviceaccount:ci:deployer',
      kubeconfig: { server: 'https://api.example:6443', usesExec: false },
    });
    expect(login.problems()).toEqual([]);
    login.stop();
  });

  test('a token that ends in hours is no warning', async () => {
    const { world, warnings } = fakeLoginWorld();
    await logIn(server(makeToken({ exp: NOW + 7_200 })), world);
    expect(warnings).toEqual([]);
  });
});

describe('in-cluster', () => {
  const mounted = { '/pod/token': `${JWT}\n`, '/pod/ca.crt': 'PEM' };

  test.each([
    ['10.96.0.1', '6443', 'https://10.96.0.1:6443'],
    ['fd00::1', undefined, 'https://[fd00::1]:443'],
  ])('%s', (host, port, address) => {
    const { world, hidden } = fakeLoginWorld(
      { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port },
      mounted,
    );
    expect(findPod(world, '/pod')).toEqual({
      identity: 'system:serviceaccount:ci:deployer',
      server: address,
      parts: {
        name: 'in-cluster',
        cluster: { server: address, 'certificate-authority': '/pod/ca.crt' },
        user: { tokenFile: '/pod/token' },
      },
    });
    expect(hidden).toEqual([JWT]);
  });
});

describe('kubeconfig', () => {
  test('logs in as before', async () => {
    const { world } = fakeLoginWorld();
    const login = await logIn(kubeconfig({ token: 'abc' }), world);
    expect(login).toMatchObject({
      identity: 'user ci',
      kubeconfig: { server: 'https://one', usesExec: false },
    });
    expect(await login.registry('111122223333.dkr.ecr.eu-west-1.amazonaws.com')).toBeUndefined();
  });

  const environment = { PATH: '/usr/bin:/opt/bin' };
  test.each([
    ['/snap/bin/gke-gcloud-auth-plugin', '`cluster-provider: gke`'],
    ['kubelogin', 'Install kubelogin in an earlier step'],
  ])('%s, which this runner does not have', async (command, hint) => {
    const { world } = fakeLoginWorld(environment);
    await expect(logIn(kubeconfig({ exec: { command } }), world)).rejects.toMatchObject({
      code: 'kubeconfig-invalid',
      message: `Reading the kubeconfig: it calls "${command}", which this runner does not have.`,
      hint: expect.stringContaining(hint),
    });
  });

  test.each([
    ['kubelogin', environment, '/opt/bin/kubelogin'],
    ['kubelogin', { Path: '/opt/bin', PATHEXT: '.COM;.EXE' }, '/opt/bin/kubelogin.EXE'],
    ['/work/bin/login', environment, '/work/bin/login'],
  ])('%s, which it has', async (command, given, file) => {
    const { world } = fakeLoginWorld(given, { [file]: '' });
    const login = await logIn(kubeconfig({ exec: { command } }), world);
    expect(login.kubeconfig.usesExec).toBe(true);
  });
});

test('what would override the login is told once', async () => {
  const { world, warnings } = fakeLoginWorld({
    HELM_KUBETOKEN: 'abc',
    HELM_KUBEAPISERVER: 'https://other',
    HELM_KUBECONTEXT: '',
    HELM_DRIVER: 'sql',
  });
  await logIn(kubeconfig({ token: 'abc' }), world);
  expect(warnings).toMatchObject([
    {
      code: 'helm-variables-ignored',
      message:
        'HELM_KUBEAPISERVER, HELM_KUBETOKEN are set and would override the cluster login; ignored.',
    },
  ]);
});
