import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createSilent, type Server } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createCluster } from '../../src/adapters/cluster.ts';
import type { Login } from '../../src/auth/login.ts';
import { preflight } from '../../src/auth/preflight.ts';
import { ApiError } from '../../src/ports.ts';
import { refuse, startApi } from '../adapters/cluster/api-double.ts';
import { startTls } from '../adapters/cluster/tls-double.ts';

type Cleanup = { close(): unknown };
const opened: Cleanup[] = [];
afterEach(() => {
  for (const each of opened.splice(0)) each.close();
});

function loginOf(path: string, more: Partial<Login> = {}): Login {
  return {
    provider: 'kubeconfig',
    kubeconfig: { path, server: 'https://api.example', usesExec: false, user: 'ci' },
    identity: 'user ci',
    registry: async () => undefined,
    explain: () => undefined,
    problems: () => [],
    stop: () => undefined,
    ...more,
  };
}

const ask = (path: string, more?: Partial<Login>) =>
  preflight(createCluster(path), loginOf(path, more));

/** A port on which something answers in its own way. */
async function listen(server: Server) {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  opened.push(server);
  return (server.address() as AddressInfo).port;
}

async function kubeconfigFor(cluster: object): Promise<string> {
  const api = await startTls();
  opened.push(api);
  return api.kubeconfig(cluster, { token: 'abc' });
}

test('the version of a server that lets us in', async () => {
  const api = await startTls();
  opened.push(api);
  const trusted = { 'certificate-authority-data': btoa(api.authority) };
  expect(await ask(api.kubeconfig(trusted, { token: 'abc' }))).toBe('v1.36.3');
});

describe('tells apart', () => {
  const rows: readonly [string, () => Promise<string>, string, RegExp, RegExp][] = [
    [
      'a name that nobody knows',
      () => kubeconfigFor({ server: 'https://cluster.invalid' }),
      'cluster-unreachable',
      /the name of the API server is not known here \(getaddrinfo \w+ cluster\.invalid\)\.$/,
      /^Check `server` in `kubeconfig`/,
    ],
    [
      'nobody who listens',
      () => kubeconfigFor({ server: 'https://127.0.0.1:1' }),
      'cluster-unreachable',
      /the cluster was not reached \(connect ECONNREFUSED 127\.0\.0\.1:1\)\.$/,
      /private endpoint, firewall, VPN/,
    ],
    [
      'a certificate of somebody else',
      () => kubeconfigFor({}),
      'certificate-untrusted',
      /the certificate of the cluster is not trusted \(self-signed certificate\)\.$/,
      /^Put the CA of the cluster into `kubeconfig`.* NO_PROXY\.$/,
    ],
    [
      'a proxy that refuses',
      async () => {
        const proxy = createServer();
        proxy.on('connect', (_, socket) => socket.end('HTTP/1.1 407 No\r\n\r\n'));
        const url = `http://me:hunter2@127.0.0.1:${await listen(proxy)}`;
        return kubeconfigFor({ server: 'https://cluster.invalid', 'proxy-url': url });
      },
      'proxy-refused',
      /proxy http:\/\/127\.0\.0\.1:\d+ refused cluster\.invalid:443 with HTTP 407\)\.$/,
      /NO_PROXY/,
    ],
    [
      '401',
      () => kubeconfigOfApi(401),
      'unauthorized',
      /the cluster does not accept the credentials in `kubeconfig`\.$/,
      /^Renew its token or certificate/,
    ],
    [
      '403',
      () => kubeconfigOfApi(403),
      'forbidden',
      /: refused with 403\.$/,
      /`system:public-info-viewer`/,
    ],
    ['an error', () => kubeconfigOfApi(500), 'cluster-error', /answered 500/, /again/],
  ];
  test.each(rows)('%s', async (_, path, code, message, hint) => {
    const failed = ask(await path());
    await expect(failed).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
      hint: expect.stringMatching(hint),
    });
    await expect(failed).rejects.toThrow(/^Connecting to https:\/\/api\.example as user ci: /);
    await expect(failed).rejects.not.toThrow('hunter2');
  });

  test('silence, after seconds and not minutes', async () => {
    const port = await listen(createSilent());
    const path = await kubeconfigFor({ server: `https://127.0.0.1:${port}` });
    await expect(ask(path)).rejects.toMatchObject({
      code: 'cluster-unreachable',
      message: expect.stringContaining('the cluster was not reached (no connection within 8 s)'),
    });
  }, 30_000);

  test('a login program that fails', async () => {
    const api = await startTls();
    opened.push(api);
    const path = api.kubeconfig({}, { exec: { command: 'false' } });
    await expect(ask(path)).rejects.toMatchObject({
      code: 'login-failed',
      message: expect.stringContaining('false failed and said nothing'),
    });
  });
});

async function kubeconfigOfApi(status: number): Promise<string> {
  const api = await startApi((response) => refuse(response, status));
  opened.push(api);
  return api.kubeconfig;
}

test.each<[Login['provider'], string]>([
  ['server', 'the cluster does not accept `cluster.token`.'],
  ['in-cluster', "the cluster does not accept this pod's service account."],
  ['eks', 'the cluster does not accept this AWS identity.'],
  ['gke', 'the cluster does not accept this Google identity.'],
])('in the words of %s', async (provider, message) => {
  const readServerVersion = async () => {
    throw new ApiError(401, 'Unauthorized', 'Unauthorized');
  };
  await expect(preflight({ readServerVersion }, loginOf('', { provider }))).rejects.toThrow(
    `Connecting to https://api.example as user ci: ${message}`,
  );
});

test('a cloud that knows more is believed', async () => {
  const explain: Login['explain'] = ({ type }) =>
    type === 'unauthorized' ? { message: 'No access entry.', hint: 'Create one.' } : undefined;
  const failed = ask(await kubeconfigOfApi(401), { explain });
  await expect(failed).rejects.toMatchObject({
    code: 'unauthorized',
    message: 'No access entry.',
    hint: 'Create one.',
    problems: [{ said: 'refused with 401' }],
  });
});
