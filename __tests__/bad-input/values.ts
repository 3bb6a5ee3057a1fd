import type { BadInput } from './case.ts';
import { inRelease } from './checkout.ts';

/** Values files, values-inline, set and what else gives values. */
export const VALUES: readonly BadInput[] = [
  {
    name: 'values file missing, with a similar one beside it',
    inputs: { values: 'values/prodution.yaml' },
    told: [],
  },
  {
    name: 'values file missing, for this environment',
    inputs: { values: 'values/base-{environment}.yaml', environment: 'eu' },
    told: [],
  },
  {
    name: 'pattern that no file matches',
    fields: ['releases.<name>.values', 'releases.<name>.values.[].file'],
    config: inRelease('values:', '  - values/production.yaml', '  - { file: "values/{environment}-*.yaml" }'),
    told: [],
  },
  {
    name: 'folder instead of its files',
    inputs: { values: 'values/' },
    told: [],
  },
  {
    name: 'address instead of a file',
    inputs: { values: 'https://robot:hunter2@values.example.com/base.yaml' },
    told: [],
  },
  {
    name: 'values file that is not a map',
    inputs: { values: 'values/list.yaml' },
    files: { 'values/list.yaml': '- replicas\n- 3\n' },
    told: [],
  },
  {
    name: 'values-inline that is not a map',
    inputs: { 'values-inline': 'replicas' },
    told: [],
  },
  {
    name: 'broken YAML: a quote',
    inputs: { values: 'values/broken.yaml' },
    files: { 'values/broken.yaml': 'replicas: 2\ndomain: "shop.example.com\nlegacy: false\n' },
    told: [],
  },
  {
    name: 'broken YAML: tabs',
    inputs: { values: 'values/tabs.yaml' },
    files: { 'values/tabs.yaml': 'database:\n\thost: db\n' },
    told: [],
  },
  {
    name: 'broken YAML: values-inline',
    inputs: { 'values-inline': 'replicas: 2\nnote: a: b\n' },
    told: [],
  },
  {
    name: 'YAML that only helm refuses',
    inputs: { values: 'values/odd.yaml' },
    files: { 'values/odd.yaml': 'replicas: !!int many\n' },
    helm: [3, 4],
    told: [],
  },
  {
    name: 'ciphertext that nobody decrypts',
    inputs: { values: 'values/secrets.yaml' },
    files: { 'values/secrets.yaml': 'password: ENC[AES256_GCM,data:Tr7o=,type:str]\nsops:\n  mac: ENC[AES256_GCM,data:aaaa,type:str]\n' },
    told: [],
  },
  {
    name: 'decrypt without sops',
    fields: ['releases.<name>.values.[].decrypt'],
    config: inRelease('values: [{ file: values/secrets.yaml, decrypt: sops }]'),
    files: { 'values/secrets.yaml': 'password: ENC[AES256_GCM,data:Tr7o=,type:str]\nsops: { mac: none }\n' },
    told: [],
  },
  {
    name: 'decrypt of what is not encrypted',
    fields: ['releases.<name>.values.[].decrypt'],
    config: inRelease('values: [{ file: values/production.yaml, decrypt: sops }]'),
    environment: { PATH: '<path-with-sops>' },
    told: [],
  },
  {
    name: 'decrypt without the key',
    fields: ['releases.<name>.values.[].decrypt'],
    config: inRelease('values: [{ file: values/secrets.yaml, decrypt: sops }]'),
    files: { 'values/secrets.yaml': '<ciphertext>' },
    environment: { PATH: '<path-with-sops>' },
    told: [],
  },
  {
    name: 'file of set-file that is not there',
    fields: ['releases.<name>.set-file'],
    config: inRelease('set-file: { "server.config": "files/{environment}.toml" }'),
    told: [],
  },
  {
    name: 'file of set-file that is not text',
    fields: ['releases.<name>.set-file'],
    config: inRelease('set-file: { logo: charts/picky/logo.png }'),
    files: { 'charts/picky/logo.png': Buffer.from([0x89, 0x50, 0xff]) },
    told: [],
  },
  {
    name: 'set-json that is not JSON, set that says a path twice',
    fields: ['releases.<name>.set-json', 'releases.<name>.set'],
    config: inRelease("set-json: { tolerations: '[{operator: Exists}]' }", 'set: { image: api, image.tag: "1.2.3" }'),
    told: [],
  },
];
