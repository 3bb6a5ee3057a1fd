import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { AuthWorld } from '../../src/auth/access.ts';
import { requestIdToken } from '../../src/auth/github-oidc.ts';
import { createCertificate } from '../adapters/cluster/certificate.ts';
import { startHttpProxy } from '../adapters/cluster/proxy-double.ts';
import { type GitHubOidcDouble, startGitHubOidc, toJwt } from '../cloud/github.ts';
import { trust } from '../cloud/trust.ts';
import { fakeAuthWorld, whilePassing } from '../fakes/auth-world.ts';

const certified = createCertificate('localhost');
trust(certified.cert);

/** The fake clock stands at 2026-01-01T00:00:00Z. */
const START = Date.UTC(2026, 0, 1) / 1000;
const AUDIENCE = 'sts.amazonaws.com';

let github: GitHubOidcDouble;
beforeAll(async () => {
  github = await startGitHubOidc(certified);
});
afterAll(() => github.close());
beforeEach(() => {
  github.claims = {};
  github.asked.length = 0;
});

function createWorld(given: Partial<AuthWorld> = {}) {
  return fakeAuthWorld({ environment: github.environment, ...given });
}

function request(world: ReturnType<typeof createWorld>, audience = AUDIENCE) {
  return whilePassing(requestIdToken(audience, world), world);
}

test('a token for the audience, with its claims; both secrets are hidden before they are used', async () => {
  github.claims = { sub: 'repo:acme/shop:environment:prod', environment: 'prod' };
  const world = createWorld();
  const audience = 'https://iam.googleapis.com/projects/1/x?a=b&c';
  const { token, claims } = await request(world, audience);
  expect(github.given.at(-1)).toBe(token);
  expect(world.hidden).toEqual([github.environment.ACTIONS_ID_TOKEN_REQUEST_TOKEN, token]);
  expect(claims).toMatchObject({ aud: audience, environment: 'prod', repository: 'acme/shop' });
  expect(world.logged).toEqual([]);
});

test('through the proxy of the environment', async () => {
  const proxy = await startHttpProxy(github.port);
  const { ACTIONS_ID_TOKEN_REQUEST_URL: url } = github.environment;
  const environment = {
    ...github.environment,
    // Not this machine's own name, which Go's rules never send to a proxy; the certificate is for it.
    ACTIONS_ID_TOKEN_REQUEST_URL: url.replace('localhost', 'pipelines.invalid'),
    HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`,
  };
  const failed = request(createWorld({ environment }));
  await expect(failed).rejects.toMatchObject({
    code: 'certificate-untrusted',
    message: expect.stringContaining("GitHub's OIDC service could not be asked: Hostname"),
  });
  expect(proxy.asked).toEqual([`pipelines.invalid:${github.port}`]);
  proxy.close();
});

test('what passes is tried again, a line each', async () => {
  github.fail({ status: 503 }, { status: 429, headers: { 'retry-after': '3' } });
  const world = createWorld();
  await request(world);
  expect(world.logged).toEqual([
    expect.stringMatching(
      /^GitHub's OIDC service answered HTTP 503; trying again in 0\.\d s \(2 of 5\)$/,
    ),
    "GitHub's OIDC service answered HTTP 429; trying again in 3.0 s (3 of 5)",
  ]);
});

test('a cancelled run ends while GitHub is silent', async () => {
  github.fail('hang');
  const world = createWorld();
  const failed = requestIdToken(AUDIENCE, world);
  while (github.asked.length === 0) await world.clock.settle();
  world.abort();
  await expect(failed).rejects.toMatchObject({ code: 'cancelled' });
});

/** Of a job that began ten minutes ago. */
const requestToken = toJwt({ iat: START - 600, exp: START + 21_600 });

test.each([
  [403, '', '(HTTP 403)'],
  [
    400,
    { message: "Can't issue ID_TOKEN for job in 'Completed' state." },
    "(HTTP 400: Can't issue ID_TOKEN for job in 'Completed' state.)",
  ],
])('%d early in a job is a plain refusal, not tried again', async (status, body, why) => {
  github.fail({ status, body });
  const environment = {
    ...github.environment,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken,
  };
  const message = `GitHub's OIDC service refused this job a token ${why}.`;
  const refused = { code: 'oidc-failed', message };
  await expect(request(createWorld({ environment }))).rejects.toMatchObject(refused);
  expect(github.asked).toHaveLength(1);
});
