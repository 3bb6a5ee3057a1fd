import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { createCluster } from '../../../src/adapters/cluster.ts';
import { startTls, type TlsDouble } from './tls-double.ts';

let api: TlsDouble;
beforeEach(async () => {
  api = await startTls();
});
afterEach(() => {
  jest.restoreAllMocks();
  api.close();
});

const issuer = 'https://issuer.example';
const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
/** Seconds from now; the signature is the API server's business. */
function toIdToken(expiry: number): string {
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: issuer, aud: 'slipway', sub: 'jane', iat: now, exp: now + expiry };
  return `${encode({ alg: 'RS256' })}.${encode(claims)}.${encode({})}`;
}

function clusterWith(config: object) {
  const cluster = { 'certificate-authority-data': Buffer.from(api.authority).toString('base64') };
  return createCluster(api.kubeconfig(cluster, { 'auth-provider': { name: 'oidc', config } }));
}

/** An issuer that gives this for a refresh token; resolves to what it was sent. */
function playIssuer(answer: object): string[] {
  const received: string[] = [];
  jest.spyOn(globalThis, 'fetch').mockImplementation(async (url, init) => {
    received.push(`${init?.method} ${url} ${init?.body ?? ''}`.trim());
    const metadata = { issuer, token_endpoint: `${issuer}/token` };
    return Response.json(String(url).endsWith('/token') ? answer : metadata);
  });
  return received;
}

describe('auth-provider: oidc', () => {
  test('an id-token that is still good is used', async () => {
    const token = toIdToken(3600);
    await clusterWith({ 'id-token': token }).readServerVersion();
    expect(api.seen).toMatchObject([{ headers: { authorization: `Bearer ${token}` } }]);
  });

  test('one that has expired is renewed, and the new one used as long as it is good', async () => {
    const renewed = toIdToken(3600);
    const received = playIssuer({
      access_token: 'a',
      token_type: 'Bearer',
      id_token: renewed,
      refresh_token: 'next',
      expires_in: 3600,
    });
    const now = jest.spyOn(performance, 'now').mockReturnValue(0);
    const cluster = clusterWith({
      'id-token': toIdToken(-60),
      'refresh-token': 'first',
      'client-id': 'slipway',
      'idp-issuer-url': issuer,
    });
    await cluster.readServerVersion();
    now.mockReturnValue(60_000);
    await cluster.readServerVersion();
    const shown = { headers: { authorization: `Bearer ${renewed}` } };
    expect(api.seen).toMatchObject([shown, shown]);
    expect(received).toEqual([
      `GET ${issuer}/.well-known/openid-configuration`,
      `POST ${issuer}/token refresh_token=first&grant_type=refresh_token&client_id=slipway`,
    ]);
  });

  test.each<[string, object, string]>([
    ['nothing to renew it with', {}, 'no id-token that is still good, nor all of refresh-token'],
    [
      'an issuer that refuses',
      { 'refresh-token': 'r', 'client-id': 'slipway', 'idp-issuer-url': issuer },
      'its id-token has expired, and renewing it failed: ',
    ],
  ])('one that has expired, and %s', async (_, config, message) => {
    playIssuer({});
    const failed = clusterWith({ 'id-token': toIdToken(-60), ...config }).readServerVersion();
    await expect(failed).rejects.toMatchObject({ name: 'ApiError', status: 0 });
    await expect(failed).rejects.toThrow(message);
    expect(api.seen).toEqual([]);
  });
});
