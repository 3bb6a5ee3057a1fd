import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createCluster } from '../../../src/adapters/cluster.ts';
import {
  type Answering,
  type ApiDouble,
  refuse,
  startApi,
  succeed,
  toKubeconfig,
} from './api-double.ts';

let api: ApiDouble;
afterEach(() => api.close());

async function start(answer: Answering, user?: object) {
  api = await startApi(answer, user);
  return createCluster(api.kubeconfig);
}

const object = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'a', namespace: 'ns' },
};
const ref = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'ns', name: 'a' };
const lines = () => api.requests.map(({ line }) => line);

describe('a read is tried again', () => {
  test.each<[string, Answering]>([
    ['after a broken connection', (response) => response.destroy()],
    ['after a server error', (response) => refuse(response, 503)],
    ['when throttled', (response) => refuse(response, 429, { retryAfter: 0 })],
  ])('%s', async (_, fail) => {
    const cluster = await start((response, request, nth) =>
      nth === 0 ? fail(response, request, nth) : succeed(response, object),
    );
    expect(await cluster.read(ref)).toEqual(object);
    expect(lines()).toEqual(Array(2).fill('GET /prefix/api/v1/namespaces/ns/configmaps/a'));
  });

  test('but only twice', async () => {
    const cluster = await start((response) => refuse(response, 500));
    await expect(cluster.read(ref)).rejects.toMatchObject({ name: 'ApiError', status: 500 });
    expect(lines()).toHaveLength(3);
  });

  test('not when refused', async () => {
    const cluster = await start((response) => refuse(response, 403, { reason: 'Forbidden' }));
    await expect(cluster.read(ref)).rejects.toMatchObject({ status: 403, reason: 'Forbidden' });
    expect(lines()).toHaveLength(1);
  });
});

describe('a write is tried again', () => {
  test('only when throttled', async () => {
    const cluster = await start((response, _, nth) =>
      nth < 2 ? refuse(response, 429, { retryAfter: 0 }) : succeed(response, object),
    );
    expect(await cluster.replace(object)).toEqual(object);
    expect(lines()).toEqual(Array(3).fill('PUT /prefix/api/v1/namespaces/ns/configmaps/a'));
  });

  test.each<[string, Answering, number]>([
    ['not after a server error', (response) => refuse(response, 500), 500],
    ['not after a broken connection', (response) => response.destroy(), 0],
  ])('%s', async (_, fail, status) => {
    const cluster = await start(fail);
    await expect(cluster.create(object)).rejects.toMatchObject({ name: 'ApiError', status });
    expect(lines()).toHaveLength(1);
  });
});

describe('lists', () => {
  const page = (items: readonly object[], next = '') => ({
    metadata: { resourceVersion: '5', continue: next },
    items,
  });
  const pods = { apiVersion: 'v1', kind: 'Pod', namespace: 'ns' };

  test('all pages, and items say what they are', async () => {
    const cluster = await start((response, { line }) =>
      succeed(
        response,
        line.includes('continue=t')
          ? page([{ metadata: { name: 'b' } }])
          : page([{ metadata: { name: 'a' } }], 't'),
      ),
    );
    expect(await cluster.list({ ...pods, labelSelector: 'a=b,c', fieldSelector: 'd=e' })).toEqual([
      { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } },
      { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'b' } },
    ]);
    const first =
      '/prefix/api/v1/namespaces/ns/pods?labelSelector=a%3Db%2Cc&fieldSelector=d%3De&limit=500';
    expect(lines()).toEqual([`GET ${first}`, `GET ${first}&continue=t`]);
  });

  test('a list that grew too old on the way is read in one piece', async () => {
    const cluster = await start((response, { line }) => {
      if (line.includes('continue=')) return refuse(response, 410, { reason: 'Expired' });
      return succeed(response, line.includes('limit=') ? page([{}], 't') : page([{}, {}]));
    });
    expect(await cluster.list(pods)).toHaveLength(2);
  });
});

describe('kinds', () => {
  const widgets = {
    resources: [
      { name: 'widgets/status', kind: 'Widget', namespaced: true },
      { name: 'widgets', kind: 'Widget', namespaced: true },
    ],
  };
  const widget = { apiVersion: 'example.com/v1', kind: 'Widget', namespace: 'ns', name: 'a' };

  test('the server is asked once for what we do not know', async () => {
    const cluster = await start((response, { line }) =>
      succeed(response, line.endsWith('/apis/example.com/v1') ? widgets : object),
    );
    await Promise.all([cluster.read(widget), cluster.read(widget)]);
    await cluster.read(widget);
    expect(lines()).toEqual([
      'GET /prefix/apis/example.com/v1',
      ...Array(3).fill('GET /prefix/apis/example.com/v1/namespaces/ns/widgets/a'),
    ]);
  });

  test('a kind that comes later is found later', async () => {
    const cluster = await start((response, { line }, nth) => {
      if (!line.endsWith('/apis/example.com/v1')) return succeed(response, object);
      return nth === 0 ? refuse(response, 404) : succeed(response, widgets);
    });
    await expect(cluster.read(widget)).rejects.toMatchObject({
      status: 404,
      reason: 'NotFound',
      message: 'the API server has no kind Widget in example.com/v1',
    });
    expect(await cluster.read(widget)).toEqual(object);
  });

  test('a kind of the whole cluster has no namespace in its path; names are encoded', async () => {
    const cluster = await start((response) => succeed(response, object));
    const role = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole' };
    await cluster.read({ ...role, namespace: 'ns', name: 'system:a/b' });
    expect(lines()).toEqual([
      'GET /prefix/apis/rbac.authorization.k8s.io/v1/clusterroles/system%3Aa%2Fb',
    ]);
    await expect(cluster.read({ ...ref, namespace: '' })).rejects.toThrow('without its namespace');
  });
});

