import { describe, expect, test } from '@jest/globals';
import type { ClusterAccess } from '../../src/auth/access.ts';
import type { Login } from '../../src/auth/login.ts';
import { writeSetupKubeconfig } from '../../src/auth/setup-kubeconfig.ts';
import type { ClusterSpec, EksCluster, GkeCluster } from '../../src/release/cluster-spec.ts';
import { fakeFiles } from '../fakes/files.ts';

const eks: EksCluster = {
  provider: 'eks',
  name: 'data-prod',
  region: 'eu-west-1',
  login: {
    role: { arn: 'arn:aws:iam::111122223333:role/deploy', audience: 'sts.amazonaws.com' },
    sessionName: '',
    inlinePolicy: '',
    managedPolicies: [],
    allowedAccounts: [],
  },
  endpoint: { server: 'https://given', ca: 'PEM' },
  connection: { proxyUrl: 'http://me:hunter2@proxy:3128', tlsServerName: '' },
};

const gke = (source: GkeCluster['login']['source']): GkeCluster => ({
  provider: 'gke',
  project: 'acme-data',
  location: 'europe-west1',
  name: 'data',
  login: { source, serviceAccount: '' },
  via: 'auto',
  membership: '',
  universe: 'googleapis.com',
  connection: { proxyUrl: '', tlsServerName: '' },
});

const access: ClusterAccess = {
  endpoint: { server: 'https://abc.eks.amazonaws.com', ca: 'PEM' },
  connection: { proxyUrl: '', tlsServerName: '' },
  identity: 'deploy',
  mint: async () => ({ token: 'secret' }),
  explain: () => undefined,
  registry: async () => undefined,
};

function write(spec: ClusterSpec) {
  const files = fakeFiles({});
  const login = { access, kubeconfig: { path: '/private/kubeconfig.json' } } as unknown as Login;
  const path = writeSetupKubeconfig(spec, login, {
    files,
    node: '/runner/node24/bin/node',
    plugin: '/action/dist/credential/index.js',
    session: 'shop-4711',
    fromFork: false,
  });
  return { path, files };
}

test('EKS asks our program, whose config holds no secret', () => {
  const { path, files } = write(eks);
  const config = JSON.parse(files.read(path) ?? '');
  expect(config.clusters[0]).toEqual({
    name: 'data-prod',
    cluster: {
      server: 'https://abc.eks.amazonaws.com',
      'certificate-authority-data': btoa('PEM'),
    },
  });
  expect(config['current-context']).toBe('data-prod');
  expect(config.users[0].user).toEqual({
    exec: {
      apiVersion: 'client.authentication.k8s.io/v1',
      command: '/runner/node24/bin/node',
      args: ['/action/dist/credential/index.js', '--config', '/private/credential.json'],
      interactiveMode: 'Never',
      provideClusterInfo: false,
      installHint: expect.stringContaining('command: setup'),
    },
  });
  const told = files.read('/private/credential.json') ?? '';
  expect(JSON.parse(told)).toMatchObject({
    cluster: { provider: 'eks', name: 'data-prod', login: eks.login },
    session: 'shop-4711',
  });
  expect(told).not.toContain('hunter2');
});

describe('GKE', () => {
  test('with a federated identity asks our program', () => {
    const { path } = write(gke({ type: 'federation', provider: 'projects/1', audience: '' }));
    expect(path).toBe('/private/setup-kubeconfig.json');
  });

  test('with an access token has only that token', () => {
    const { path, files } = write(gke({ type: 'access-token', token: 'secret' }));
    expect(path).toBe('/private/kubeconfig.json');
    expect(files.written.size).toBe(0);
  });

  test('with a key from a variable is refused before anything is written', () => {
    const source = { type: 'credentials', json: '{"private_key":"hunter2"}', name: 'X' } as const;
    const refused = () => write(gke(source));
    expect(refused).toThrow(
      '`cluster.credentials` holds for its own step only: `command: setup` would have to write the key into a file for later steps.',
    );
    expect(refused).not.toThrow('hunter2');
  });
});

test('the others last by themselves', () => {
  expect(write({ provider: 'in-cluster' }).path).toBe('/private/kubeconfig.json');
});
