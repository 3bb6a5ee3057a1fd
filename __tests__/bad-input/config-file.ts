/* biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables as slipway.yaml has them */
import type { BadInput } from './case.ts';
import { inEnvironment, inRelease } from './checkout.ts';

/** slipway.yaml as a whole: whether it can be read, and what of it the inputs choose. */
export const CONFIG_FILE: readonly BadInput[] = [
  {
    name: 'file missing',
    inputs: { config: 'deploy/slipway.yaml' },
    told: [
      '`config` names `deploy/slipway.yaml`, but there is no file <workspace>/deploy/slipway.yaml. [config-file-missing]',
      '→ Correct the path; it starts in `working-directory`.',
    ],
  },
  {
    name: 'file that is empty',
    config: '# to be written\n',
    told: [
      'slipway.yaml:1:1: `slipway.yaml` is empty. [config-broken]',
      '→ Write at least `releases:` with one release, its chart and its namespace.',
    ],
  },
  {
    name: 'file with a quote that is not closed',
    config: inRelease('timeout: "20m'),
    told: [
      'slipway.yaml:8:14: `slipway.yaml` is not valid YAML: line 8, column 14: the closing " is missing. [config-broken]',
      '→ Correct it there, or just before.',
    ],
  },
  {
    name: 'file with two documents',
    config: `${inRelease()}---\n${inRelease()}`,
    told: [
      'slipway.yaml:8:1: `slipway.yaml` holds several documents; another one begins in line 8. [config-broken]',
      '→ Keep one: remove the `---` between them.',
    ],
  },
  {
    name: 'file with an alias of nothing',
    config: inRelease('values-inline: *common'),
    told: [
      'slipway.yaml:8:20: `slipway.yaml` cannot be read: line 8, column 20: there is no `&common` before `*common`. [config-broken]',
      '→ A text that starts with `*` needs quotes.',
    ],
  },
  {
    name: 'key that stands twice',
    config: inRelease('timeout: 20m', 'on-failure: hold', 'timeout: 30m'),
    told: [
      'slipway.yaml:10:5: `releases.web.timeout` stands in `slipway.yaml` twice, in line 8 and line 10. [config-duplicate-key]',
      '→ Keep one of them.',
    ],
  },
  {
    name: 'misspelt fields',
    config: inRelease('tiemout: 20m', 'onFailure: hold', 'values_inline: { replicas: 2 }'),
    told: [
      'slipway.yaml:8:5: `releases.web` has the field `tiemout`, which does not belong there. [config-unknown-field]',
      '→ Did you mean `timeout`?',
      'slipway.yaml:9:5: `releases.web` has the field `onFailure`, which does not belong there. [config-unknown-field]',
      '→ Write `on-failure`.',
      'slipway.yaml:10:5: `releases.web` has the field `values_inline`, which does not belong there. [config-unknown-field]',
      '→ Write `values-inline`.',
    ],
  },
  {
    name: 'fields where they do not belong',
    config: inRelease(
      'chart-version: 1.0.0',
      'cluster: { kubeconfig: kubeconfig.yaml }',
      'create: false',
      'command: deploy',
    ),
    told: [
      'slipway.yaml:8:5: `releases.web` has the field `chart-version`, which does not belong there. [config-unknown-field]',
      '→ Write `version` inside `chart`.',
      'slipway.yaml:9:5: `releases.web` has the field `cluster`, which does not belong there. [config-unknown-field]',
      '→ `cluster` belongs in `environments.<name>`.',
      'slipway.yaml:10:5: `releases.web` has the field `create`, which does not belong there. [config-unknown-field]',
      '→ `create` belongs in `releases.<name>.namespace`.',
      'slipway.yaml:11:5: `releases.web` has the field `command`, which does not belong there. [config-unknown-field]',
      '→ `command` is an input: write it into the `with:` of the step.',
    ],
  },
  {
    name: 'fields that are not there yet',
    config: inRelease(
      'profile: airbyte-enterprise',
      'secrets: { license: { key: { env: LICENSE } } }',
    ),
    told: [
      'slipway.yaml:8:5: `releases.web.profile` is not available yet in this version of Slipway. [config-unknown-field]',
      '→ Remove it.',
      'slipway.yaml:9:5: `releases.web.secrets` is not available yet in this version of Slipway. [config-unknown-field]',
      '→ Remove it.',
    ],
  },
  {
    name: 'field that nothing here is like',
    config: inRelease('kubernetes: true'),
    told: [
      'slipway.yaml:8:5: `releases.web` has the field `kubernetes`, which does not belong there. [config-unknown-field]',
      '→ Remove it; docs/slipway-yaml.md lists all fields.',
    ],
  },
  {
    name: 'no releases',
    fields: ['releases'],
    config: 'environments: { production: {} }\n',
    told: [
      'slipway.yaml:1:1: `releases` is missing. [config-missing]',
      '→ Write it like `releases: { api: { chart: charts/api, namespace: api } }`.',
    ],
  },
  {
    name: 'releases with nothing in it',
    fields: ['releases'],
    config: 'releases: {}\n',
    told: [
      'slipway.yaml:1:1: `releases` has nothing in it. [config-missing]',
      '→ Write it like `releases: { api: { chart: charts/api, namespace: api } }`.',
    ],
  },
  {
    name: 'no environment chosen',
    config: inRelease(),
    inputs: { environment: '' },
    told: [
      '`environment` is missing or empty. [environment-missing]',
      '→ Set it to `production`, as the file names them.',
    ],
  },
  {
    name: 'misspelt environment',
    config: inRelease(),
    inputs: { environment: 'prodution' },
    told: [
      '`environment` is `prodution`, which is no environment of the file. [environment-unknown]',
      '→ Did you mean `production`?',
    ],
  },
  {
    name: 'environment that nothing here is like',
    config: inRelease(),
    inputs: { environment: 'eu' },
    told: [
      '`environment` is `eu`, which is no environment of the file. [environment-unknown]',
      '→ It has `production`.',
    ],
  },
  {
    name: 'releases that are none of the file',
    config: inRelease(),
    inputs: { releases: 'wep, api-*' },
    told: [
      '`wep` is no release of the file. [release-unknown]',
      '→ Did you mean `web`?',
      '`api-*` is no release of the file. [release-unknown]',
      '→ It has `web`.',
    ],
  },
  {
    name: 'values for one release in a run of two',
    config: `${inRelease()}  api:\n    chart: charts/picky\n    namespace: <namespace>\n`,
    inputs: { set: 'image.tag=1.2.3' },
    told: [
      '`set` belongs to one release, and this run has 2: web, api. [input-ambiguous]',
      '→ Choose one with `releases`, or write `set` into slipway.yaml.',
    ],
  },
  {
    name: 'release that is needed and not there',
    fields: ['releases.<name>.needs'],
    config: inRelease('needs: [database]'),
    told: [
      'slipway.yaml:8:13: Release `web` needs `database`, which is no release of the file. [needs-unknown]',
      '→ Remove it, or add `database` to `releases`.',
    ],
  },
  {
    name: 'releases that need each other',
    fields: ['releases.<name>.needs'],
    config: `${inRelease('needs: [api]')}  api:\n    chart: charts/picky\n    namespace: <namespace>\n    needs: [web]\n`,
    told: [
      'slipway.yaml:8:13: Releases need each other in a circle: `web` → `api` → `web`. [needs-cycle]',
      '→ Remove one of these `needs`: a release comes after all that it needs.',
    ],
  },
  {
    name: 'variables that the step does not have',
    fields: [
      'environments.<name>.cluster.kubeconfig',
      'releases.<name>.set',
      'releases.<name>.registry-username',
      'releases.<name>.registry-password',
    ],
    config: inEnvironment('cluster: { kubeconfig: "${KUBECONFIG}" }').concat(
      '    set: { image.tag: "${IMAGE_TAG}" }\n    registry-username: ${REGISTRY_USER}\n    registry-password: ${REGISTRY_PASSWORD}\n',
    ),
    environment: { IMAGE_TAG: '' },
    told: [
      'slipway.yaml:3:16: `cluster.kubeconfig` needs the environment variable KUBECONFIG, which is missing or empty. [variable-missing]',
      '→ Set it in the `env:` of the step; runs from forks and of Dependabot get no secrets.',
      'slipway.yaml:8:12: `set.image.tag` needs the environment variable IMAGE_TAG, which is missing or empty. [variable-missing]',
      '→ Set it in the `env:` of the step; a literal `${` is written `$${`.',
      'slipway.yaml:9:5: `registry-username` needs the environment variable REGISTRY_USER, which is missing or empty. [variable-missing]',
      '→ Set it in the `env:` of the step; runs from forks and of Dependabot get no secrets.',
      'slipway.yaml:10:5: `registry-password` needs the environment variable REGISTRY_PASSWORD, which is missing or empty. [variable-missing]',
      '→ Set it in the `env:` of the step; runs from forks and of Dependabot get no secrets.',
    ],
  },
  {
    name: 'variables where none is filled in',
    config: inRelease(
      'namespace: shop-${STAGE}',
      'values-inline: { image: { tag: "${IMAGE_TAG}" } }',
    ),
    told: [
      'slipway.yaml:7:5: `releases.web.namespace` holds `${STAGE}`, which is not filled in there. [config-variable]',
      '→ Use `{environment}`, or `{vars.…}` with `vars` in the environment. `${NAME}` is filled in only in `set`, `registry-username`, `registry-password` and the secrets of `cluster`; `$${` means `${`.',
      'slipway.yaml:8:31: `releases.web.values-inline.image.tag` holds `${IMAGE_TAG}`, which is not filled in there. [config-variable]',
      '→ Give this value in `set`, where it is; or write `$${IMAGE_TAG}` if the chart shall get it as it stands.',
    ],
  },
  {
    name: 'names that are none',
    fields: ['environments', 'releases', 'releases.<name>.environments'],
    config: inRelease('environments: { prodution: { timeout: 5m } }')
      .replace('  web:', '  Web_1:')
      .replace('releases:', '  ../staging: {}\nreleases:'),
    told: [
      'slipway.yaml:4:3: `environments."../staging"` is not a valid name. [config-invalid]',
      '→ Use letters, digits, `-`, `_` and `.`, with a letter or digit at both ends.',
      'slipway.yaml:6:3: `releases.Web_1` is not a valid name. [config-invalid]',
      '→ Use at most 53 lower-case letters, digits, `-` and `.`, with a letter or digit at both ends.',
      'slipway.yaml:9:21: `releases.Web_1.environments.prodution` is for an environment that `environments` does not have. [config-invalid]',
      '→ Did you mean `production`?',
    ],
  },
];
