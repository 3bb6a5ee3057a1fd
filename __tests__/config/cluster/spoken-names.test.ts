import { describe, expect, test } from '@jest/globals';
import { speak, toSpokenNames } from '../../../src/config/cluster/spoken-names.ts';
import { mergeFields } from '../../../src/config/fields.ts';
import { toClusterSource } from '../../../src/config/file/cluster-source.ts';
import { parseConfig } from '../../../src/config/file/document.ts';
import { toInputSource } from '../../../src/config/input-fields.ts';
import { given } from '../samples.ts';

const FILE = `
environments:
  production:
    cluster:
      name: data-prod
      location: eu-west-1
      role-to-assume: arn:aws:iam::111122223333:role/deploy
      plan: { role-to-assume: "arn:aws:iam::111122223333:role/read" }
releases: { api: { chart: charts/api, namespace: api } }
`;

const PROBLEM = {
  code: 'login-refused',
  message: 'AWS refused the role of `aws-role-to-assume` for `data-prod`.',
  hint: 'Set `cluster-provider: gke`, or look at `kubectl`.',
};

describe('a problem of the login', () => {
  const variables = {
    missing: { value: 'error', access: 'error' },
    warn: () => undefined,
    read: () => undefined,
  } as const;

  test('of who gave inputs names inputs', () => {
    const fields = mergeFields([toInputSource(given({ 'cluster-name': 'data-prod' }))]);
    expect(speak(PROBLEM, toSpokenNames(fields))).toEqual(PROBLEM);
  });

  test.each([
    ['deploy', 'cluster.role-to-assume'],
    ['plan', 'cluster.plan.role-to-assume'],
  ] as const)('of who wrote slipway.yaml names its fields: %s', (login, field) => {
    const document = parseConfig(FILE, 'slipway.yaml');
    const source = toClusterSource(document, 'production', { login, variables });
    const fields = mergeFields([source, toInputSource(given({}))]);
    expect(speak(PROBLEM, toSpokenNames(fields))).toEqual({
      code: 'login-refused',
      message: `AWS refused the role of \`${field}\` for \`data-prod\`.`,
      hint: 'Set `cluster.provider: gke`, or look at `kubectl`.',
    });
  });
});
