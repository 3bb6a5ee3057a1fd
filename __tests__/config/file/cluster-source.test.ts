/* biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables as slipway.yaml has them */
import { describe, expect, test } from '@jest/globals';
import { parseConfig } from '../../../src/config/file/document.ts';
import { parseInputs, type Work } from '../../../src/config/parse.ts';
import { fakeFiles } from '../../fakes/files.ts';
import { KUBECONFIG, REPOSITORY } from '../samples.ts';
import { problemsOf } from '../telling.ts';

const DEPLOY = 'arn:aws:iam::111122223333:role/deploy';
const PLAN = 'arn:aws:iam::111122223333:role/plan';

const FILE = `
environments:
  aws:
    cluster:
      name: data
      location: eu-west-1
      role-to-assume: ${DEPLOY}
      role-chaining: { role-to-assume: ${DEPLOY} }
      plan:
        role-to-assume: ${PLAN}
  google:
    cluster:
      name: data
      location: europe-west1
      project: acme-data
      credentials: "\${DEPLOY_KEY}"
      plan: { credentials: "\${PLAN_KEY}" }
  any:
    cluster:
      kubeconfig: "\${KUBECONFIG}"
      plan: { context: production }
releases:
  web: { chart: charts/api, namespace: web }
`;

type Texts = Readonly<Record<string, string>>;

function parse(inputs: Texts, environment: Texts = {}): Work {
  const { work } = parseInputs(
    {
      inputs: new Map(Object.entries(inputs)),
      environment,
      event: 'push',
      files: fakeFiles({ ...REPOSITORY, '/repository/slipway.yaml': FILE }),
      directory: '/repository',
    },
    parseConfig,
  );
  return work;
}

function clusterOf(inputs: Texts, environment: Texts = {}): unknown {
  const work = parse(inputs, environment);
  if (work.type === 'check') throw new Error('only checked');
  return work.type === 'setup' ? work.cluster : work.releases[0]?.cluster;
}

const told = (inputs: Texts, environment: Texts = {}) =>
  problemsOf(() => parse(inputs, environment)).map(
    ({ code, message, at }) => `${at?.line}: ${message} [${code}]`,
  );

describe('who logs in', () => {
  test('is another one for a plan', () => {
    expect(clusterOf({ command: 'deploy', environment: 'aws' })).toMatchObject({
      login: { role: { arn: DEPLOY }, chained: { arn: DEPLOY } },
    });
    expect(clusterOf({ command: 'plan', environment: 'aws' })).toMatchObject({
      login: { role: { arn: PLAN }, chained: undefined },
    });
  });

  test('is whom the step says before all others', () => {
    const role = 'arn:aws:iam::111122223333:role/other';
    const inputs = { command: 'plan', environment: 'aws', 'aws-role-to-assume': role };
    expect(clusterOf(inputs)).toMatchObject({ login: { role: { arn: role } } });
  });

  test.each([
    ['plan', 'PLAN_KEY', 'cluster.plan.credentials', 17],
    ['deploy', 'DEPLOY_KEY', 'cluster.credentials', 16],
    ['setup', 'DEPLOY_KEY', 'cluster.credentials', 16],
  ])('to %s needs %s alone, and is told by its own name', (command, variable, name, line) => {
    const key = '{"type":"service_account"}';
    expect(clusterOf({ command, environment: 'google' }, { [variable]: key })).toMatchObject({
      login: { source: { name, json: key } },
    });
    expect(told({ command, environment: 'google' })).toEqual([
      `${line}: \`${name}\` needs the environment variable ${variable}, which is missing or empty. [variable-missing]`,
    ]);
    expect(told({ command, environment: 'google' }, { [variable]: 'hunter2' })).toEqual([
      `${line}: \`${name}\` is neither the JSON of a service-account key nor of a credential configuration. [input-invalid]`,
    ]);
  });

  test('may be another context of the same kubeconfig', () => {
    const environment = { KUBECONFIG };
    expect(clusterOf({ command: 'plan', environment: 'any' }, environment)).toMatchObject({
      kubeconfig: KUBECONFIG.trim(),
      context: 'production',
    });
    expect(clusterOf({ command: 'deploy', environment: 'any' }, environment)).toMatchObject({
      context: '',
    });
  });
});

describe('command: setup', () => {
  test('asks for the cluster of the environment, and for nothing of a release', () => {
    expect(parse({ command: 'setup', environment: 'aws' })).toEqual({
      type: 'setup',
      environment: 'aws',
      names: expect.any(Map),
      cluster: expect.objectContaining({ provider: 'eks', name: 'data' }),
    });
  });

  test('needs no file and no environment', () => {
    const inputs = { command: 'setup', config: 'none', kubeconfig: 'kubeconfig.yaml' };
    expect(parse(inputs)).toMatchObject({ type: 'setup', environment: '' });
  });

  test('tells what is wrong once', () => {
    expect(told({ command: 'setup' })).toEqual([
      'undefined: `environment` is missing or empty. [environment-missing]',
    ]);
  });
});
