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
import { PROVIDER, refuse, SERVICE_ACCOUNT, startGoogle, toError } from '../../cloud/google.ts';
import { trust } from '../../cloud/trust.ts';
import { fakeFiles } from '../../fakes/files.ts';
import { createWorld, toSpec, useClouds, whilePassing } from './world.ts';

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

test('tokens of the credentials file, and nothing of a file that is gone', async () => {
  const file = '/work/gha-creds-1.json';
  const environment = { GOOGLE_APPLICATION_CREDENTIALS: file };
  const files = fakeFiles({ [path.resolve(file)]: toExternal() });
  const { identity } = await open(
    { source: { type: 'ambient' } },
    { environment, files },
  ).tokens.mint();
  expect(identity).toBe(DIRECT);
  await expect(
    open({ source: { type: 'ambient' } }, { environment }).tokens.mint(),
  ).rejects.toMatchObject({
    code: 'login-missing',
    message: 'GOOGLE_APPLICATION_CREDENTIALS points to a file that does not exist (any more).',
    hint: expect.stringContaining('Was actions/checkout run after google-github-actions/auth?'),
  });
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
  // Such as a runner elsewhere, where another server is at that address, or nobody.
  for (const other of [clouds.google.url, 'http://127.0.0.1:9']) {
    await expect(ambient({ GCE_METADATA_HOST: other })).rejects.toMatchObject({
      code: 'login-missing',
      message:
        'No Google credentials: `gcp-workload-identity-provider` is not set, no earlier step has logged in, and this machine has no service account.',
    });
  }
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

const AUDIENCE = `https://iam.googleapis.com/${PROVIDER}`;
const SENT =
  'GitHub sent repository="acme/shop", ref="refs/heads/main", sub="repo:acme/shop:ref:refs/heads/main".';
const CHECK = /^Check `gcp-workload-identity-provider` letter by letter/;

test.each<[string, () => void, { code: string; message: string | RegExp; hint: string | RegExp }]>([
  [
    '35 attribute condition',
    () => {
      clouds.google.settings.condition = () => false;
    },
    {
      code: 'login-refused',
      message: `Google's provider rejected this workflow: attribute condition not met. ${SENT}`,
      hint: 'The attribute condition of the provider in `gcp-workload-identity-provider` must allow exactly these (case-sensitive).',
    },
  ],
  [
    '35 in the job of an environment',
    () => {
      clouds.google.settings.condition = () => false;
      clouds.github.claims = { sub: 'repo:acme@1/shop@2:environment:prod', environment: 'prod' };
    },
    {
      code: 'login-refused',
      message: /sub="repo:acme@1\/shop@2:environment:prod"\.$/,
      hint: /immutable subject format .* Because the job uses environment "prod", the subject ends in environment:prod, not ref:….$/,
    },
  ],
  [
    '36 stale twice',
    () => {
      clouds.google.settings.instead = () => ({
        ...refuse(400, 'invalid_grant', 'ID Token issued at 1 is stale to sign-in.'),
        headers: { date: 'Thu, 01 Jan 2026 00:00:10 GMT' },
      });
    },
    {
      code: 'login-refused',
      message:
        "Google takes GitHub's OIDC token for too old: ID Token issued at 1 is stale to sign-in.",
      hint: 'A token lives 5 minutes: re-run the job; if it stays so, check the clock of the runner.',
    },
  ],
  [
    '36 and the clocks differ',
    () => {
      clouds.google.settings.instead = () => ({
        ...refuse(400, 'invalid_grant', 'ID Token issued at 1 is stale to sign-in.'),
        headers: { date: 'Thu, 01 Jan 2026 00:10:00 GMT' },
      });
    },
    {
      code: 'clock-skew',
      message: "The runner's clock differs from Google's by 600 s (Date header).",
      hint: 'Fix the clock of the runner (NTP).',
    },
  ],
  [
    '36 issuer',
    () => {
      clouds.google.settings.issuer = 'https://ghes.acme.test/_services/token';
    },
    {
      code: 'login-refused',
      message:
        /^The provider of `gcp-workload-identity-provider` expects another issuer than GitHub's "https:\/\/token\.actions\.githubusercontent\.com": /,
      hint: /https:\/\/HOST\/_services\/token of a GitHub Enterprise Server\.$/,
    },
  ],
  [
    'audience',
    () => {
      clouds.google.settings.audience = 'other';
    },
    {
      code: 'login-refused',
      message: `Google's provider does not allow the audience "${AUDIENCE}".`,
      hint: 'Set `cluster.audience` to one that the provider of `gcp-workload-identity-provider` lists, or add this one to it.',
    },
  ],
  [
    '37 no such provider',
    () => {
      clouds.google.settings.provider = 'projects/1/other';
    },
    {
      code: 'login-refused',
      message: `Provider "${PROVIDER}" does not exist or is disabled or deleted, or its pool is.`,
      hint: CHECK,
    },
  ],
  [
    '38 too long',
    () => {
      clouds.github.claims = { sub: `repo:acme/${'x'.repeat(120)}:pull_request` };
      const told =
        'The size of mapped attribute google.subject exceeds the 127 bytes limit. Either modify your attribute mapping or the incoming assertion to produce a mapped attribute that is less than 127 bytes.';
      clouds.google.settings.instead = () => refuse(400, 'invalid_request', told);
    },
    {
      code: 'login-refused',
      message:
        /google\.subject would be 143 bytes \(limit 127\)\. GitHub sent sub="repo:acme\/x+:pull_request"\.$/,
      hint: 'Map a shorter claim, such as assertion.repository_id, in the provider of `gcp-workload-identity-provider`.',
    },
  ],
  [
    '39 impersonation',
    () => {
      clouds.google.settings.serviceAccounts = {};
    },
    {
      code: 'login-refused',
      message: `The GitHub identity may not impersonate ${SERVICE_ACCOUNT} (\`gcp-service-account\`). ${SENT}`,
      hint: `On this service account, grant roles/iam.workloadIdentityUser to principalSet://iam.googleapis.com/${POOL}/attribute.repository/acme/shop, and check the address; changes of IAM take up to 5 minutes.`,
    },
  ],
  [
    '39 the API is off',
    () => {
      const told =
        'IAM Service Account Credentials API has not been used in project 111122223333 before or it is disabled.';
      const details = [{ reason: 'SERVICE_DISABLED', domain: 'googleapis.com' }];
      clouds.google.settings.instead = ({ url }) =>
        url.pathname.includes('serviceAccounts')
          ? toError(403, 'PERMISSION_DENIED', told, details)
          : undefined;
    },
    {
      code: 'login-refused',
      message: 'The IAM Service Account Credentials API is not enabled in project 111122223333.',
      hint: 'Enable iamcredentials.googleapis.com in project 111122223333; it takes a few minutes.',
    },
  ],
])('%s: told once, and nothing secret', async (_, arrange, expected) => {
  arrange();
  const { world, tokens } = open({ serviceAccount: SERVICE_ACCOUNT });
  const error = await tokens.mint().catch((thrown) => thrown);
  const { code, message, hint } = expected;
  expect(error.code).toBe(code);
  expect(error.message).toMatch(toPattern(message));
  expect(error.hint).toMatch(toPattern(hint));
  const told = JSON.stringify([error, error.cause, error.problems, world.logged]);
  for (const secret of world.hidden) expect(told).not.toContain(secret);
});

/** The whole text, when it is one. */
function toPattern(expected: string | RegExp): RegExp {
  if (typeof expected !== 'string') return expected;
  return new RegExp(`^${RegExp.escape(expected)}$`);
}

test.each<[string, string, string, string]>([
  ['34 empty', '', 'login-missing', 'KEY is empty.'],
  ['no JSON', 'c2VjcmV0', 'input-invalid', 'KEY is not the JSON of Google credentials.'],
  ['another type', '{"type":"gdch"}', 'input-invalid', 'KEY holds credentials of type "gdch".'],
  ['cut off', '{"type":"service_account"}', 'input-invalid', 'KEY has no client_email.'],
  [
    'a key that is none',
    toKey('no key'),
    'input-invalid',
    'The private_key in KEY is not a key in PEM.',
  ],
  [
    'a key that is gone',
    toKey(),
    'login-refused',
    'Google refused the key or login of KEY: Invalid grant: account not found',
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
    'KEY names an address that is not https://…',
  ],
])('credentials: %s', async (_, json, code, message) => {
  const { tokens } = open({ source: { type: 'credentials', json, name: 'KEY' } });
  await expect(tokens.mint()).rejects.toMatchObject({ code, message });
});
