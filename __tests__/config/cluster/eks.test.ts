import { describe, expect, test } from '@jest/globals';
import { tell } from '../telling.ts';
import { parse } from './sample.ts';

const ROLE = 'arn:aws:iam::111122223333:role/deploy';
const EKS = { 'cluster-provider': 'eks', 'cluster-name': 'data', 'cluster-location': 'eu-west-1' };
const NOTHING = {
  role: undefined,
  chained: undefined,
  sessionName: '',
  duration: undefined,
  inlinePolicy: '',
  managedPolicies: [],
  allowedAccounts: [],
};

describe('a cluster of EKS', () => {
  test('needs no more than name and region', () => {
    expect(parse(EKS)).toEqual({
      provider: 'eks',
      name: 'data',
      region: 'eu-west-1',
      login: NOTHING,
      endpoint: undefined,
      connection: { proxyUrl: '', tlsServerName: '' },
    });
  });

  test('has all that slipway.yaml can say', () => {
    const pem = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----';
    const fields = {
      'role-to-assume': ROLE,
      'role-chaining': { 'role-to-assume': `${ROLE}2`, 'external-id': 'acme' },
      'role-session-name': 'slipway',
      'role-duration-seconds': 900,
      audience: 'aws.example.com',
      'inline-session-policy': { Version: '2012-10-17' },
      'managed-session-policies': ['arn:aws:iam::aws:policy/ReadOnlyAccess'],
      'allowed-account-ids': ['012345678901', 111122223333],
      server: 'https://a.eks.amazonaws.com',
      ca: Buffer.from(pem).toString('base64'),
      'tls-server-name': 'kubernetes',
      'proxy-url': 'http://proxy.example.com:3128',
    };
    expect(parse(EKS, fields)).toMatchObject({
      login: {
        role: { arn: ROLE, audience: 'aws.example.com' },
        chained: { arn: `${ROLE}2`, externalId: 'acme' },
        sessionName: 'slipway',
        duration: 900,
        inlinePolicy: '{"Version":"2012-10-17"}',
        managedPolicies: ['arn:aws:iam::aws:policy/ReadOnlyAccess'],
        allowedAccounts: ['012345678901', '111122223333'],
      },
      endpoint: { server: 'https://a.eks.amazonaws.com', ca: pem },
      connection: { proxyUrl: 'http://proxy.example.com:3128', tlsServerName: 'kubernetes' },
    });
  });

  const arn = 'arn:aws:eks:us-east-2:111122223333:cluster/data-prod';

  test.each([
    ['its ARN', { 'cluster-name': arn }, {}, 'us-east-2'],
    ['the input', { 'cluster-location': 'eu-west-1' }, { AWS_REGION: 'us-east-1' }, 'eu-west-1'],
    ['AWS_REGION', {}, { AWS_REGION: 'us-east-1', AWS_DEFAULT_REGION: 'eu-west-1' }, 'us-east-1'],
    ['AWS_DEFAULT_REGION', {}, { AWS_REGION: '', AWS_DEFAULT_REGION: 'eu-west-1' }, 'eu-west-1'],
  ])('has the region of %s', (_, inputs, environment, region) => {
    const named = { 'cluster-provider': 'eks', 'cluster-name': 'data', ...inputs };
    expect(parse(named, {}, environment)).toMatchObject({ region });
  });

  test.each([
    ['arn:aws-us-gov:iam::111122223333:role/deploy', 'us-gov-west-1'],
    ['arn:aws-cn:iam::111122223333:role/deploy', 'cn-north-1'],
    ['arn:aws-eusc:iam::111122223333:role/deploy', 'eusc-de-east-1'],
    ['arn:aws-iso-b:iam::111122223333:role/deploy', 'us-isob-east-1'],
  ])('takes %s in %s', (role, region) => {
    const inputs = { ...EKS, 'aws-role-to-assume': role, 'cluster-location': region };
    expect(parse(inputs)).toMatchObject({ region, login: { role: { arn: role } } });
  });
});

describe('what is wrong with a cluster of EKS', () => {
  test.each([
    [
      { 'cluster-location': 'eu-west-1a' },
      '`cluster-location` is `eu-west-1a`, which is no region of AWS. Write the region without the zone: `eu-west-1`.',
    ],
    [
      { 'cluster-name': 'data prod' },
      '`cluster-name` is `data prod`, which is no name of a cluster of EKS. Write its name, such as `data-prod`, or its ARN.',
    ],
    [
      { 'cluster-name': 'arn:aws:eks:us-east-1:111122223333:cluster/data' },
      '`cluster-location` is `eu-west-1`, and the ARN in `cluster-name` is of `us-east-1`. Remove `cluster-location`, or correct one of them.',
    ],
    [
      { 'aws-role-to-assume': 'arn:aws:sts::111122223333:assumed-role/deploy/session' },
      '`aws-role-to-assume` is `arn:aws:sts::111122223333:assumed-role/deploy/session`, which is no ARN of a role. Write the role, not a session of it: `arn:aws:iam::111122223333:role/deploy`.',
    ],
  ])('%j', (inputs, told) => {
    expect(tell(() => parse({ ...EKS, ...inputs }))).toEqual([told]);
  });

  test.each([
    [
      { 'role-chaining': { 'role-to-assume': 'arn:aws-cn:iam::111122223333:role/deploy' } },
      'The role in `cluster.role-chaining.role-to-assume` is of the partition aws-cn, and the region eu-west-1 of aws. Give a role of the partition aws, or correct the region of the cluster.',
    ],
    [
      { 'role-session-name': 'slipway' },
      '`cluster.role-session-name` is given without `aws-role-to-assume`, and means nothing alone. Remove it, or give `aws-role-to-assume` as well.',
    ],
    [
      { audience: 'aws', 'role-chaining': { 'role-to-assume': ROLE } },
      '`cluster.audience` is given without `aws-role-to-assume`, and means nothing alone. Remove it, or give `aws-role-to-assume` as well.',
    ],
    [
      { ca: 'x' },
      '`cluster.ca` is given without `cluster.server`, and means nothing alone. Remove it, or give `cluster.server` as well.',
    ],
  ])('%j of slipway.yaml', (fields, told) => {
    expect(tell(() => parse(EKS, fields))).toEqual([told]);
  });
});
