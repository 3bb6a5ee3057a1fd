import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import type { AuthWorld } from '../../../src/auth/access.ts';
import { createGoogleTokens } from '../../../src/auth/google/tokens.ts';
import type { GoogleLogin } from '../../../src/release/cluster-spec.ts';
import { createCertificate } from '../../adapters/cluster/certificate.ts';
import { startHttpProxy } from '../../adapters/cluster/proxy-double.ts';
import { PROVIDER, refuse, SERVICE_ACCOUNT, startGoogle } from '../../cloud/google.ts';
import { trust } from '../../cloud/trust.ts';
import { whilePassing } from '../../fakes/auth-world.ts';
import { fakeFiles } from '../../fakes/files.ts';
import { createWorld, toSpec, useClouds } from './world.ts';

const clouds = useClouds();
/** Servers of one test. */
const started: { close(): unknown }[] = [];
afterEach(() => {
  for (const server of started.splice(0)) server.close();
});
const POOL = PROVIDER.replace(/\/providers\/.*/, '');
const DIRECT = `principal://iam.googleapis.com/${POOL}/subject/repo:acme/shop:ref:refs/heads/main`;
const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});

function open(login: Partial<GoogleLogin>, given: Partial<AuthWorld> = {}) {
  const world = createWorld(clouds, given);
  return { world, tokens: createGoogleTokens(toSpec(login), world) };
}

function toKey(key = privateKey): string {
  return JSON.stringify({
    type: 'service_account',
    client_email: SERVICE_ACCOUNT,
    private_key: key,
  });
}

/** As google-github-actions/auth leaves it. */
function toExternal(fields: object = {}): string {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: bearer } =
    clouds.github.environment;
  const audience = encodeURIComponent(`https://iam.googleapis.com/${PROVIDER}`);
  return JSON.stringify({
    type: 'external_account',
    audience: `//iam.googleapis.com/${PROVIDER}`,
    subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
    token_url: `${clouds.google.url}/v1/token`,
    credential_source: {
      url: `${url}&audience=${audience}`,
      headers: { Authorization: `Bearer ${bearer}` },
      format: { type: 'json', subject_token_field_name: 'value' },
    },
    ...fields,
  });
}

const impersonation = () => ({
  service_account_impersonation_url: `${clouds.google.url}/v1/projects/-/serviceAccounts/${SERVICE_ACCOUNT}:generateAccessToken`,
});

test.each<[string, () => Partial<GoogleLogin>, string]>([
  ['direct federation', () => ({}), DIRECT],
  ['as a service account', () => ({ serviceAccount: SERVICE_ACCOUNT }), SERVICE_ACCOUNT],
  [
    'a key',
    () => ({ source: { type: 'credentials', json: toKey(), name: 'KEY' } }),
    SERVICE_ACCOUNT,
  ],
  [
    'credentials of google-github-actions/auth',
    () => ({ source: { type: 'credentials', json: toExternal(), name: 'KEY' } }),
    DIRECT,
  ],
  [
    'the same, as a service account',
    () => ({ source: { type: 'credentials', json: toExternal(impersonation()), name: 'KEY' } }),
    SERVICE_ACCOUNT,
  ],
])(
  '%s: a new token each time, which the cluster knows by the name that we tell',
  async (_, login, identity) => {
    clouds.google.settings.keys = { [SERVICE_ACCOUNT]: publicKey };
    const { world, tokens } = open(login());
    const [first, second] = [await tokens.mint(), await tokens.mint()];
    expect(clouds.google.whois(first.token)).toBe(identity);
    expect(first.identity).toBe(identity);
    expect(second.token).not.toBe(first.token);
    expect(world.hidden).toEqual(expect.arrayContaining([first.token, second.token]));
    expect(first.expiresAt).toBeGreaterThan(Date.UTC(2026, 0, 1));
    expect(world.logged).toEqual([]);
  },
);

