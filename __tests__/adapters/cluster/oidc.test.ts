import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createCluster } from '../../../src/adapters/cluster.ts';
import { startTls, type TlsDouble } from './tls-double.ts';

let api: TlsDouble;
beforeEach(async () => {
  api = await startTls();
});
afterEach(() => api.close());

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
/** Seconds from now; the signature is the API server's business. */
function toIdToken(expiry: number): string {
  const claims = { sub: 'jane', exp: Math.floor(Date.now() / 1000) + expiry };
  return `${encode({ alg: 'RS256' })}.${encode(claims)}.${encode({})}`;
}

function clusterWith(config: object) {
  const cluster = { 'certificate-authority-data': Buffer.from(api.authority).toString('base64') };
  return createCluster(api.kubeconfig(cluster, { 'auth-provider': { name: 'oidc', config } }));
}

describe('auth-provider: oidc', () => {
  test.each([
    ['a good one', toIdToken(3600)],
    ['one that only the server can read', 'opaque'],
  ])('an id-token is used: %s', async (_, token) => {
    await clusterWith({ 'id-token': token }).readServerVersion();
    expect(api.seen).toMatchObject([{ headers: { authorization: `Bearer ${token}` } }]);
  });

  test.each([
    ['expired', { 'id-token': toIdToken(-60) }, /id-token has expired; renew it in the step/],
    ['absent', {}, /has no id-token/],
  ])('one that is %s gets a sentence', async (_, config, sentence) => {
    await expect(clusterWith(config).readServerVersion()).rejects.toThrow(sentence);
    expect(api.seen).toEqual([]);
  });
});