test('an answer of something in between is shown, not parsed', async () => {
  const cluster = await start((response) =>
    response.writeHead(407).end('<html>\n  Proxy says no</html>'),
  );
  await expect(cluster.readServerVersion()).rejects.toMatchObject({
    status: 407,
    reason: '',
    message: '<html> Proxy says no</html>',
  });
});

describe('logging in', () => {
  const authorization = () => api.requests.map(({ headers }) => headers.authorization);
  const version: Answering = (response) => succeed(response, { gitVersion: 'v1.36.3' });

  test.each<[string, object, string]>([
    ['a token', { token: 'abc' }, 'Bearer abc'],
    ['a password', { username: 'u', password: 'p' }, `Basic ${btoa('u:p')}`],
  ])('by %s', async (_, user, expected) => {
    const cluster = await start(version, user);
    await cluster.readServerVersion();
    expect(authorization()).toEqual([expected]);
  });

  test('as someone else', async () => {
    const cluster = await start(version, { token: 't', as: 'jane', 'as-groups': ['a', 'b'] });
    await cluster.readServerVersion();
    expect(api.requests[0]?.headers).toMatchObject({
      'impersonate-user': 'jane',
      'impersonate-group': 'a, b',
    });
  });

  test('by a file, read again when the server no longer accepts what it held', async () => {
    const answer: Answering = (response, { headers }) =>
      headers.authorization === 'Bearer new'
        ? succeed(response, { gitVersion: 'v1' })
        : refuse(response, 401);
    api = await startApi(answer);
    const tokenFile = path.join(api.folder, 'token');
    const config = JSON.parse(readFileSync(api.kubeconfig, 'utf8'));
    config.users[0].user = { tokenFile, token: 'stale' };
    writeFileSync(api.kubeconfig, JSON.stringify(config));
    writeFileSync(tokenFile, 'old\n');
    const cluster = createCluster(api.kubeconfig);
    await expect(cluster.readServerVersion()).rejects.toMatchObject({ status: 401 });
    writeFileSync(tokenFile, 'new\n');
    expect(await cluster.readServerVersion()).toBe('v1');
    expect(authorization()).toContain('Bearer old');
  });

  test('by a program, which is told the cluster and asked once', async () => {
    const program = `
      require('node:fs').appendFileSync(process.argv[1], process.env.KUBERNETES_EXEC_INFO + '\\n');
      console.log(JSON.stringify({ status: { token: process.env.TOKEN } }));`;
    api = await startApi(version);
    const calls = path.join(api.folder, 'calls');
    const exec = {
      apiVersion: 'client.authentication.k8s.io/v1beta1',
      command: process.execPath,
      args: ['--eval', program, calls],
      env: [{ name: 'TOKEN', value: 'made' }],
      provideClusterInfo: true,
    };
    const config = JSON.parse(readFileSync(api.kubeconfig, 'utf8'));
    config.users[0].user = { exec };
    writeFileSync(api.kubeconfig, JSON.stringify(config));
    const cluster = createCluster(api.kubeconfig);
    await Promise.all(Array.from({ length: 20 }, () => cluster.readServerVersion()));
    expect(new Set(authorization())).toEqual(new Set(['Bearer made']));
    const infos = readFileSync(calls, 'utf8').trim().split('\n');
    expect(infos).toHaveLength(1);
    expect(JSON.parse(infos[0] ?? '')).toMatchObject({
      apiVersion: 'client.authentication.k8s.io/v1beta1',
      spec: { interactive: false, cluster: { server: config.clusters[0].cluster.server } },
    });
  });

  test('by a program that fails: its words are the message', async () => {
    const exec = {
      apiVersion: 'client.authentication.k8s.io/v1',
      command: process.execPath,
      args: ['--eval', 'console.error("session expired"); process.exit(1)'],
    };
    const cluster = await start(version, { exec });
    await expect(cluster.readServerVersion()).rejects.toMatchObject({
      name: 'ApiError',
      status: 0,
      message: "logging in with the kubeconfig's user failed: session expired",
    });
  });
});

test('a proxy of the kubeconfig is used', async () => {
  const cluster = await start((response) => succeed(response, { gitVersion: 'v1' }));
  void cluster;
  const { server } = JSON.parse(readFileSync(api.kubeconfig, 'utf8')).clusters[0].cluster;
  const file = path.join(api.folder, 'proxied.json');
  const proxy = { 'proxy-url': new URL(server).origin };
  writeFileSync(file, JSON.stringify(toKubeconfig('http://cluster.invalid', {}, proxy)));
  expect(await createCluster(file).readServerVersion()).toBe('v1');
  expect(lines()).toEqual(['GET http://cluster.invalid/version']);
});

describe('the version', () => {
  test.each([
    ['a page', '<html>please log in</html>'],
    ['nothing', ''],
    ['no map', 'null'],
    ['something else', '{"gitVersion":{}}'],
  ])('of what is no API server: %s', async (_, text) => {
    const cluster = await start((response) => response.end(text));
    await expect(cluster.readServerVersion()).rejects.toMatchObject({
      name: 'ApiError',
      message: 'what answers there is no API server of Kubernetes (it tells no version)',
    });
  });

  test('is not waited for once the run is cancelled', async () => {
    const cancel = new AbortController();
    const cluster = await start(() => cancel.abort());
    await expect(cluster.readServerVersion(cancel.signal)).rejects.toMatchObject({ status: 0 });
    expect(lines()).toHaveLength(1);
  });
});
