import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { AuthWorld } from '../../src/auth/access.ts';
import { requestIdToken } from '../../src/auth/github-oidc.ts';
import { createCertificate } from '../adapters/cluster/certificate.ts';
import { startHttpProxy } from '../adapters/cluster/proxy-double.ts';
import { type GitHubOidcDouble, startGitHubOidc, toJwt } from '../cloud/github.ts';
import { trust } from '../cloud/trust.ts';
import { fakeAuthWorld } from '../fakes/auth-world.ts';

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

/** Moves the clock over the pauses between tries. */
function request(world: ReturnType<typeof createWorld>, audience = AUDIENCE) {
  return whilePassing(requestIdToken(audience, world), world);
}

async function whilePassing<T>(promise: Promise<T>, { clock }: ReturnType<typeof createWorld>) {
  let isDone = false;
  const done = promise.finally(() => {
    isDone = true;
  });
  done.catch(() => undefined);
  while (!isDone) await clock.advance(100);
  return done;
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
    code: 'oidc-failed',
    message: expect.stringContaining(
      "GitHub's OIDC service could not be asked for a token: Hostname",
    ),
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

/** Of a job that began so many minutes ago. */
function requestTokenOf(minutes: number, { withStart = true } = {}): string {
  const iat = START - minutes * 60;
  return toJwt({ ...(withStart && { iat }), exp: iat + 22_200 });
}

describe('the edge cases of auth.md §11', () => {
  const none = { ACTIONS_ID_TOKEN_REQUEST_URL: '', ACTIONS_ID_TOKEN_REQUEST_TOKEN: '' };
  const PERMISSIONS =
    'Add "permissions: id-token: write" (and "contents: read") to the job; in a reusable workflow the caller must grant it too.';
  const FORK = 'Check them with `against: none`, which needs no cluster, and deploy on push.';

  test.each([
    [1, false, 'GitHub did not offer this job an OIDC token.', PERMISSIONS],
    [2, true, 'Pull requests from forks never get OIDC tokens.', FORK],
  ])('%d: the job may not ask', async (_, fromFork, message, hint) => {
    const world = createWorld({ environment: none, fromFork });
    const unavailable = { code: 'oidc-unavailable', message, hint };
    await expect(request(world)).rejects.toMatchObject(unavailable);
  });

  test('3: no answer after retries', async () => {
    github.fail(...Array.from({ length: 5 }, () => ({ status: 503, body: 'busy' })));
    await expect(request(createWorld())).rejects.toMatchObject({
      code: 'oidc-failed',
      message: "GitHub's OIDC service did not answer after 5 tries (last: HTTP 503).",
      hint: 'This is usually temporary: re-run the job.',
      problems: [{ said: 'busy' }],
    });
  });

  test('3: nobody listens', async () => {
    const environment = {
      ...github.environment,
      ACTIONS_ID_TOKEN_REQUEST_URL: 'https://127.0.0.1:1/?a=b',
    };
    await expect(request(createWorld({ environment }))).rejects.toMatchObject({
      message: "GitHub's OIDC service did not answer after 5 tries (last: ECONNREFUSED).",
    });
  });

  test.each([
    [401, requestTokenOf(372)],
    [403, requestTokenOf(372, { withStart: false })],
  ])('4: %d late in a long job', async (status, bearer) => {
    github.fail({ status });
    const environment = { ...github.environment, ACTIONS_ID_TOKEN_REQUEST_TOKEN: bearer };
    const world = createWorld({ environment });
    await expect(request(world)).rejects.toMatchObject({
      code: 'oidc-failed',
      message:
        "The job's OIDC request token is no longer accepted (job running 6 h 12 min; GitHub ends it about 6 h after start).",
      hint: 'Split the job.',
    });
    expect(world.logged).toEqual([]);
  });

  test.each([
    [403, '', '(HTTP 403)'],
    [
      400,
      { message: "Can't issue ID_TOKEN for job in 'Completed' state." },
      "(HTTP 400: Can't issue ID_TOKEN for job in 'Completed' state.)",
    ],
  ])('4: %d early is a plain refusal, not tried again', async (status, body, why) => {
    github.fail({ status, body });
    const environment = {
      ...github.environment,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestTokenOf(10),
    };
    const message = `GitHub's OIDC service refused this job a token ${why}.`;
    const refused = { code: 'oidc-failed', message };
    await expect(request(createWorld({ environment }))).rejects.toMatchObject(refused);
    expect(github.asked).toHaveLength(1);
  });

  test.each([
    [{ count: 3, other: 'x' }, 'keys: count, other'],
    [{}, 'keys: none'],
    ['<html>', 'no JSON object'],
  ])('5: an answer without a token: %j', async (body, found) => {
    github.fail({ body });
    await expect(request(createWorld())).rejects.toMatchObject({
      code: 'oidc-failed',
      message: `GitHub's OIDC service answered without a token (HTTP 200, ${found}).`,
    });
  });

  test('60: the proxy refuses', async () => {
    const proxy = await startHttpProxy(() => undefined);
    const environment = {
      ...github.environment,
      ACTIONS_ID_TOKEN_REQUEST_URL: 'https://pipelines.invalid/?a=b',
      HTTPS_PROXY: `http://me:hunter2@127.0.0.1:${proxy.port}`,
    };
    await expect(request(createWorld({ environment }))).rejects.toMatchObject({
      code: 'proxy-refused',
      message: `Proxy http://127.0.0.1:${proxy.port} refused pipelines.invalid:443 (HTTP 403).`,
    });
    proxy.close();
  });
});
