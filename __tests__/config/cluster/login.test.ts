import { describe, expect, test } from '@jest/globals';
import { toPlanFields } from '../../../src/config/cluster/login.ts';

const CLUSTER = {
  name: 'data',
  location: 'eu-west-1',
  'allowed-account-ids': ['111122223333'],
  'role-to-assume': 'deploy',
  'role-chaining': { 'role-to-assume': 'more' },
  'inline-session-policy': '{}',
  'workload-identity-provider': 'provider',
  audience: 'audience',
  'service-account': 'deploy',
  credentials: 'key',
  'access-token': 'token',
  kubeconfig: 'kubeconfig.yaml',
  context: 'deploy',
  token: 'token',
};
const WHERE = { name: 'data', location: 'eu-west-1', 'allowed-account-ids': ['111122223333'] };
const FEDERATION = { 'workload-identity-provider': 'provider', audience: 'audience' };
const KUBECONFIG = { kubeconfig: 'kubeconfig.yaml', context: 'deploy' };

describe('the cluster of a plan', () => {
  test('is the same without a login of its own', () => {
    expect(toPlanFields(CLUSTER)).toEqual(CLUSTER);
  });

  test.each([
    [{}, { ...FEDERATION, ...KUBECONFIG }],
    [{ 'role-to-assume': 'plan' }, { ...FEDERATION, ...KUBECONFIG }],
    [{ credentials: 'plan' }, KUBECONFIG],
    [{ context: 'plan' }, { ...FEDERATION, ...KUBECONFIG }],
    [{ kubeconfig: 'plan.yaml' }, FEDERATION],
  ])('keeps of the login of the deploy nothing that lets in: %j', (plan, shared) => {
    expect(toPlanFields({ ...CLUSTER, plan })).toEqual({ ...WHERE, ...shared, ...plan });
  });
});
