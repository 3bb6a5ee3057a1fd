/* biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables as slipway.yaml has them */

import { describe, expect, test } from '@jest/globals';
import { parseConfig } from '../../../src/config/file/document.ts';
import { type Inputs, parseInputs } from '../../../src/config/parse.ts';
import type { Problem } from '../../../src/errors.ts';
import type { ReleaseSpec } from '../../../src/release/spec.ts';
import { fakeFiles } from '../../fakes/files.ts';
import { REPOSITORY } from '../samples.ts';
import { problemsOf } from '../telling.ts';

const FILE = `
environments:
  staging:
    vars: { region: eu-west-1 }
    cluster: { kubeconfig: kubeconfig.yaml }
  production:
    vars: { region: us-east-1 }
    cluster: { kubeconfig: "\${KUBECONFIG_CONTENT}", context: production }
defaults:
  timeout: 5m
  namespace: { labels: { team: data } }
releases:
  web:
    needs: [db]
    chart: charts/api
    namespace: "web-{vars.region}"
    values: [values/base.yaml, "?values/{environment}.yaml"]
    set: { image.tag: "\${IMAGE_TAG}" }
    environments:
      production: { timeout: 20m, on-failure: hold, namespace: { create: false } }
  db:
    chart: { name: postgres, repository: https://charts.example.com, version: ^15.0.0 }
    namespace: db
    registry-username: me
    registry-password: "\${REGISTRY_PASSWORD}"
    values-inline: { auth: { enabled: true } }
    set-json: { "resources.limits": '{"cpu": 1}', replicas: 2 }
    set-file: { config: values/base.yaml }
    history-max: 3
    wait: helm
    crds: skip
    helm-args: [--enable-dns]
`;

const VARIABLES = { IMAGE_TAG: '1.2.3', REGISTRY_PASSWORD: 'pw', KUBECONFIG_CONTENT: '' };

function parse(
  inputs: Readonly<Record<string, string>>,
  {
    file = FILE,
    variables = VARIABLES,
  }: { file?: string; variables?: Record<string, string> } = {},
): Inputs {
  return parseInputs(
    {
      inputs: new Map(Object.entries(inputs)),
      environment: variables,
      event: 'push',
      files: fakeFiles({ ...REPOSITORY, '/repository/slipway.yaml': file }),
      directory: '/repository',
    },
    parseConfig,
  );
}

function specsOf({ work }: Inputs): readonly ReleaseSpec[] {
  if (work.type !== 'run') throw new Error('only checked');
  return work.releases;
}

function told(run: () => unknown): readonly string[] {
  return problemsOf(run).map(
    ({ code, message, at }: Problem) => `${at ? `${at.file}:${at.line} ` : ''}[${code}] ${message}`,
  );
}

describe('releases of slipway.yaml', () => {
  const [db, web] = specsOf(parse({ environment: 'staging' }));

  test('come in the order of their needs', () => {
    expect([db?.target.release, web?.target.release]).toEqual(['db', 'web']);
    expect(web?.needs).toEqual(['db']);
  });

  test('have what defaults, the release and the environment say', () => {
    expect(web).toMatchObject({
      target: {
        environment: 'staging',
        release: 'web',
        namespace: { name: 'web-eu-west-1', create: true, labels: { team: 'data' } },
      },
      chart: { type: 'folder', folder: 'charts/api' },
      layers: [
        { type: 'file', written: 'values/base.yaml' },
        { type: 'set', values: { image: { tag: '1.2.3' } } },
      ],
      policy: { timeout: 300_000, onFailure: 'rollback' },
    });
    const [, inProduction] = specsOf(
      parse(
        { environment: 'production', kubeconfig: 'kubeconfig.yaml' },
        {
          variables: {
            ...VARIABLES,
            KUBECONFIG_CONTENT: REPOSITORY['/repository/kubeconfig.yaml'],
          },
        },
      ),
    );
    expect(inProduction).toMatchObject({
      cluster: { context: 'production' },
      target: { namespace: { name: 'web-us-east-1', create: false, labels: { team: 'data' } } },
      layers: [{ written: 'values/base.yaml' }, { written: 'values/production.yaml' }, {}],
      policy: { timeout: 1_200_000, onFailure: 'hold' },
    });
  });

  test('say all that an input can say, and more', () => {
    expect(db).toMatchObject({
      chart: {
        type: 'repository',
        url: 'https://charts.example.com',
        name: 'postgres',
        version: '^15.0.0',
        credentials: { username: 'me', password: 'pw' },
      },
      layers: [
        { type: 'inline', text: '{"auth":{"enabled":true}}' },
        { type: 'set-json', values: { resources: { limits: { cpu: 1 } }, replicas: 2 } },
        { type: 'set-file', values: { config: 'replicas: 1\n' } },
      ],
      policy: { historyMax: 3, wait: 'helm', crds: 'skip' },
      helm: { args: ['--enable-dns'] },
    });
  });

  test.each([
    [{ releases: 'web' }, ['web']],
    [{ releases: 'w*\ndb' }, ['db', 'web']],
    [{ release: 'db' }, ['db']],
  ])('are chosen by %j', (inputs, names) => {
    const specs = specsOf(parse({ environment: 'staging', ...inputs }));
    expect(specs.map(({ target }) => target.release)).toEqual(names);
  });

  test('give way to inputs of the same name', () => {
    const [spec] = specsOf(
      parse({
        environment: 'staging',
        releases: 'web',
        timeout: '10m',
        values: 'values/production.yaml',
        set: 'image.tag=2.0.0',
        'create-namespace': 'false',
      }),
    );
    expect(spec).toMatchObject({
      target: { namespace: { name: 'web-eu-west-1', create: false } },
      layers: [
        { written: 'values/production.yaml' },
        { values: { image: { tag: '1.2.3' } } },
        { values: { image: { tag: '2.0.0' } } },
      ],
      policy: { timeout: 600_000 },
    });
  });
});

