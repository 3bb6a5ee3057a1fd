import type { BadInput } from './case.ts';
import { inEnvironment, inRelease } from './checkout.ts';

const release = (...names: readonly string[]) => names.map((name) => `releases.<name>.${name}`);
const cluster = (...names: readonly string[]) =>
  names.map((name) => `environments.<name>.cluster.${name}`);

/** The fields of slipway.yaml, each with what it does not take. */
export const FIELDS: readonly BadInput[] = [
  {
    name: 'switches that are texts',
    fields: release(
      'skip-unchanged',
      'server-side',
      'force-conflicts',
      'take-ownership',
      'skip-schema-validation',
      'namespace.create',
      'chart.plain-http',
      'values.[].optional',
    ),
    config: inRelease(
      'chart: { name: charts/picky, plain-http: "true" }',
      'namespace: { name: <namespace>, create: no }',
      'skip-unchanged: "false"',
      'server-side: maybe',
      'force-conflicts: on',
      'take-ownership: 1',
      'skip-schema-validation: yes',
      'values: [{ file: values/production.yaml, optional: "yes" }]',
    ),
    told: [],
  },
  {
    name: 'lists and maps that are something else',
    fields: [
      '$schema',
      'defaults',
      'environments.<name>.vars',
      ...release(
        'values',
        'values-inline',
        'set',
        'set-file',
        'set-json',
        'namespace.labels',
        'helm-args',
        'post-renderer',
        'post-renderer.args',
        'needs',
        'environments',
      ),
    ],
    config: `${inEnvironment('vars: eu-west-1')
      .replace('namespace: <namespace>', 'namespace: { name: <namespace>, labels: [team] }')
      .concat(
        ...[
          'values: values/production.yaml',
          'values-inline: "replicas: 2"',
          'set: [image.tag=1.2.3]',
          'set-file: files/start.sh',
          "set-json: '{}'",
          'helm-args: --enable-dns',
          'post-renderer: { program: scripts/label.sh, args: --team }',
          'needs: database',
          'environments: [production]',
        ].map((line) => `    ${line}\n`),
      )}defaults: [timeout]\n$schema: 1\n`,
    told: [],
  },
  {
    name: 'texts that YAML takes for something else',
    fields: [
      'environments.<name>.vars',
      ...cluster('context'),
      ...release('chart.version', 'set', 'namespace', 'registry-username', 'set-file'),
    ],
    config: inEnvironment(
      'vars: { generation: 1.10 }',
      'cluster: { kubeconfig: kubeconfig.yaml, context: 42 }',
    )
      .replace('chart: charts/picky', 'chart: { name: app, repository: "https://charts.example.com", version: 1.10 }')
      .replace('namespace: <namespace>', 'namespace: {environment}')
      .concat('    set: { image.tag: 1.10, debug: true }\n    set-file: { script: 7 }\n    registry-username: 0042\n'),
    told: [],
  },
  {
    name: 'fields without a value',
    fields: ['environments.<name>.cluster', ...cluster('kubeconfig'), ...release('chart', 'values', 'timeout')],
    config: inRelease('chart:', 'values:', 'timeout:').replace('{ kubeconfig: kubeconfig.yaml }', ''),
    told: [],
  },
  {
    name: 'words that are none',
    fields: [
      ...cluster('provider'),
      ...release('values.[].decrypt', 'on-failure', 'wait', 'crds'),
    ],
    config: inEnvironment('cluster: { provider: gke, kubeconfig: kubeconfig.yaml }').concat(
      ...[
        'values: [{ file: values/production.yaml, decrypt: age }]',
        'on-failure: rolback',
        'wait: hlem',
        'crds: always',
      ].map((line) => `    ${line}\n`),
    ),
    told: [],
  },
  {
    name: 'secrets that are written out',
    fields: [...cluster('kubeconfig'), ...release('registry-password')],
    config: inEnvironment('cluster: { kubeconfig: "apiVersion: v1\\nkind: Config" }').concat(
      '    registry-username: robot\n    registry-password: hunter2-abc\n',
    ),
    told: [],
  },
  {
    name: 'numbers and times that have no meaning',
    fields: release('timeout', 'wait-for-lock', 'history-max'),
    config: inRelease('timeout: 10 minutes', 'wait-for-lock: 5', 'history-max: 0'),
    told: [],
  },
  {
    name: 'maps without what they must have',
    fields: release('chart.name', 'values.[].file', 'post-renderer.program', 'post-renderer.kustomization'),
    config: inRelease(
      'chart: { version: 1.2.3 }',
      'values: [{ optional: true }]',
      'post-renderer: { args: [--team] }',
    ),
    told: [],
  },
  {
    name: 'defaults and overrides are told where they stand',
    fields: ['defaults', ...release('timeout', 'environments', 'namespace.name')],
    config: `${inRelease('environments:', '  production:', '    namespace: { name: Shop_1 }')}defaults: { timeout: 0s }\n`,
    told: [],
  },
  {
    name: 'addresses and names of charts that are none',
    fields: release('chart.repository', 'chart.version', 'chart.name'),
    config: inRelease('chart: { name: charts/app, repository: charts.example.com, version: newest }'),
    told: [],
  },
  {
    name: 'files of a chart that are not there',
    fields: release('chart.ca-file', 'chart.keyring'),
    config: inRelease(
      'chart:',
      '  name: oci://registry.example.com/charts/app',
      '  version: 1.0.0',
      '  ca-file: certificates/ca.pem',
      '  keyring: keys/{environment}.gpg',
    ),
    told: [],
  },
  {
    name: 'field of another kind of chart',
    fields: release('chart.plain-http'),
    config: inRelease('chart: { name: charts/picky, plain-http: true }'),
    told: [],
  },
  {
    name: 'context that the kubeconfig does not have',
    fields: cluster('context'),
    config: inEnvironment('cluster: { kubeconfig: kubeconfig.yaml, context: deploier }'),
    told: [],
  },
  {
    name: 'kubeconfig that is not there',
    fields: cluster('kubeconfig'),
    config: inEnvironment('cluster: { kubeconfig: ~/.kube/config }'),
    told: [],
  },
  {
    name: 'program of the post-renderer that is not there',
    fields: release('post-renderer.program', 'post-renderer.args'),
    config: inRelease('post-renderer: { program: scripts/label.sh, args: [--team, data] }'),
    told: [],
  },
  {
    name: 'kustomization that is not there',
    fields: release('post-renderer.kustomization'),
    config: inRelease('post-renderer: { kustomization: "kustomize/{environment}" }'),
    told: [],
  },
  {
    name: 'server-side with Helm 3',
    fields: release('server-side'),
    config: inRelease('server-side: true'),
    helm: [3],
    told: [],
  },
  {
    name: 'helm-args that this helm does not know',
    fields: release('helm-args'),
    config: inRelease('helm-args: [--enable-dsn, --frobnicate=yes]'),
    helm: [3, 4],
    told: [],
  },
];
