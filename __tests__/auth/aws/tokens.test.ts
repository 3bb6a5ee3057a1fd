import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { TokenSource } from '../../../src/auth/access.ts';
import { createAwsTokens } from '../../../src/auth/aws/tokens.ts';
import { type ProxyDouble, startHttpProxy } from '../../adapters/cluster/proxy-double.ts';
import {
  AMBIENT,
  type AwsWorld,
  CHAINED,
  ROLE,
  SECOND,
  startAwsWorld,
  toEksCluster,
} from './aws-world.ts';
import { verify } from './verifier.ts';

let world: AwsWorld;

beforeAll(async () => {
  world = await startAwsWorld();
});
beforeEach(() => world.reset());
afterEach(() => {
  for (const proxy of proxies.splice(0)) proxy.close();
});
afterAll(() => world.stop());

const proxies: ProxyDouble[] = [];

/** Leads every name to our AWS. */
async function startProxy(): Promise<ProxyDouble> {
  const proxy = await startHttpProxy(world.aws.port);
  proxies.push(proxy);
  return proxy;
}

async function mint(tokens: TokenSource): Promise<string> {
  return (await tokens.mint()).token;
}

test('the verifier of EKS admits a session of the role', async () => {
  const token = await mint(createAwsTokens(toEksCluster(), world));
  expect(await verify(token, 'data-prod', world)).toMatchObject({
    ARN: 'arn:aws:sts::111122223333:assumed-role/deploy/acme-shop-4711',
    CanonicalARN: 'arn:aws:iam::111122223333:role/deploy',
    AccountID: '111122223333',
    SessionName: 'acme-shop-4711',
    asked: ['sts.eu-west-1.amazonaws.com:443'],
  });
  expect([...world.hidden]).toContain(token);
});

test('it refuses the token for another cluster, and one whose session has ended', async () => {
  const token = await mint(createAwsTokens(toEksCluster(), world));
  await expect(verify(token, 'data-staging', world)).rejects.toThrow('could not verify token');
  world.aws.skew = 3_601_000;
  await expect(verify(token, 'data-prod', world)).rejects.toThrow(/could not verify token/);
});

test('it admits a chained role, by a session name of ours', async () => {
  const tokens = createAwsTokens(toEksCluster({ ...CHAINED, sessionName: 'launch+1' }), world);
  expect(await verify(await mint(tokens), 'data-prod', world)).toMatchObject({
    CanonicalARN: 'arn:aws:iam::444455556666:role/second',
    SessionName: 'launch+1',
  });
  const [first, second] = world.aws.asked.map(({ body }) => new URLSearchParams(body));
  expect([first?.get('RoleArn'), second?.get('RoleArn')]).toEqual([ROLE, SECOND]);
});

test('ambient keys, which are looked at anew for each token', async () => {
  process.env['AWS_ACCESS_KEY_ID'] = 'AKIAIOSFODNN7EXAMPLE';
  process.env['AWS_SECRET_ACCESS_KEY'] = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
  world.aws.addSession({ arn: 'arn:aws:iam::111122223333:user/ci' });
  const tokens = createAwsTokens(toEksCluster(AMBIENT), world);
  expect(await verify(await mint(tokens), 'data-prod', world)).toMatchObject({
    ARN: 'arn:aws:iam::111122223333:user/ci',
  });
  world.aws.sessions.clear();
  await expect(tokens.mint()).rejects.toMatchObject({ code: 'login-expired' });
});

const KEYS = {
  ...{ AccessKeyId: 'a', SecretAccessKey: 'b', Token: 'c' },
  Expiration: '2030-01-01T00:00:00Z',
};

test('a credential service that says nothing does not hold a cancelled run', async () => {
  const silent = createServer().listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  process.env['AWS_CONTAINER_CREDENTIALS_FULL_URI'] = `http://127.0.0.1:${port}/`;
  const cancel = new AbortController();
  const cancelled = { ...world, signal: cancel.signal };
  let end = () => {};
  silent.once('request', (_, response) => {
    end = () => response.end(JSON.stringify(KEYS));
    cancel.abort();
  });
  const tokens = createAwsTokens(toEksCluster(AMBIENT), cancelled);
  await expect(tokens.mint()).rejects.toMatchObject({ code: 'cancelled' });
  // Else the SDK would go on asking after the test.
  end();
  silent.close();
});