test('a plan is made without a variable that only the deploy has', () => {
  const { IMAGE_TAG: _, ...variables } = VARIABLES;
  const [, web] = specsOf(parse({ environment: 'staging', command: 'plan' }, { variables }));
  expect(web?.layers.at(-1)).toEqual({ type: 'set', values: { image: { tag: '${IMAGE_TAG}' } } });
  const warnings = specsOf(
    parse({ environment: 'staging', command: 'plan' }, { variables }),
  ).flatMap((spec) => spec.warnings);
  expect(warnings).toMatchObject([{ code: 'late-bound', at: { file: 'slipway.yaml', line: 18 } }]);
  expect(told(() => parse({ environment: 'staging' }, { variables }))).toEqual([
    'slipway.yaml:18 [variable-missing] `set.image.tag` needs the environment variable IMAGE_TAG, which is missing or empty.',
  ]);
});

test('`against: none` reads the files of every environment, without a cluster', () => {
  const { work } = parse({ command: 'plan', against: 'none' }, { variables: {} });
  expect(work).toMatchObject({
    type: 'check',
    targets: [
      { environment: 'staging', release: 'db' },
      { environment: 'staging', release: 'web' },
      { environment: 'production', release: 'db' },
      { environment: 'production', release: 'web' },
    ],
  });
});

describe('what is wrong', () => {
  test.each([
    [{}, ['[environment-missing] `environment` is missing or empty.']],
    [
      { environment: 'prod' },
      ['[environment-unknown] `environment` is `prod`, which is no environment of the file.'],
    ],
    [
      { environment: 'staging', releases: 'wed' },
      ['[release-unknown] `wed` is no release of the file.'],
    ],
    [
      { environment: 'staging', release: 'db', releases: 'web' },
      ['[input-ambiguous] `release` and `releases` are both given.'],
    ],
    [
      { environment: 'staging', chart: 'x', set: 'a=b' },
      [
        '[input-ambiguous] `chart` belongs to one release, and this run has 2: web, db.',
        '[input-ambiguous] `set` belongs to one release, and this run has 2: web, db.',
      ],
    ],
    [
      { environment: 'staging', config: 'deploy.yaml' },
      [
        '[config-file-missing] `config` names `deploy.yaml`, but there is no file /repository/deploy.yaml.',
      ],
    ],
  ])('in %j', (inputs, expected) => {
    expect(told(() => parse(inputs))).toEqual(expected);
  });

  test('in the file is told with its line, all at once and each thing once', () => {
    const file = `
environments: { staging: { cluster: { kubeconfig: kubeconfig.yaml } } }
defaults:
  timeout: 121h
releases:
  web:
    chart: charts/ap
    namespace: "{vars.region}"
  db:
    chart: { name: postgres, repository: https://charts.example.com }
    namespace: db
    values: [values/base.yaml, values/no.yaml]
    needs: [cache]
`;
    expect(told(() => parse({ environment: 'staging' }, { file }))).toEqual([
      'slipway.yaml:13 [needs-unknown] Release `db` needs `cache`, which is no release of the file.',
    ]);
    expect(
      told(() =>
        parse({ environment: 'staging' }, { file: file.replace('    needs: [cache]\n', '') }),
      ),
    ).toEqual([
      'slipway.yaml:8 [placeholder-unknown] `namespace` has `{vars.region}` in `{vars.region}`, which has no meaning.',
      'slipway.yaml:7 [chart-missing] `chart` names `charts/ap`, but there is no folder /repository/charts/ap.',
      'slipway.yaml:4 [input-invalid] `timeout` is `121h`, longer than the five days that a job may run.',
      'slipway.yaml:10 [chart-version-missing] `chart.version` is missing or empty.',
      'slipway.yaml:12 [values-missing] `values` names `values/no.yaml`, but there is no file /repository/values/no.yaml.',
    ]);
  });
});
