import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { AccessFailure } from '../../../src/auth/access.ts';
import { openEks } from '../../../src/auth/aws/eks.ts';
import { toSessionName } from '../../../src/auth/aws/login.ts';
import { parseRegistryRegion } from '../../../src/auth/aws/registry.ts';
import { startHttpProxy } from '../../adapters/cluster/proxy-double.ts';
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

test('a proxy that refuses is named, without its password', async () => {
  const proxy = await startHttpProxy(() => undefined);
  delete process.env['AWS_ENDPOINT_URL_STS'];
  process.env['HTTPS_PROXY'] = `http://me:secret@127.0.0.1:${proxy.port}`;
  asSession('arn:aws:iam::111122223333:user/ci');
  const opened = openEks(toEksCluster(AMBIENT), world).finally(() => proxy.close());
  await expect(opened).rejects.toMatchObject({
    code: 'proxy-refused',
    message: `Proxy http://127.0.0.1:${proxy.port} refused sts.eu-west-1.amazonaws.com:443 (HTTP 403).`,
  });
});

interface Case {
  readonly name: string;
  readonly cluster?: object;
  readonly sessionTokenLength?: number;
  readonly failure: AccessFailure;
  readonly message?: string | RegExp;
  readonly hint?: string | RegExp;
}

const silence = { type: 'connection', said: 'connect ETIMEDOUT 10.0.3.7:443' } as const;
const isPublic = (publicAccessCidrs: readonly string[]) => ({
  resourcesVpcConfig: { endpointPublicAccess: true, publicAccessCidrs },
});

/** The numbers are those of auth.md, section 11. */
const CASES: readonly Case[] = [
  {
    name: '26: a private endpoint',
    cluster: { resourcesVpcConfig: { endpointPublicAccess: false, endpointPrivateAccess: true } },
    failure: silence,
    message:
      'Cluster "data-prod" has only a private API endpoint, which does not answer (connect ETIMEDOUT 10.0.3.7:443).',
    hint: "Use a runner inside the cluster's VPC, or enable public access for it.",
  },
  {
    name: '27: a public endpoint for some',
    cluster: isPublic(['203.0.113.0/24']),
    failure: silence,
    message:
      'The API endpoint of cluster "data-prod" does not answer (connect ETIMEDOUT 10.0.3.7:443); its public access is limited to 203.0.113.0/24, which probably excludes this runner.',
    hint: "Add the runner's address to the cluster's public access, or use a runner inside its VPC.",
  },
  { name: 'a public endpoint for all', cluster: isPublic(['0.0.0.0/0']), failure: silence },
  { name: 'a certificate', failure: { type: 'certificate', said: 'unable to verify' } },
  {
    name: '28: no access entry',
    failure: { type: 'unauthorized', said: 'Unauthorized' },
    message: `The AWS login worked as ${ROLE}, but the cluster "data-prod" does not admit it.`,
    hint: `Create an access entry for exactly this ARN: aws eks create-access-entry --cluster-name data-prod --region eu-west-1 --principal-arn ${ROLE} --kubernetes-groups GROUP, or without a group and with an access policy.`,
  },
  {
    name: '28: nothing in aws-auth, which knows no paths',
    cluster: { accessConfig: { authenticationMode: 'CONFIG_MAP' } },
    failure: { type: 'unauthorized', said: 'Unauthorized' },
    message: `The AWS login worked as ${ROLE}, but the cluster "data-prod" does not admit it.`,
    hint: "Add arn:aws:iam::111122223333:role/deploy (there without a path) with groups to mapRoles of the ConfigMap aws-auth in kube-system, or switch the cluster's authentication mode to API_AND_CONFIG_MAP and create an access entry.",
  },
  {
    name: '29: a token of more than 4096 bytes',
    sessionTokenLength: 2_600,
    failure: { type: 'unauthorized', said: 'Unauthorized' },
    message: 'Cluster "data-prod" refused the token.',
    hint: /^EKS may refuse this token \([\d,]+ bytes > 4,096\): the role's session token is unusually large\. Shorten `cluster.inline-session-policy`/,
  },
  {
    name: 'admitted without rights',
    failure: { type: 'forbidden', said: 'User cannot get path "/version"' },
    message: `The cluster "data-prod" admits ${ROLE}, but gives it no right to do this.`,
    hint: 'Bind a role (RBAC) to the groups of its access entry, or associate an access policy: aws eks associate-access-policy.',
  },
];

test.each(CASES)('$name', async ({ cluster, sessionTokenLength, failure, message, hint }) => {
  const { aws } = world;
  aws.clusters.set('data-prod', { ...aws.clusters.get('data-prod'), ...cluster });
  aws.sessionTokenLength = sessionTokenLength ?? aws.sessionTokenLength;
  const access = await openEks(toEksCluster(), world);
  await access.mint();
  const advice = access.explain(failure);
  expect(advice?.message).toEqual(message);
  if (hint instanceof RegExp) expect(advice?.hint).toMatch(hint);
  else expect(advice?.hint).toBe(hint);
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

test('any name of a run becomes one that AWS takes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (wish) => {
      expect(toSessionName(wish)).toMatch(/^[\w+=,.@-]{2,64}$/);
    }),
  );
  expect(toSessionName('acme/shop 4711')).toBe('acme-shop-4711');
});
