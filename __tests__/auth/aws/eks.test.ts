import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { AccessFailure } from '../../../src/auth/access.ts';
import { openEks } from '../../../src/auth/aws/eks.ts';
import { toSessionName } from '../../../src/auth/aws/login.ts';
import { parseRegistryRegion } from '../../../src/auth/aws/registry.ts';
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
afterAll(() => world.stop());

const asSession = (arn: string) => {
  const session = world.aws.addSession({ arn });
  process.env['AWS_ACCESS_KEY_ID'] = session.accessKeyId;
  process.env['AWS_SECRET_ACCESS_KEY'] = session.secretAccessKey;
};

test('EKS tells endpoint and CA; the identity is the role with its path', async () => {
  const access = await openEks(toEksCluster({ allowedAccounts: ['111122223333'] }), world);
  expect(access).toMatchObject({
    endpoint: {
      server: 'https://0123.gr7.eu-west-1.eks.amazonaws.com',
      ca: '-----BEGIN CERTIFICATE-----',
    },
    identity: ROLE,
  });
  expect(world.aws.count('GetCallerIdentity')).toBe(0);
});

test('nothing is asked of EKS when the endpoint is given', async () => {
  const endpoint = { server: 'https://10.0.0.1', ca: '' };
  const access = await openEks({ ...toEksCluster(CHAINED), endpoint }, world);
  expect(access).toMatchObject({ endpoint, identity: SECOND });
  expect(world.aws.count('DescribeCluster')).toBe(0);
});

test('a local cluster on Outposts goes by its id', async () => {
  const cluster = world.aws.clusters.get('data-prod');
  world.aws.clusters.set('data-prod', {
    ...cluster,
    id: '9f3c',
    outpostConfig: { outpostArns: [] },
  });
  const { token } = await (await openEks(toEksCluster(), world)).mint();
  expect(await verify(token, '9f3c', world)).toMatchObject({ AccountID: '111122223333' });
});

test('an ambient session is known by its role', async () => {
  asSession('arn:aws:sts::111122223333:assumed-role/ci/i-0123');
  const access = await openEks(toEksCluster(AMBIENT), world);
  expect(access.identity).toBe('arn:aws:iam::111122223333:role/ci');
});

interface Case {
  readonly name: string;
  readonly cluster?: object;
  readonly failure: AccessFailure;
  readonly message?: string;
  readonly hint?: string;
}

const silence = { type: 'connection', said: 'connect ETIMEDOUT 10.0.3.7:443' } as const;
const PUBLIC = {
  resourcesVpcConfig: { endpointPublicAccess: true, publicAccessCidrs: ['0.0.0.0/0'] },
};

/** Beside those of the acceptance list (edge-cases.test.ts). */
const CASES: readonly Case[] = [
  { name: 'a public endpoint for all', cluster: PUBLIC, failure: silence },
  { name: 'a certificate', failure: { type: 'certificate', said: 'unable to verify' } },
  {
    name: 'admitted without rights',
    failure: { type: 'forbidden', said: 'User cannot get path "/version"' },
    message: `The cluster "data-prod" admits ${ROLE}, but gives it no right to do this.`,
    hint: 'Bind a role (RBAC) to the groups of its access entry, or associate an access policy: aws eks associate-access-policy.',
  },
];

test.each(CASES)('$name', async ({ cluster, failure, message, hint }) => {
  const { aws } = world;
  aws.clusters.set('data-prod', { ...aws.clusters.get('data-prod'), ...cluster });
  const access = await openEks(toEksCluster(), world);
  const { message: told, hint: next } = access.explain(failure) ?? {};
  expect([told, next]).toEqual([message, hint]);
});

test.each([
  ['111122223333.dkr.ecr.eu-west-1.amazonaws.com', 'eu-west-1'],
  ['111122223333.dkr.ecr-fips.us-gov-west-1.amazonaws.com', 'us-gov-west-1'],
  ['111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn', 'cn-north-1'],
  ['111122223333.dkr-ecr.eu-west-1.on.aws', 'eu-west-1'],
  ['public.ecr.aws', undefined],
  ['ghcr.io', undefined],
  ['111122223333.dkr.ecr.eu-west-1.amazonaws.com.example.org', undefined],
])('the registry %s is of region %s', (host, region) => {
  expect(parseRegistryRegion(host)).toBe(region);
});

const REGISTRY = '111122223333.dkr.ecr.eu-west-1.amazonaws.com';

test('ECR gives its login to the same session', async () => {
  const access = await openEks(toEksCluster(), world);
  const password = world.aws.registryPassword;
  expect(await access.registry(REGISTRY)).toEqual({ username: 'AWS', password });
  expect(await access.registry('ghcr.io')).toBeUndefined();
  expect([...world.hidden]).toContain(password);
});

test('a refusal of ECR names what to allow', async () => {
  world.aws.denied.add('ecr:GetAuthorizationToken');
  const access = await openEks(toEksCluster(), world);
  await expect(access.registry(REGISTRY)).rejects.toMatchObject({
    code: 'registry-unauthorized',
    message: `AWS gives ${ROLE} no login for the registry ${REGISTRY}.`,
    hint: expect.stringContaining('ecr:GetAuthorizationToken'),
  });
});

test.each([
  ['a page', '<html>', /^What answered instead of AWS ECR.* is none of AWS \(HTTP 200\)\.$/],
  ['nothing', {}, /^AWS ECR answered without a login for the registry /],
])('ECR answers with %s: nobody is told that a right is missing', async (_, body, message) => {
  world.aws.refuse('GetAuthorizationToken', { status: 200, body });
  const access = await openEks(toEksCluster(), world);
  await expect(access.registry(REGISTRY)).rejects.toMatchObject({
    code: 'login-failed',
    message: expect.stringMatching(message),
  });
});

test('any name of a run becomes one that AWS takes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (wish) => {
      expect(toSessionName(wish)).toMatch(/^[\w+=,.@-]{2,64}$/);
    }),
  );
  expect(toSessionName('acme/shop 4711')).toBe('acme-shop-4711');
});
