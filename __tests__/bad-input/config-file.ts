import type { BadInput } from './case.ts';
import { inEnvironment, inRelease } from './checkout.ts';

/** slipway.yaml as a whole: whether it can be read, and what of it the inputs choose. */
export const CONFIG_FILE: readonly BadInput[] = [
  {
    name: 'file missing',
    inputs: { config: 'deploy/slipway.yaml' },
    told: [],
  },
  {
    name: 'file that is empty',
    config: '# to be written\n',
    told: [],
  },
  {
    name: 'file with a quote that is not closed',
    config: inRelease('timeout: "20m'),
    told: [],
  },
  {
    name: 'file with two documents',
    config: `${inRelease()}---\n${inRelease()}`,
    told: [],
  },
  {
    name: 'file with an alias of nothing',
    config: inRelease('values-inline: *common'),
    told: [],
  },
  {
    name: 'key that stands twice',
    config: inRelease('timeout: 20m', 'on-failure: hold', 'timeout: 30m'),
    told: [],
  },
  {
    name: 'misspelt fields',
    config: inRelease('tiemout: 20m', 'onFailure: hold', 'values_inline: { replicas: 2 }'),
    told: [],
  },
  {
    name: 'fields where they do not belong',
    config: inRelease('chart-version: 1.0.0', 'cluster: { kubeconfig: kubeconfig.yaml }', 'create: false', 'command: deploy'),
    told: [],
  },
  {
    name: 'fields that are not there yet',
    config: inRelease('profile: airbyte-enterprise', 'secrets: { license: { key: { env: LICENSE } } }'),
    told: [],
  },
  {
    name: 'field that nothing here is like',
    config: inRelease('kubernetes: true'),
    told: [],
  },
  {
    name: 'no releases',
    fields: ['releases'],
    config: 'environments: { production: {} }\n',
    told: [],
  },
  {
    name: 'releases with nothing in it',
    fields: ['releases'],
    config: 'releases: {}\n',
    told: [],
  },
  {
    name: 'no environment chosen',
    config: inRelease(),
    inputs: { environment: '' },
    told: [],
  },
  {
    name: 'misspelt environment',
    config: inRelease(),
    inputs: { environment: 'prodution' },
    told: [],
  },
  {
    name: 'environment that nothing here is like',
    config: inRelease(),
    inputs: { environment: 'eu' },
    told: [],
  },
  {
    name: 'releases that are none of the file',
    config: inRelease(),
    inputs: { releases: 'wep, api-*' },
    told: [],
  },
  {
    name: 'values for one release in a run of two',
    config: `${inRelease()}  api:\n    chart: charts/picky\n    namespace: <namespace>\n`,
    inputs: { set: 'image.tag=1.2.3' },
    told: [],
  },
  {
    name: 'release that is needed and not there',
    fields: ['releases.<name>.needs'],
    config: inRelease('needs: [database]'),
    told: [],
  },
  {
    name: 'releases that need each other',
    fields: ['releases.<name>.needs'],
    config: `${inRelease('needs: [api]')}  api:\n    chart: charts/picky\n    namespace: <namespace>\n    needs: [web]\n`,
    told: [],
  },
  {
    name: 'release that needs one which cannot be deployed',
    config: `${inRelease('values-inline: { legacy: true }')}  api:\n    chart: charts/picky\n    namespace: <namespace>\n    needs: [web]\n`,
    told: [],
  },
  {
    name: 'variables that the step does not have',
    fields: ['environments.<name>.cluster.kubeconfig', 'releases.<name>.set', 'releases.<name>.registry-username', 'releases.<name>.registry-password'],
    config: inEnvironment('cluster: { kubeconfig: "${KUBECONFIG}" }').concat(
      '    set: { image.tag: "${IMAGE_TAG}" }\n    registry-username: ${REGISTRY_USER}\n    registry-password: ${REGISTRY_PASSWORD}\n',
    ),
    environment: { IMAGE_TAG: '' },
    told: [],
  },
  {
    name: 'variables where none is filled in',
    config: inRelease('namespace: shop-${STAGE}', 'values-inline: { image: { tag: "${IMAGE_TAG}" } }'),
    told: [],
  },
  {
    name: 'names that are none',
    fields: ['environments', 'releases', 'releases.<name>.environments'],
    config: inRelease('environments: { prodution: { timeout: 5m } }')
      .replace('  web:', '  Web_1:')
      .replace('releases:', '  ../staging: {}\nreleases:'),
    told: [],
  },
];
