import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { INPUTS as TABLE } from '../../src/config/inputs.ts';
import { INPUTS, KUBECONFIG, parse, REPOSITORY } from './samples.ts';
import { problemsOf, tell } from './telling.ts';

const DEFAULTS = Object.fromEntries(
  TABLE.flatMap((input) => ('default' in input ? [[input.name, input.default]] : [])),
);

describe('the inputs', () => {
  test('the smallest that are right', () => {
    expect(parse({})).toEqual({
      command: 'deploy',
      spec: {
        target: { environment: '', release: 'api', namespace: { name: 'apps', create: true } },
        cluster: {
          provider: 'kubeconfig',
          kubeconfig: KUBECONFIG,
          directory: '/repository',
          context: '',
        },
        chart: {
          type: 'folder',
          path: '/repository/charts/api',
          written: 'charts/api',
          folder: 'charts/api',
        },
        layers: [],
        policy: { timeout: 600_000, onFailure: 'rollback', skipUnchanged: true, waitForLock: 0 },
      },
      tools: { helmVersion: '', mirror: '' },
      github: { token: '', comment: true, pullRequest: undefined },
    });
  });

  test('the defaults that the runner passes change nothing', () => {
    const passed = parse({ ...DEFAULTS, 'github-token': 'ghs_token' });
    expect(passed).toEqual({ ...parse({}), github: { ...passed.github, token: 'ghs_token' } });
  });

  test('all of them', () => {
    const inputs = parse({
      command: 'deploy',
      environment: 'production',
      'github-token': 'ghs_token',
      'helm-version': '3.22',
      'kube-context': 'production',
      'create-namespace': 'false',
      values: 'values/base.yaml\nvalues/{environment}.yaml',
      'values-inline': 'a: 1',
      set: 'b=2',
      timeout: '1h30m',
      'on-failure': 'hold',
      'skip-unchanged': 'false',
      'wait-for-lock': '5m',
      comment: 'false',
      'pull-request': '7',
    });
    expect(inputs.spec.target).toEqual({
      environment: 'production',
      release: 'api',
      namespace: { name: 'apps', create: false },
    });
    expect(inputs.spec.layers.map((layer) => layer.type)).toEqual([
      'file',
      'file',
      'inline',
      'set',
    ]);
    expect(inputs.spec.policy).toEqual({
      timeout: 5_400_000,
      onFailure: 'hold',
      skipUnchanged: false,
      waitForLock: 300_000,
    });
    expect(inputs.spec.cluster.context).toBe('production');
    expect(inputs.tools).toEqual({ helmVersion: '3.22', mirror: '' });
    expect(inputs.github).toEqual({ token: 'ghs_token', comment: false, pullRequest: 7 });
  });
});

describe('what is wrong', () => {
  test('is told all at once, each thing once', () => {
    const codes = problemsOf(() =>
      parse({
        relase: 'x',
        release: 'x'.repeat(60),
        namespace: '',
        chart: 'charts/web',
        kubeconfig: 'kube.yaml',
        values: 'values/{release}.yaml\nvalues/no.yaml',
        set: 'a=1\na.b=2',
        timeout: '300',
        comment: 'yes',
      }),
    ).map((problem) => problem.code);
    expect(codes).toEqual([
      'input-unknown',
      'release-name-too-long',
      'input-missing',
      'kubeconfig-missing',
      'chart-missing',
      'values-missing',
      'set-invalid',
      'duration-without-unit',
      'input-invalid',
    ]);
  });

  test('is told once, although chart, values and kubeconfig start in it', () => {
    expect(tell(() => parse({ 'working-directory': 'app', values: 'base.yaml' }))).toEqual([
      '`working-directory` names `app`, but there is no folder /repository/app. Correct it, or check out the repository in an earlier step with actions/checkout.',
    ]);
  });

  test('a chart of a repository is told as that, not as a missing folder', () => {
    const inputs = { chart: 'airbyte', 'chart-repository': 'https://example.com' };
    expect(problemsOf(() => parse(inputs)).map(({ code }) => code)).toEqual(['input-unavailable']);
  });
});

describe('bad input that never reaches the cluster', () => {
  test.each([
    ['missing values file', { values: 'values/prod.yaml' }, 'values-missing', undefined],
    [
      'values file that is not a map',
      { values: 'list.yaml' },
      'yaml-not-a-map',
      { file: 'list.yaml', line: 1 },
    ],
    [
      'broken YAML',
      { values: 'broken.yaml' },
      'yaml-broken',
      { file: 'broken.yaml', line: 2, column: 6 },
    ],
    ['chart not found', { chart: 'charts/web' }, 'chart-missing', undefined],
    ['Chart.yaml missing', { chart: 'values' }, 'chart-yaml-missing', undefined],
    ['release name too long', { release: 'x'.repeat(54) }, 'release-name-too-long', undefined],
    ['timeout without a unit', { timeout: '600' }, 'duration-without-unit', undefined],
    ['misspelt input', { 'name-space': 'x' }, 'input-unknown', undefined],
  ])('%s', (_, inputs, code, at) => {
    const files = {
      ...REPOSITORY,
      '/repository/list.yaml': '- a\n',
      '/repository/broken.yaml': 'a:\n  b: c: d\n',
    };
    const problems = problemsOf(() => parse(inputs, files));
    expect(problems).toEqual([
      { code, at, message: expect.stringMatching(/\.$/), hint: expect.stringMatching(/[.?]$/) },
    ]);
  });
});

test('any text in any input is parsed or refused, never a crash', () => {
  const name = fc.constantFrom(...TABLE.map((input) => input.name));
  fc.assert(
    fc.property(fc.dictionary(name, fc.string({ unit: 'binary' })), (inputs) => {
      try {
        parse({ ...INPUTS, ...inputs });
      } catch (error) {
        expect(error).toHaveProperty('name', 'DeployErrors');
      }
    }),
    { numRuns: 300 },
  );
});