test('tokens of the credentials file', async () => {
  const file = '/work/gha-creds-1.json';
  const environment = { GOOGLE_APPLICATION_CREDENTIALS: file };
  const files = fakeFiles({ [path.resolve(file)]: toExternal() });
  const { identity } = await open(
    { source: { type: 'ambient' } },
    { environment, files },
  ).tokens.mint();
  expect(identity).toBe(DIRECT);
});

test("the machine's own service account, where there is one", async () => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.headers['metadata-flavor']} ${request.url}`);
    const token = JSON.stringify({ access_token: 'of-the-machine', expires_in: 100 });
    response.setHeader('metadata-flavor', 'Google');
    response.end(request.url?.endsWith('/email') ? `${SERVICE_ACCOUNT}\n` : token);
  }).listen(0, '127.0.0.1');
  started.push(server);
  await once(server, 'listening');
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const ambient = (environment: object) =>
    open({ source: { type: 'ambient' } }, { environment: { ...environment } }).tokens.mint();
  const found = await ambient({ GCE_METADATA_HOST: host });
  expect(found).toMatchObject({ token: 'of-the-machine', identity: SERVICE_ACCOUNT });
  expect(found.expiresAt).toBe(Date.UTC(2026, 0, 1) + 100_000);
  expect(asked[1]).toMatch(
    /^Google \/computeMetadata\/v1\/instance\/service-accounts\/default\/token\?/,
  );
  // A runner elsewhere, where another server is at that address.
  await expect(ambient({ GCE_METADATA_HOST: clouds.google.url })).rejects.toMatchObject({
    code: 'login-missing',
  });
});

test('an hour is asked for, and less where the clocks differ', async () => {
  clouds.google.settings.longestLife = 3500;
  const { tokens } = open({ serviceAccount: SERVICE_ACCOUNT });
  expect(clouds.google.whois((await tokens.mint()).token)).toBe(SERVICE_ACCOUNT);
  const lifetimes = clouds.google.asked.slice(1).map(({ body }) => JSON.parse(body).lifetime);
  expect(lifetimes).toEqual(['3600s', '3300s']);
});

test('a token without an end lives 5 minutes', async () => {
  clouds.google.settings.instead = () => ({ body: { access_token: 'x' } });
  const { expiresAt } = await open({}).tokens.mint();
  expect(expiresAt).toBe(Date.UTC(2026, 0, 1) + 300_000);
});

test('what passes is tried again, and a stale token is fetched anew, once', async () => {
  const answers = [
    { status: 503, body: 'upstream' },
    refuse(400, 'invalid_grant', "Error connecting to the given credential's issuer."),
    refuse(400, 'invalid_grant', 'ID Token issued at 1 is stale to sign-in.'),
  ];
  clouds.google.settings.instead = () => answers.shift();
  const { world, tokens } = open({});
  const { identity } = await whilePassing(tokens.mint(), world);
  expect(identity).toBe(DIRECT);
  expect(clouds.github.asked).toHaveLength(2);
  expect(world.logged).toEqual([
    expect.stringMatching(
      /^Google's token exchange answered HTTP 503; trying again in .* s \(2 of 5\)$/,
    ),
    expect.stringContaining(
      'answered that it could not fetch the keys of the issuer; trying again',
    ),
    "Google takes GitHub's OIDC token for too old; trying again with a new one",
  ]);
});

test('what does not pass ends after five tries, without a secret', async () => {
  clouds.google.settings.instead = () => ({ status: 500, body: 'upstream' });
  const { world, tokens } = open({});
  const error = await whilePassing(tokens.mint(), world).catch((thrown) => thrown);
  expect(error).toMatchObject({
    code: 'login-failed',
    message: "Google's token exchange did not answer after 5 tries (last: HTTP 500).",
  });
  // The library would retry by itself.
  expect(clouds.google.asked).toHaveLength(5);
  const told = JSON.stringify([error, error.cause, error.problems, world.logged]);
  for (const secret of world.hidden) expect(told).not.toContain(secret);
});

test.each([
  [
    'a success that is no JSON',
    { status: 200, headers: { 'content-type': 'text/html' }, body: '{"access_token":"of-nobody' },
    "Google's token exchange could not be asked: what answered in its place is no service of Google (no JSON).",
  ],
  [
    'a page of a proxy',
    { status: 403, headers: { 'content-type': 'text/html' }, body: '<html>of-nobody</html>' },
    "What answered in the place of Google's token exchange is no service of Google (HTTP 403, no JSON).",
  ],
  [
    'a redirect',
    { status: 302, headers: { location: 'https://of-nobody.test' } },
    "What answered in the place of Google's token exchange is no service of Google (HTTP 302, no JSON).",
  ],
])('somebody else answers, and is not quoted: %s', async (_, answer, message) => {
  clouds.google.settings.instead = () => answer;
  const failed = open({}).tokens.mint();
  await expect(failed).rejects.toMatchObject({ code: 'login-failed', message });
  expect(clouds.google.asked).toHaveLength(1);
});

test('a life that is no number is none', async () => {
  clouds.google.settings.instead = () => ({ body: { access_token: 'x', expires_in: 'soon' } });
  const { expiresAt } = await open({}).tokens.mint();
  expect(expiresAt).toBe(Date.UTC(2026, 0, 1) + 300_000);
});

test.each([
  ['as it is', { universe: 'googleapis.com' }],
  ['another universe', { universe: 'example-cloud.test' }],
])('the exchange itself goes through the proxy of the environment: %s', async (_, { universe }) => {
  const host = `sts.${universe}`;
  const certified = createCertificate(host);
  trust(certified.cert);
  const google = await startGoogle(certified);
  google.settings.audience = `https://iam.${universe}/${PROVIDER}`;
  google.settings.instead = ({ body }) =>
    body.includes(encodeURIComponent(`//iam.${universe}/`)) && universe !== 'googleapis.com'
      ? { body: { access_token: 'of-the-universe' } }
      : undefined;
  const proxy = await startHttpProxy(google.port);
  const environment = { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`, NO_PROXY: 'other.test' };
  const spec = toSpec({}, { universe });
  const world = {
    ...createWorld(clouds),
    environment: { ...clouds.github.environment, ...environment },
  };
  const { token } = await createGoogleTokens(spec, world).mint();
  expect(token).toBeTruthy();
  expect(proxy.asked).toEqual([`${host}:443`]);
  proxy.close();
  google.close();
});

test('an audience that the provider does not take', async () => {
  clouds.google.settings.audience = 'other';
  await expect(open({}).tokens.mint()).rejects.toMatchObject({
    code: 'login-refused',
    message: `Google's provider does not allow the audience "https://iam.googleapis.com/${PROVIDER}".`,
    hint: 'Set `cluster.audience` to one that the provider of `gcp-workload-identity-provider` lists, or add this one to it.',
  });
});

test.each<[string, string, string, string]>([
  ['empty', '', 'login-missing', '`KEY` is empty.'],
  ['no JSON', 'c2VjcmV0', 'input-invalid', '`KEY` is not the JSON of Google credentials.'],
  ['another type', '{"type":"gdch"}', 'input-invalid', '`KEY` holds credentials of type "gdch".'],
  ['cut off', '{"type":"service_account"}', 'input-invalid', '`KEY` has no client_email.'],
  [
    'a key that is none',
    toKey('no key'),
    'input-invalid',
    'The private_key in `KEY` is not a key in PEM.',
  ],
  [
    'a key that is gone',
    toKey(),
    'login-refused',
    'Google refused the key or login of `KEY`: Invalid grant: account not found',
  ],
  [
    'an address that is not safe',
    JSON.stringify({
      type: 'external_account',
      audience: 'x',
      subject_token_type: 'y',
      token_url: 'http://evil.test',
    }),
    'input-invalid',
    '`KEY` names an address that is not https://…',
  ],
])('credentials: %s', async (_, json, code, message) => {
  const { tokens } = open({ source: { type: 'credentials', json, name: 'KEY' } });
  await expect(tokens.mint()).rejects.toMatchObject({ code, message });
});
