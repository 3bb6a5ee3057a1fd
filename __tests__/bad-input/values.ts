import type { BadInput } from './case.ts';
import { inRelease } from './checkout.ts';

/** Values files, values-inline, set and what else gives values. */
export const VALUES: readonly BadInput[] = [
  {
    name: 'values file missing, with a similar one beside it',
    inputs: { values: 'values/prodution.yaml' },
    told: [
      '`values` names `values/prodution.yaml`, but there is no file <workspace>/values/prodution.yaml. [values-missing]',
      '→ Did you mean `values/production.yaml`? Otherwise write `?values/prodution.yaml` if it may be missing.',
    ],
  },
  {
    name: 'values file missing, for this environment',
    inputs: { values: 'values/base-{environment}.yaml', environment: 'eu' },
    told: [
      '`values` names `values/base-eu.yaml`, but there is no file <workspace>/values/base-eu.yaml. [values-missing]',
      '→ Add the file, or write `?values/base-eu.yaml` if it may be missing.',
    ],
  },
  {
    name: 'pattern that no file matches',
    fields: ['releases.<name>.values', 'releases.<name>.values.[].file'],
    config: inRelease(
      'values:',
      '  - values/production.yaml',
      '  - { file: "values/{environment}-*.yaml" }',
    ),
    told: [
      'slipway.yaml:10:9: `values` has `values/production-*.yaml`, and no file matches it. [values-missing]',
      '→ Correct the pattern (it starts in <workspace>), or write `?values/production-*.yaml` if it may be missing.',
    ],
  },
  {
    name: 'folder instead of its files',
    inputs: { values: 'values/' },
    told: [
      '`values` names the folder `values/`. [values-folder]',
      '→ Write `values/*.yaml` for all files in it.',
    ],
  },
  {
    name: 'address instead of a file',
    inputs: { values: 'https://robot:hunter2@values.example.com/base.yaml' },
    told: [
      '`values` has a line that starts with `https://`, which is not a file here. [values-remote]',
      '→ Download it in an earlier step and name the file.',
    ],
  },
  {
    name: 'values file that is not a map',
    inputs: { values: 'values/list.yaml' },
    files: { 'values/list.yaml': '- replicas\n- 3\n' },
    told: [
      'values/list.yaml:1: `values/list.yaml` holds a list, not a map of keys. [yaml-not-a-map]',
      '→ Write lines such as `key: value`.',
    ],
  },
  {
    name: 'values-inline that is not a map',
    inputs: { 'values-inline': 'replicas' },
    told: [
      '`values-inline` holds a single value, not a map of keys. [yaml-not-a-map]',
      '→ Write lines such as `key: value`.',
    ],
  },
  {
    name: 'broken YAML: a quote',
    inputs: { values: 'values/broken.yaml' },
    files: { 'values/broken.yaml': 'replicas: 2\ndomain: "shop.example.com\nlegacy: false\n' },
    told: [
      'values/broken.yaml:2:9: `values/broken.yaml` is not valid YAML: line 2, column 9: the closing " is missing. [yaml-broken]',
      '→ Correct it there, or just before.',
    ],
  },
  {
    name: 'broken YAML: tabs',
    inputs: { values: 'values/tabs.yaml' },
    files: { 'values/tabs.yaml': 'database:\n\thost: db\n' },
    told: [
      'values/tabs.yaml:2:1: `values/tabs.yaml` is not valid YAML: line 2, column 1: Tabs are not allowed as indentation. [yaml-broken]',
      '→ Indent with spaces.',
    ],
  },
  {
    name: 'broken YAML: values-inline',
    inputs: { 'values-inline': 'replicas: 2\nnote: a: b\n' },
    told: [
      '`values-inline` is not valid YAML: line 2, column 7: Nested mappings are not allowed in compact mappings. [yaml-broken]',
      '→ Put a text that holds `: ` in quotes, or correct the indentation.',
    ],
  },
  {
    name: 'YAML that only helm can tell',
    inputs: { values: 'values/odd.yaml' },
    files: { 'values/odd.yaml': 'hosts: [\n"shop"\n]\nnote: a: b\n' },
    helm: [3, 4],
    told: [
      'values/odd.yaml:4: Rendering chart charts/picky failed: the values file values/odd.yaml is not valid YAML at line 4: mapping values are not allowed in this context. [values-invalid]',
      '→ Correct the YAML there.',
    ],
  },
  {
    name: 'ciphertext that nobody decrypts',
    inputs: { values: 'values/secrets.yaml' },
    files: {
      'values/secrets.yaml':
        'password: ENC[AES256_GCM,data:Tr7o=,type:str]\nsops:\n  mac: ENC[AES256_GCM,data:aaaa,type:str]\n',
    },
    told: [
      'The values file `values/secrets.yaml` is encrypted by sops. [values-encrypted]',
      '→ Let Slipway decrypt it: in slipway.yaml write `{ file: values/secrets.yaml, decrypt: sops }` under `values`.',
    ],
  },
  {
    name: 'decrypt without sops',
    fields: ['releases.<name>.values.[].decrypt'],
    config: inRelease('values: [{ file: values/secrets.yaml, decrypt: sops }]'),
    files: {
      'values/secrets.yaml': 'password: ENC[AES256_GCM,data:Tr7o=,type:str]\nsops: { mac: none }\n',
    },
    environment: { PATH: '/usr/bin:/bin' },
    told: [
      'Decrypting values needs `sops`, and there is no such program on PATH. [sops-missing]',
      '→ Install sops in an earlier step of the job: 3.7 or newer.',
    ],
  },
  {
    name: 'decrypt of what is not encrypted',
    fields: ['releases.<name>.values.[].decrypt'],
    config: inRelease('values: [{ file: values/production.yaml, decrypt: sops }]'),
    environment: { PATH: '<sops>:<path>' },
    told: [
      'Decrypting `values/production.yaml` with sops failed: sops metadata not found. [decrypt-failed]',
      '→ Encrypt the file with `sops`, or remove its `decrypt: sops`.',
    ],
  },
  {
    name: 'decrypt without the key',
    fields: ['releases.<name>.values.[].decrypt'],
    config: inRelease('values: [{ file: values/secrets.yaml, decrypt: sops }]'),
    files: { 'values/secrets.yaml': '<ciphertext>' },
    environment: { PATH: '<sops>:<path>' },
    told: [
      'Decrypting `values/secrets.yaml` with sops failed: failed to load age identities. [decrypt-failed]',
      '→ Give this step the key that the file is encrypted for, such as `SOPS_AGE_KEY` under `env:`, or a login for its key service.',
    ],
  },
  {
    name: 'file of set-file that is not there',
    fields: ['releases.<name>.set-file'],
    config: inRelease('set-file: { "server.config": "files/{environment}.toml" }'),
    told: [
      'slipway.yaml:8:17: `set-file.server.config` names `files/production.toml`, but there is no file <workspace>/files/production.toml. [set-file-missing]',
      '→ Add the file, or correct its path; it starts in `working-directory`.',
    ],
  },
  {
    name: 'file of set-file that is not text',
    fields: ['releases.<name>.set-file'],
    config: inRelease('set-file: { logo: charts/picky/logo.png }'),
    files: { 'charts/picky/logo.png': Buffer.from([0x89, 0x50, 0xff]) },
    told: [
      'slipway.yaml:8:17: `set-file.logo` names `charts/picky/logo.png`, which is not text. [set-file-binary]',
      '→ Encode it with base64 in an earlier step, and decode it in the chart with `b64dec`.',
    ],
  },
  {
    name: 'set-json that is not JSON, set that says a path twice',
    fields: ['releases.<name>.set-json', 'releases.<name>.set'],
    config: inRelease(
      "set-json: { tolerations: '[{operator: Exists}]' }",
      'set: { image: api, image.tag: "1.2.3" }',
    ),
    told: [
      'slipway.yaml:8:17: `set-json.tolerations` is a text that is not JSON. [set-invalid]',
      '→ Write JSON, such as `\'{"cpu": 1}\'`, the value itself as YAML, or a plain text into `set`.',
      'slipway.yaml:9:24: `set` gives `image.tag` twice, or once a value and once names below it. [set-invalid]',
      '→ Keep one of the lines.',
    ],
  },
];
