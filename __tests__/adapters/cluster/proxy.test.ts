import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createCluster } from '../../../src/adapters/cluster.ts';
import { type ProxyDouble, startHttpProxy, startSocksProxy } from './proxy-double.ts';
import { startTls, type TlsDouble } from './tls-double.ts';

/* The name of the server exists for the proxy only: `.invalid` never resolves. */

let api: TlsDouble;
let proxy: ProxyDouble | undefined;
beforeEach(async () => {
  api = await startTls();
});
afterEach(() => {
  proxy?.close();
  api.close();
});

function clusterThrough(url: string) {
  const cluster = {
    server: 'https://cluster.invalid:6443',
    'proxy-url': url,
    'certificate-authority-data': Buffer.from(api.authority).toString('base64'),
    'tls-server-name': 'api.example',
  };
  return createCluster(api.kubeconfig(cluster, { token: 'abc' }));
}

test.each([
  ['http', startHttpProxy],
  ['socks5', startSocksProxy],
] as const)(
  '%s: names are looked up by the proxy, connections are used again',
  async (scheme, start) => {
    proxy = await start(api.port);
    const cluster = clusterThrough(`${scheme}://127.0.0.1:${proxy.port}`);
    expect(await cluster.readServerVersion()).toBe('v1.36.3');
    expect(await cluster.readServerVersion()).toBe('v1.36.3');
    expect(proxy.asked).toEqual(['cluster.invalid:6443']);
    const seen = { servername: 'api.example', headers: { authorization: 'Bearer abc' } };
    expect(api.seen).toMatchObject([seen, seen]);
  },
);

test.each(['http', 'socks5'])('%s: every request is told when nobody listens', async (scheme) => {
  const cluster = clusterThrough(`${scheme}://127.0.0.1:1`);
  const ref = { apiVersion: 'v1', kind: 'Pod', namespace: 'a', name: 'a' };
  const object = { ...ref, metadata: { name: 'a', namespace: 'a' } };
  const tries = Array.from({ length: 60 }, () => cluster.create(object));
  for (const settled of await Promise.allSettled(tries)) {
    expect(settled).toMatchObject({
      reason: { name: 'ApiError', status: 0, message: expect.stringContaining('ECONNREFUSED') },
    });
  }
});

test.each(['socks4://proxy:1080', 'proxy:3128', 'ftp://me:secret@proxy', 'http://me:secret@['])(
  '%s is refused, without quoting what may be a password',
  async (url) => {
    const failed = clusterThrough(url).readServerVersion();
    await expect(failed).rejects.toMatchObject({ name: 'ApiError', status: 0 });
    await expect(failed).rejects.toThrow(
      "the kubeconfig's proxy-url is not a URL that starts with http://, https:// or socks5://",
    );
  },
);