test('policies and duration go to the last role alone', async () => {
  const narrowing = {
    duration: 900,
    inlinePolicy: '{"Version":"2012-10-17"}',
    managedPolicies: ['arn:aws:iam::aws:policy/ReadOnlyAccess'],
  };
  await mint(createAwsTokens(toEksCluster({ ...CHAINED, ...narrowing }), world));
  const [first, second] = world.aws.asked.map(({ body }) =>
    Object.fromEntries(new URLSearchParams(body)),
  );
  expect(first).not.toHaveProperty('Policy');
  expect(first).not.toHaveProperty('DurationSeconds');
  expect(second).toMatchObject({
    DurationSeconds: '900',
    ExternalId: 'shop',
    Policy: '{"Version":"2012-10-17"}',
    'PolicyArns.member.1.arn': 'arn:aws:iam::aws:policy/ReadOnlyAccess',
  });
});

/** A token that lives for so long from when it is made, milliseconds; STS tells whole seconds. */
async function mintFor(life: number, tokens: TokenSource): Promise<void> {
  const before = Date.now();
  const { expiresAt = 0 } = await tokens.mint();
  expect(expiresAt).toBeGreaterThan(before + life - 1_000);
  expect(expiresAt).toBeLessThan(Date.now() + life + 1_000);
}

test('a session is used for as long as it outlives a token, which tells its end', async () => {
  const tokens = createAwsTokens(toEksCluster(), world);
  await mintFor(14 * 60_000, tokens);
  await tokens.mint();
  expect(world.aws.count('AssumeRoleWithWebIdentity')).toBe(1);

  world.aws.sessionSeconds = 120;
  const short = createAwsTokens(toEksCluster(), world);
  await mintFor(120_000, short);
  await short.mint();
  expect(world.aws.count('AssumeRoleWithWebIdentity')).toBe(3);
});

interface Place {
  readonly region: string;
  readonly flags?: Readonly<Record<string, string>>;
  readonly host: string;
}

const PLACES: readonly Place[] = [
  { region: 'eu-west-1', host: 'sts.eu-west-1.amazonaws.com' },
  { region: 'us-east-1', host: 'sts.us-east-1.amazonaws.com' },
  { region: 'cn-north-1', host: 'sts.cn-north-1.amazonaws.com.cn' },
  { region: 'us-gov-west-1', host: 'sts.us-gov-west-1.amazonaws.com' },
  { region: 'eusc-de-east-1', host: 'sts.eusc-de-east-1.amazonaws.eu' },
  {
    region: 'us-gov-west-1',
    flags: { AWS_USE_FIPS_ENDPOINT: 'true' },
    host: 'sts.us-gov-west-1.amazonaws.com',
  },
  {
    region: 'us-west-2',
    flags: { AWS_USE_FIPS_ENDPOINT: 'true' },
    host: 'sts-fips.us-west-2.amazonaws.com',
  },
  {
    region: 'us-west-2',
    flags: { AWS_USE_DUALSTACK_ENDPOINT: 'true' },
    host: 'sts.us-west-2.api.aws',
  },
];

test.each(PLACES)('the token names $host', async ({ region, flags, host }) => {
  const proxy = await startProxy();
  delete process.env['AWS_ENDPOINT_URL_STS'];
  Object.assign(process.env, flags, {
    HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`,
    AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  });
  world.aws.addSession({ arn: 'arn:aws:iam::111122223333:user/ci' });
  const token = await mint(createAwsTokens({ ...toEksCluster(AMBIENT), region }, world));
  const url = new URL(Buffer.from(token.replace('k8s-aws-v1.', ''), 'base64url').toString());
  expect([url.host, url.pathname]).toEqual([host, '/']);
  expect(proxy.asked).toEqual([`${host}:443`]);
});

test('a token that EKS may refuse, and another STS than the official one, are told once', async () => {
  world.aws.sessionTokenLength = 2_600;
  const tokens = createAwsTokens(toEksCluster(), world);
  await tokens.mint();
  await tokens.mint();
  expect(world.logged).toEqual([
    "AWS_ENDPOINT_URL_STS leads the login to another STS; the cluster's token still names the official one.",
    expect.stringMatching(
      /^EKS may refuse this token \([\d,]+ bytes > 4,096\): the role's session token is unusually large\./,
    ),
  ]);
});
