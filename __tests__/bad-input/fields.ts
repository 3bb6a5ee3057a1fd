/* biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables as slipway.yaml has them */
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
    told: [
      'slipway.yaml:6:34: `releases.web.chart.plain-http` is the text `true`, not `true` or `false`. [config-wrong-type]',
      '→ Write `plain-http: true`, without quotes.',
      'slipway.yaml:7:38: `releases.web.namespace.create` is the text `no`, not `true` or `false`. [config-wrong-type]',
      '→ Write `create: false`, without quotes.',
      'slipway.yaml:8:5: `releases.web.skip-unchanged` is the text `false`, not `true` or `false`. [config-wrong-type]',
      '→ Write `skip-unchanged: false`, without quotes.',
      'slipway.yaml:9:5: `releases.web.server-side` is the text `maybe`, not `true`, `false` or `auto`. [config-wrong-type]',
      '→ Write it like `server-side: true`.',
      'slipway.yaml:10:5: `releases.web.force-conflicts` is the text `on`, not `true` or `false`. [config-wrong-type]',
      '→ Write `force-conflicts: true`, without quotes.',
      'slipway.yaml:11:5: `releases.web.take-ownership` is the number 1, not `true` or `false`. [config-wrong-type]',
      '→ Write it like `take-ownership: true`.',
      'slipway.yaml:12:5: `releases.web.skip-schema-validation` is the text `yes`, not `true` or `false`. [config-wrong-type]',
      '→ Write `skip-schema-validation: true`, without quotes.',
      'slipway.yaml:13:46: `releases.web.values[0].optional` is the text `yes`, not `true` or `false`. [config-wrong-type]',
      '→ Write `optional: true`, without quotes.',
    ],
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
    told: [
      'slipway.yaml:4:5: `environments.production.vars` is the text `eu-west-1`, not a map. [config-wrong-type]',
      '→ Write it like `vars: { region: eu-west-1 }`.',
      'slipway.yaml:8:38: `releases.web.namespace.labels` is a list, not a map. [config-wrong-type]',
      '→ Write it like `labels: { team: data }`.',
      'slipway.yaml:9:5: `releases.web.values` is the text `values/production.yaml`, not a list. [config-wrong-type]',
      '→ Write it like `values: [ values/base.yaml, "?values/{environment}.yaml" ]`.',
      'slipway.yaml:10:5: `releases.web.values-inline` is a text, not a map. [config-wrong-type]',
      '→ Write it like `values-inline: { replicas: 2, resources: { limits: { memory: 1Gi } } }`.',
      'slipway.yaml:11:5: `releases.web.set` is a list, not a map. [config-wrong-type]',
      '→ Write it like `set: { server.image.tag: "${IMAGE_TAG}" }`.',
      'slipway.yaml:12:5: `releases.web.set-file` is the text `files/start.sh`, not a map. [config-wrong-type]',
      '→ Write it like `set-file: { server.config: "config/{environment}.toml" }`.',
      'slipway.yaml:13:5: `releases.web.set-json` is a text, not a map. [config-wrong-type]',
      '→ Write it like `set-json: { server.tolerations: [ { key: spot, operator: Exists } ] }`.',
      'slipway.yaml:14:5: `releases.web.helm-args` is a text, not a list. [config-wrong-type]',
      '→ Write it like `helm-args: [ --enable-dns ]`.',
      'slipway.yaml:15:49: `releases.web.post-renderer.args` is a text, not a list. [config-wrong-type]',
      '→ Write it like `args: [ --team, data ]`.',
      'slipway.yaml:16:5: `releases.web.needs` is the text `database`, not a list. [config-wrong-type]',
      '→ Write it like `needs: [ database ]`.',
      'slipway.yaml:17:5: `releases.web.environments` is a list, not a map. [config-wrong-type]',
      '→ Write it like `environments: { production: { timeout: 20m } }`.',
      'slipway.yaml:18:1: `defaults` is a list, not a map. [config-wrong-type]',
      '→ Write it like `defaults: { timeout: 20m }`.',
      'slipway.yaml:19:1: `$schema` is the number 1, not a text. [config-wrong-type]',
      '→ Write it in quotes: `$schema: "1"`.',
    ],
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
      .replace(
        'chart: charts/picky',
        'chart: { name: app, repository: "https://charts.example.com", version: 1.10 }',
      )
      .replace('namespace: <namespace>', 'namespace: {environment}')
      .concat(
        '    set: { image.tag: 1.10, debug: true }\n    set-file: { script: 7 }\n    registry-username: 0042\n',
      ),
    told: [
      'slipway.yaml:3:13: `environments.production.vars.generation` is the number 1.10, which YAML makes 1.1. [config-wrong-type]',
      '→ Write it in quotes: `generation: "1.10"`.',
      'slipway.yaml:4:45: `environments.production.cluster.context` is the number 42, not a text. [config-wrong-type]',
      '→ Write it in quotes: `context: "42"`.',
      'slipway.yaml:7:67: `releases.web.chart.version` is the number 1.10, not a text. [config-wrong-type]',
      '→ Write it in quotes: `version: "1.10"`; without them YAML makes 1.1 of it.',
      'slipway.yaml:8:17: `releases.web.namespace` has the field `environment`, which does not belong there. [config-unknown-field]',
      '→ YAML reads `{environment}` as a map; write it in quotes: `namespace: "{environment}"`.',
      'slipway.yaml:9:12: `releases.web.set."image.tag"` is a number, not a text. [config-wrong-type]',
      '→ Write it in quotes; without them YAML makes 1.1 of 1.10.',
      'slipway.yaml:9:29: `releases.web.set.debug` is `true` or `false`, not a text. [config-wrong-type]',
      '→ Write it in quotes; for a value that is not a text use `set-json`.',
      'slipway.yaml:10:17: `releases.web.set-file.script` is the number 7, not a text. [config-wrong-type]',
      '→ Write it in quotes: `script: "7"`.',
      'slipway.yaml:11:5: `releases.web.registry-username` is the number 0042, not a text. [config-wrong-type]',
      '→ Write it in quotes: `registry-username: "0042"`; without them YAML makes 42 of it.',
    ],
  },
  {
    name: 'fields without a value',
    fields: [
      'environments.<name>.cluster',
      ...cluster('kubeconfig'),
      ...release('chart', 'values', 'timeout'),
    ],
    config: inRelease('chart:', 'values:', 'timeout:').replace(
      '{ kubeconfig: kubeconfig.yaml }',
      '',
    ),
    told: [
      'slipway.yaml:3:5: `environments.production.cluster` has no value. [config-wrong-type]',
      '→ Remove it, or give it one, such as `cluster: { name: data-prod, location: eu-west-1, role-to-assume: arn:aws:iam::111122223333:role/deploy }`.',
      'slipway.yaml:7:5: `releases.web.chart` has no value. [config-wrong-type]',
      '→ Remove it, or give it one, such as `chart: charts/api`.',
      'slipway.yaml:8:5: `releases.web.values` has no value. [config-wrong-type]',
      '→ Remove it, or give it one, such as `values: [ values/base.yaml, "?values/{environment}.yaml" ]`.',
      'slipway.yaml:9:5: `releases.web.timeout` has no value. [config-wrong-type]',
      '→ Remove it, or give it one, such as `timeout: 20m`.',
    ],
  },
  {
    name: 'words that are none',
    fields: [...cluster('provider'), ...release('values.[].decrypt', 'on-failure', 'wait', 'crds')],
    config: inEnvironment('cluster: { provider: openshift, kubeconfig: kubeconfig.yaml }').concat(
      ...[
        'values: [{ file: values/production.yaml, decrypt: age }]',
        'on-failure: rolback',
        'wait: hlem',
        'crds: always',
      ].map((line) => `    ${line}\n`),
    ),
    told: [
      'slipway.yaml:3:16: `environments.production.cluster.provider` is `openshift`, which Slipway does not know. [config-invalid]',
      '→ Use `eks`, `gke`, `kubeconfig` or `in-cluster`.',
      'slipway.yaml:8:46: `releases.web.values[0].decrypt` is `age`, which Slipway does not know. [config-invalid]',
      '→ Use `sops`.',
      'slipway.yaml:9:5: `releases.web.on-failure` is `rolback`, which Slipway does not know. [config-invalid]',
      '→ Did you mean `rollback`?',
      'slipway.yaml:10:5: `releases.web.wait` is `hlem`, which Slipway does not know. [config-invalid]',
      '→ Did you mean `helm`?',
      'slipway.yaml:11:5: `releases.web.crds` is `always`, which Slipway does not know. [config-invalid]',
      '→ Use `helm`, `apply` or `skip`.',
    ],
  },
  {
    name: 'secrets that are written out',
    fields: [...cluster('kubeconfig'), ...release('registry-password')],
    config: inEnvironment('cluster: { kubeconfig: "apiVersion: v1\\nkind: Config" }').concat(
      '    registry-username: robot\n    registry-password: hunter2-abc\n',
    ),
    told: [
      'slipway.yaml:3:16: `environments.production.cluster.kubeconfig` is written out in `slipway.yaml`, for everybody who can read the repository. [config-invalid]',
      '→ Write its path, or `kubeconfig: ${KUBECONFIG}`, and give the step that variable in its `env:` from a secret.',
      'slipway.yaml:9:5: `releases.web.registry-password` is written out in `slipway.yaml`, for everybody who can read the repository. [config-invalid]',
      '→ Write `registry-password: ${REGISTRY_PASSWORD}`, and give the step that variable in its `env:` from a secret.',
    ],
  },
  {
    name: 'numbers and times that have no meaning',
    fields: release('timeout', 'wait-for-lock', 'history-max'),
    config: inRelease('timeout: 10 minutes', 'wait-for-lock: 5 min', 'history-max: 0'),
    told: [
      'slipway.yaml:8:5: `releases.web.timeout` is `10 minutes`, which has no meaning there. [config-invalid]',
      '→ Write a number with its unit, such as `10m`, `90s` or `1h30m`.',
      'slipway.yaml:9:5: `releases.web.wait-for-lock` is `5 min`, which has no meaning there. [config-invalid]',
      '→ Write a number with its unit, such as `10m`, `90s` or `1h30m`.',
      'slipway.yaml:10:5: `releases.web.history-max` is 0, less than 1. [config-invalid]',
      '→ Write how many revisions to keep, such as `history-max: 10`: without a limit they fill the namespace with Secrets.',
    ],
  },
  {
    name: 'maps without what they must have',
    fields: release('values.[].file', 'post-renderer.program', 'post-renderer.kustomization'),
    config: inRelease('values: [{ optional: true }]', 'post-renderer: { args: [--team] }'),
    told: [
      'slipway.yaml:8:14: `releases.web.values[0].file` is missing. [config-missing]',
      '→ Write it like `file: "values/{environment}.yaml"`.',
      'slipway.yaml:9:5: `releases.web.post-renderer.program` is missing. [config-missing]',
      '→ Write it like `program: scripts/add-labels.sh`.',
    ],
  },
  {
    name: 'chart without a name, and no namespace',
    fields: release('chart.name', 'namespace'),
    config: inRelease(
      'chart: { repository: "https://charts.example.com", version: 1.2.3 }',
      'namespace: { create: false }',
    ),
    told: [
      'slipway.yaml:7:5: `namespace.name` is missing or empty. [input-missing]',
      '→ Name the namespace of the release, such as `namespace: airbyte`.',
      'slipway.yaml:6:5: `chart.name` is missing or empty. [input-missing]',
      '→ Give the folder of the Helm chart, such as `chart: charts/api`; its name, with `chart.repository`; or `oci://…`.',
    ],
  },
  {
    name: 'defaults and overrides are told where they stand',
    fields: ['defaults', ...release('timeout', 'environments', 'namespace.name')],
    config: `${inRelease('environments:', '  production:', '    namespace: { name: Shop_1 }')}defaults: { timeout: 0s }\n`,
    told: [
      'slipway.yaml:10:22: `namespace.name: Shop_1` is not a valid name. [input-invalid]',
      '→ Use lower-case letters, digits and `-`, with a letter or digit at both ends, such as `shop-1`.',
      'slipway.yaml:11:13: `timeout` is `0s`, less than a second. [input-invalid]',
      '→ Write a number with its unit, such as `10m`, `90s` or `1h30m`.',
    ],
  },
  {
    name: 'addresses and names of charts that are none',
    fields: release('chart.repository', 'chart.version', 'chart.name'),
    config: inRelease(
      'chart: { name: charts/app, repository: charts.example.com, version: newest }',
    ),
    told: [
      'slipway.yaml:7:32: `chart.repository` is not an address of a chart repository. [chart-repository-invalid]',
      '→ Write its URL, such as `https://airbytehq.github.io/charts`; `oci://…` for a registry.',
      'slipway.yaml:7:64: `chart.version` is `newest`, which is no version, range or digest. [chart-version-invalid]',
      '→ Write a version such as `1.2.3`, a range such as `^1.2.0` or `>=1.2 <2`, `sha256:…`, both as `1.2.3@sha256:…`, or `latest`.',
      'slipway.yaml:7:14: `chart` is `charts/app`, which is no name of a chart in `chart.repository`. [chart-invalid]',
      '→ Write the name alone, such as `airbyte`; remove `chart.repository` for a chart of this repository.',
    ],
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
    told: [
      'slipway.yaml:10:7: `chart.ca-file` names `certificates/ca.pem`, but there is no file <workspace>/certificates/ca.pem. [chart-file-missing]',
      '→ Correct the path; it starts in `working-directory`.',
      'slipway.yaml:11:7: `chart.keyring` names `keys/production.gpg`, but there is no file <workspace>/keys/production.gpg. [chart-file-missing]',
      '→ Correct the path; it starts in `working-directory`.',
    ],
  },
  {
    name: 'field of another kind of chart',
    fields: release('chart.plain-http'),
    config: inRelease('chart: { name: charts/picky, plain-http: true }'),
    told: [
      'slipway.yaml:7:34: `chart.plain-http` is given, and this kind of chart does not use it. [chart-field-unused]',
      '→ Remove it; `plain-http` is for `oci://`, `ca-file` and `keyring` are for charts that are fetched.',
    ],
  },
  {
    name: 'context that the kubeconfig does not have',
    fields: cluster('context'),
    config: inEnvironment('cluster: { kubeconfig: kubeconfig.yaml, context: deploier }'),
    told: [
      'slipway.yaml:3:16: The kubeconfig has no context `deploier`. [kube-context-missing]',
      '→ Set `cluster.context` to `deployer`.',
    ],
  },
  {
    name: 'path of the kubeconfig that no shell completes',
    fields: cluster('kubeconfig'),
    config: inEnvironment('cluster: { kubeconfig: ~/.kube/config }'),
    told: [
      'slipway.yaml:3:16: `cluster.kubeconfig` names `~/.kube/config`, but there is no file <workspace>/~/.kube/config. [kubeconfig-missing]',
      '→ The step has no shell to replace `~`: write the whole path.',
    ],
  },
  {
    name: 'program of the post-renderer that is not there',
    fields: release('post-renderer.program', 'post-renderer.args'),
    config: inRelease('post-renderer: { program: scripts/label.sh, args: [--team, data] }'),
    told: [
      'slipway.yaml:8:5: `post-renderer` names `scripts/label.sh`, but there is no program <workspace>/scripts/label.sh. [post-renderer-missing]',
      '→ Correct the path; it starts in `working-directory`. A program on PATH needs a small script that calls it.',
    ],
  },
  {
    name: 'kustomization that is not there',
    fields: release('post-renderer.kustomization'),
    config: inRelease('post-renderer: { kustomization: "kustomize/{environment}" }'),
    told: [
      'slipway.yaml:8:5: `post-renderer.kustomization` names `kustomize/production`, but there is no folder <workspace>/kustomize/production. [post-renderer-missing]',
      '→ Correct the path; it starts in `working-directory`. A program on PATH needs a small script that calls it.',
    ],
  },
  {
    name: 'server-side with Helm 3',
    fields: release('server-side'),
    config: inRelease('server-side: true'),
    helm: [3],
    told: [
      '`server-side: true` needs helm 4.0, and this run uses helm <helm>. [helm-too-old]',
      '→ Remove `server-side`, or choose a newer `helm-version`.',
    ],
  },
  {
    name: 'helm-args that this helm does not know',
    fields: release('helm-args'),
    config: inRelease('helm-args: [--enable-dsn, --frobnicate=yes]'),
    helm: [3, 4],
    told: [
      '`helm-args` has --enable-dsn, which `helm upgrade` of helm <helm> does not know. [helm-args-unknown]',
      '→ Write --enable-dns if that is what you mean, or choose another `helm-version`.',
      '`helm-args` has --frobnicate, which `helm upgrade` of helm <helm> does not know. [helm-args-unknown]',
      '→ Look for it in `helm upgrade --help`, or choose another `helm-version`.',
    ],
  },
];
