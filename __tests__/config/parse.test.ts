import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { INPUTS as TABLE } from '../../src/config/inputs.ts';
import type { Inputs } from '../../src/config/parse.ts';
import type { ReleaseSpec } from '../../src/release/spec.ts';
import { INPUTS, KUBECONFIG, parse, REPOSITORY } from './samples.ts';
import { problemsOf, tell } from './telling.ts';

const DEFAULTS = Object.fromEntries(
  TABLE.flatMap((input) => ('default' in input ? [[input.name, input.default]] : [])),
);

/** Of the one release. */
function specOf({ work }: Inputs): ReleaseSpec {
  const [spec] = work.type === 'run' ? work.releases : [];
  if (!spec) throw new Error('no release');
  return spec;
}

describe('the inputs', () => {
  test('the smallest that are right', () => {
    expect(parse({})).toEqual({
      command: 'deploy',
      usesFile: false,
      work: {
        type: 'run',
        names: expect.any(Map),
        showValues: false,
        releases: [
          {
            target: {
              environment: '',
              release: 'api',
              namespace: { name: 'apps', create: true, labels: {} },
            },
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
            needs: [],
            policy: {
              timeout: 600_000,
              onFailure: 'rollback',
              skipUnchanged: true,
              waitForLock: 0,
              historyMax: 10,
              wait: 'ours',
              crds: 'helm',
            },
            helm: {
              args: [],
              postRenderer: undefined,
              serverSide: 'auto',
              forceConflicts: false,
              takeOwnership: false,
              skipSchemaValidation: false,
            },
            warnings: [],
          },
        ],
      },
      tools: { helmVersion: '', kubectlVersion: '', mirror: '' },
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
    const spec = specOf(inputs);
    expect(spec.target).toEqual({
      environment: 'production',
      release: 'api',
      namespace: { name: 'apps', create: false, labels: {} },
    });
    expect(spec.layers.map((layer) => layer.type)).toEqual(['file', 'file', 'inline', 'set']);
    expect(spec.policy).toEqual({
      historyMax: 10,
      wait: 'ours',
      crds: 'helm',
      timeout: 5_400_000,
      onFailure: 'hold',
      skipUnchanged: false,
      waitForLock: 300_000,
    });
    expect(spec.cluster).toMatchObject({ context: 'production' });
    expect(inputs.tools).toEqual({ helmVersion: '3.22', kubectlVersion: '', mirror: '' });
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
      'input-invalid',
      'kubeconfig-missing',
      'release-name-too-long',
      'input-missing',
      'chart-missing',
      'values-missing',
      'set-invalid',
      'duration-without-unit',
    ]);
  });

  test('is told once, although chart, values and kubeconfig start in it', () => {
    expect(tell(() => parse({ 'working-directory': 'app', values: 'base.yaml' }))).toEqual([
      '`working-directory` names `app`, but there is no folder /repository/app. Correct it, or check out the repository in an earlier step with actions/checkout.',
    ]);
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
