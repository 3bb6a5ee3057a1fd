import { describe, expect, test } from '@jest/globals';
import { listHomes } from '../../../src/config/file/problems/homes.ts';
import { problemsOf, tell } from '../telling.ts';
import { parse } from './sample.ts';

const ROLE = 'arn:aws:iam::111122223333:role/deploy';
const PROVIDER = 'projects/12345/locations/global/workloadIdentityPools/github/providers/acme';

describe('the provider', () => {
  test.each([
    ['eks', { 'cluster-name': 'data', 'cluster-location': 'eu-west-1' }],
    ['eks', { 'cluster-name': 'data', 'cluster-location': 'us-gov-west-1' }],
    ['eks', { 'cluster-name': 'arn:aws:eks:eu-west-1:111122223333:cluster/data' }],
    [
      'gke',
      { 'cluster-name': 'data', 'cluster-location': 'europe-west1', 'gcp-project': 'acme-data' },
    ],
    [
      'gke',
      {
        'cluster-name': 'data',
        'cluster-location': 'europe-west1-b',
        'gcp-project': 'acme-data',
        'gcp-workload-identity-provider': PROVIDER,
      },
    ],
    ['gke', { 'cluster-name': 'projects/acme-data/locations/us-central1/clusters/data' }],
    ['kubeconfig', { kubeconfig: 'kubeconfig.yaml' }],
    ['kubeconfig', { kubeconfig: 'kubeconfig.yaml', 'cluster-provider': 'kubeconfig' }],
    ['in-cluster', { 'cluster-provider': 'in-cluster' }],
  ])('is %s for %j', (provider, inputs) => {
    expect(parse(inputs).provider).toBe(provider);
  });

  test.each([
    ['server', { server: 'https://k8s.example.com', token: 'abc' }],
    ['server', { server: 'https://k8s.example.com', token: 'abc', provider: 'kubeconfig' }],
    ['eks', { server: 'https://k8s.example.com', name: 'data', location: 'eu-west-1' }],
    ['eks', { name: 'data', 'role-to-assume': ROLE }],
    ['eks', { name: 'data', 'role-chaining': { 'role-to-assume': ROLE } }],
    ['gke', { name: 'data', location: 'x-y1', project: 'acme-data', endpoint: 'dns' }],
  ])('is %s for %j of slipway.yaml', (provider, fields) => {
    expect(parse({}, fields, { AWS_REGION: 'eu-west-1' }).provider).toBe(provider);
  });

  test.each([
    [
      {},
      'No cluster is given: both `cluster-name` and `kubeconfig` are missing or empty. Give `cluster-name`, `cluster-location`, `aws-role-to-assume` for EKS, `cluster-name`, `cluster-location`, `gcp-project`, `gcp-workload-identity-provider` for GKE, or `kubeconfig`; a secret that this run cannot read is empty.',
    ],
    [
      { 'cluster-name': 'data' },
      '`cluster-name` is given, and nothing tells where that cluster is. Set `cluster-location`, such as `eu-west-1` for EKS or `europe-west1` for GKE; or `cluster-provider` to `eks` or `gke`.',
    ],
    [
      { 'cluster-provider': 'aks' },
      '`cluster-provider` is `aks`, and Slipway does not log in to AKS by itself. Run `azure/login` and `azure/aks-set-context` in earlier steps; then `cluster-provider: kubeconfig`, with the path that they leave in the environment variable KUBECONFIG as `kubeconfig`.',
    ],
    [
      { 'cluster-provider': 'esk' },
      '`cluster-provider` is `esk`, which Slipway does not know. Did you mean `eks`?',
    ],
    [
      { 'aws-role-to-assume': ROLE, 'gcp-project': 'acme-data' },
      '`aws-role-to-assume` is for EKS, and `gcp-project` for GKE. Remove what is not meant: a run has one cluster.',
    ],
    [
      { kubeconfig: 'kubeconfig.yaml', 'cluster-location': 'europe-west1' },
      '`kubeconfig` is for a kubeconfig, and `cluster-location` for GKE. Remove what is not meant: a run has one cluster.',
    ],
    [
      { kubeconfig: 'kubeconfig.yaml', 'cluster-name': 'data' },
      '`cluster-name` does not go with `kubeconfig`. Remove it: it is for EKS and GKE.',
    ],
    [
      { 'cluster-provider': 'in-cluster', 'kube-context': 'staging' },
      '`kube-context` does not go with `cluster-provider: in-cluster`. Remove it: it is for a kubeconfig.',
    ],
    [
      { 'cluster-provider': 'kubeconfig' },
      '`kubeconfig` is missing or empty. Give the content of a kubeconfig, base64 of it, or a path; a secret that this run cannot read is empty.',
    ],
  ])('is not told by %j', (inputs, told) => {
    expect(tell(() => parse(inputs))).toEqual([told]);
  });

  test('is told in the words of the file, where the file says it', () => {
    const fields = {
      provider: 'gke',
      name: 'data',
      location: 'europe-west1',
      project: 'acme-data',
    };
    expect(tell(() => parse({ 'aws-role-to-assume': ROLE }, { ...fields, ca: 'x' }))).toEqual([
      '`aws-role-to-assume` does not go with `cluster.provider: gke`. Remove it: it is for EKS.',
      '`cluster.ca` does not go with `cluster.provider: gke`. Remove it: it is for EKS and a `server` with a `token`.',
    ]);
  });
});

test('no field of slipway.yaml is taken by a provider that does not use it', () => {
  const home = listHomes().find(({ path }) => path.join('.') === 'environments.<name>.cluster');
  const fields = Object.keys(home?.fields ?? {}).filter((name) => !/^(provider|plan)$/.test(name));
  expect(fields.length).toBeGreaterThan(20);
  for (const field of fields) {
    const problems = problemsOf(() => parse({}, { provider: 'in-cluster', [field]: 'x' }));
    expect([field, problems.map(({ code }) => code)]).toEqual([field, ['input-unused']]);
  }
});
