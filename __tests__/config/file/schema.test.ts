// biome-ignore-all lint/suspicious/noTemplateCurlyInString: `${NAME}` is a word of slipway.yaml.
import { describe, expect, test } from '@jest/globals';
import { stringify } from 'yaml';
import { parseConfig } from '../../../src/config/file/document.ts';
import { listHomes } from '../../../src/config/file/problems/homes.ts';
import { findMeaning } from '../../../src/config/file/problems/words.ts';
import { configSchema } from '../../../src/config/file/schema.ts';
import { problemsOf } from '../telling.ts';

const tell = (text: string) =>
  problemsOf(() => parseConfig(text, 'slipway.yaml')).map(
    ({ code, message, hint }) => `${code}: ${message} ${hint}`,
  );

/** A line of the release `api`. */
const tellField = (line: string) => tell(`releases:\n  api:\n    ${line}\n`);

describe('fields of slipway.yaml', () => {
  const fields = listHomes().flatMap(({ path, fields }) =>
    Object.entries(fields)
      .filter(([name]) => name !== '$schema')
      .map(([name, schema]) => ({ path: [...path, name], schema })),
  );

  test('each has a description and examples, which are valid where it stands', () => {
    for (const { path, schema } of fields) {
      const { description, examples = [] } = findMeaning(schema);
      expect([path, description]).toEqual([path, expect.any(String)]);
      expect([path, examples]).not.toEqual([path, []]);
      for (const example of examples) {
        const document = toDocument(path, example);
        expect([path, configSchema.safeParse(document).error]).toEqual([path, undefined]);
      }
    }
  });

  test('each says so when it has no value', () => {
    for (const { path } of fields) {
      const [told = ''] = tell(stringify(toDocument(path, null)));
      expect(told).toMatch(/^config-wrong-type: `[^`]*` has no value\. Remove it, or give it one/);
      expect(told).toContain(path.at(-1));
    }
  });

  /** What else stands beside a field when it alone would not be valid. */
  const BESIDE: Readonly<Record<string, object>> = {
    optional: { file: 'a.yaml' },
    decrypt: { file: 'a.yaml' },
    args: { program: 'a.sh' },
    'external-id': { 'role-to-assume': 'arn:aws:iam::111122223333:role/deploy' },
  };

  /** The smallest file that has a value at a pattern such as `releases.<name>.values.[].file`. */
  function toDocument(path: readonly string[], value: unknown): object {
    const nested = path.reduceRight<unknown>(
      (below, part) =>
        part === '[]' ? [below] : { ...BESIDE[part], [part === '<name>' ? 'one' : part]: below },
      value,
    );
    return { releases: { api: {} }, ...Object(nested) };
  }
});

const LIKE = 'Write it like';

describe('a field of a release that is wrong', () => {
  test.each([
    [
      'chart: 5',
      'config-wrong-type: `releases.api.chart` is the number 5, not a text or a map. Write it in quotes: `chart: "5"`.',
    ],
    [
      'chart: ""',
      `config-invalid: \`releases.api.chart\` is an empty text. ${LIKE} \`chart: charts/api\`. Or remove it.`,
    ],
    [
      'chart: { name: a, version: 1.10 }',
      'config-wrong-type: `releases.api.chart.version` is the number 1.10, not a text. Write it in quotes: `version: "1.10"`; without them YAML makes 1.1 of it.',
    ],
    [
      'chart: { repository: "https://${HOST}" }',
      'config-variable: `releases.api.chart.repository` holds `${HOST}`, which is not filled in there. Use `{environment}`, or `{vars.…}` with `vars` in the environment. `${NAME}` is filled in only in `set`, `registry-username`, `registry-password` and the secrets of `cluster`; `$${` means `${`.',
    ],
    [
      'namespace: [a]',
      `config-wrong-type: \`releases.api.namespace\` is a list, not a text or a map. ${LIKE} \`namespace: airbyte\`.`,
    ],
    [
      'namespace: {environment}',
      'config-unknown-field: `releases.api.namespace` has the field `environment`, which does not belong there. YAML reads `{environment}` as a map; write it in quotes: `namespace: "{environment}"`.',
    ],
    [
      'namespace: { labels: { cost: 12 } }',
      'config-wrong-type: `releases.api.namespace.labels.cost` is the number 12, not a text. Write it in quotes: `cost: "12"`.',
    ],
    [
      'registry-password: hunter2',
      'config-invalid: `releases.api.registry-password` is written out in `slipway.yaml`, for everybody who can read the repository. Write `registry-password: ${REGISTRY_PASSWORD}`, and give the step that variable in its `env:` from a secret.',
    ],
    [
      'registry-password: 12345',
      'config-wrong-type: `releases.api.registry-password` is a number, not a text. Write `registry-password: ${REGISTRY_PASSWORD}`, and give the step that variable in its `env:` from a secret.',
    ],
    [
      'values: a.yaml',
      `config-wrong-type: \`releases.api.values\` is the text \`a.yaml\`, not a list. ${LIKE} \`values: [ values/base.yaml, "?values/{environment}.yaml" ]\`.`,
    ],
    [
      'values: [{ fle: a }]',
      'config-unknown-field: `releases.api.values[0]` has the field `fle`, which does not belong there. Did you mean `file`?',
    ],
    [
      'values: [{ optional: true }]',
      `config-missing: \`releases.api.values[0].file\` is missing. ${LIKE} \`file: "values/{environment}.yaml"\`.`,
    ],
    [
      'values: [{ file: a, decrypt: gpg }]',
      'config-invalid: `releases.api.values[0].decrypt` is `gpg`, which Slipway does not know. Use `sops`.',
    ],
    [
      'values-inline: "password: hunter2"',
      `config-wrong-type: \`releases.api.values-inline\` is a text, not a map. ${LIKE} \`values-inline: { replicas: 2, resources: { limits: { memory: 1Gi } } }\`.`,
    ],
    [
      'values-inline: { a: ["${FOO}"] }',
      'config-variable: `releases.api.values-inline.a[0]` holds `${FOO}`, which is not filled in there. Give this value in `set`, where it is; or write `$${FOO}` if the chart shall get it as it stands.',
    ],
    [
      'set: { image.tag: 1.10 }',
      'config-wrong-type: `releases.api.set."image.tag"` is a number, not a text. Write it in quotes; without them YAML makes 1.1 of 1.10.',
    ],
    [
      'set: { debug: true }',
      'config-wrong-type: `releases.api.set.debug` is `true` or `false`, not a text. Write it in quotes; for a value that is not a text use `set-json`.',
    ],
    [
      'set: password=hunter2',
      `config-wrong-type: \`releases.api.set\` is a text, not a map. ${LIKE} \`set: { server.image.tag: "\${IMAGE_TAG}" }\`.`,
    ],
    [
      'set-file: { a: [1] }',
      'config-wrong-type: `releases.api.set-file.a` is a list, not a text. Give it a value.',
    ],
    [
      'set-json: [1]',
      `config-wrong-type: \`releases.api.set-json\` is a list, not a map. ${LIKE} \`set-json: { server.tolerations: [ { key: spot, operator: Exists } ] }\`.`,
    ],
    [
      'timeout: 600',
      'config-wrong-type: `releases.api.timeout` is the number 600, not a text. Write a number with its unit, such as `10m`, `90s` or `1h30m`.',
    ],
    [
      'wait-for-lock: 5 minutes',
      'config-invalid: `releases.api.wait-for-lock` is `5 minutes`, which has no meaning there. Write a number with its unit, such as `10m`, `90s` or `1h30m`.',
    ],
    [
      'on-failure: rolback',
      'config-invalid: `releases.api.on-failure` is `rolback`, which Slipway does not know. Did you mean `rollback`?',
    ],
    [
      'skip-unchanged: no',
      'config-wrong-type: `releases.api.skip-unchanged` is the text `no`, not `true` or `false`. Write `skip-unchanged: false`, without quotes.',
    ],
    [
      'helm-args: --enable-dns',
      `config-wrong-type: \`releases.api.helm-args\` is a text, not a list. ${LIKE} \`helm-args: [ --enable-dns ]\`.`,
    ],
    [
      'post-renderer: {}',
      `config-missing: \`releases.api.post-renderer.program\` is missing. ${LIKE} \`program: scripts/add-labels.sh\`.`,
    ],
    [
      'post-renderer: { program: a, kustomization: b }',
      'config-unknown-field: `releases.api.post-renderer` has the field `kustomization`, which does not belong there. Keep `kustomization` or the other fields: they exclude each other.',
    ],
    [
      'server-side: sometimes',
      `config-wrong-type: \`releases.api.server-side\` is the text \`sometimes\`, not \`true\`, \`false\` or \`auto\`. ${LIKE} \`server-side: true\`.`,
    ],
    [
      'force-conflicts: 1',
      `config-wrong-type: \`releases.api.force-conflicts\` is the number 1, not \`true\` or \`false\`. ${LIKE} \`force-conflicts: true\`.`,
    ],
    [
      'history-max: 0',
      'config-invalid: `releases.api.history-max` is 0, less than 1. Write how many revisions to keep, such as `history-max: 10`: without a limit they fill the namespace with Secrets.',
    ],
    [
      'history-max: 2.5',
      `config-wrong-type: \`releases.api.history-max\` is the number 2.5, not a whole number. ${LIKE} \`history-max: 10\`.`,
    ],
    [
      'history-max: "5"',
      'config-wrong-type: `releases.api.history-max` is the text `5`, not a whole number. Write `history-max: 5`, without quotes.',
    ],
    [
      'crds: Apply',
      'config-invalid: `releases.api.crds` is `Apply`, which Slipway does not know. Did you mean `apply`?',
    ],
    [
      'needs: database',
      `config-wrong-type: \`releases.api.needs\` is the text \`database\`, not a list. ${LIKE} \`needs: [ database ]\`.`,
    ],
    [
      'environments: { a..b: {} }',
      'config-invalid: `releases.api.environments."a..b"` is not a valid name. Use letters, digits, `-`, `_` and `.`, with a letter or digit at both ends.',
    ],
  ])('%s', (line, told) => {
    expect(tellField(line)).toEqual([told]);
  });

  test('nothing that may be secret is repeated', () => {
    const lines = [
      'set: { a: 41842, b: [41842] }',
      'set-json: "41842"',
      'values-inline: 41842',
      'registry-password: [41842]',
      'registry-password: 41842',
      'helm-args: 41842',
      'post-renderer: { program: a, args: [41842] }',
    ];
    for (const line of lines) expect(tellField(line).join()).not.toContain('41842');
  });
});

describe('a field that nobody knows', () => {
  test.each([
    ['imagee: a', 'Remove it; docs/slipway-yaml.md lists all fields.'],
    ['valus: [a]', 'Did you mean `values`?'],
    ['onFailure: hold', 'Write `on-failure`.'],
    ['helm_args: []', 'Write `helm-args`.'],
    ['chart-version: "1"', 'Write `version` inside `chart`.'],
    ['createNamespace: true', 'Write `create` inside `namespace`.'],
    ['version: "1"', '`version` belongs in `releases.<name>.chart`.'],
    ['decrypt: sops', '`decrypt` belongs in an item of `releases.<name>.values`.'],
    ['kubeconfig: a', '`kubeconfig` belongs in `environments.<name>.cluster`.'],
    ['atomic: true', 'Remove it: `on-failure: rollback` holds without being said.'],
    ['release: api', 'The name of a release is its key in `releases`.'],
    ['comment: false', '`comment` is an input: write it into the `with:` of the step.'],
  ])('%s', (line, hint) => {
    const [key] = line.split(':');
    expect(tellField(line)).toEqual([
      `config-unknown-field: \`releases.api\` has the field \`${key}\`, which does not belong there. ${hint}`,
    ]);
  });

  test.each(['profile', 'secrets', 'manifests', 'checks', 'verify'])('%s comes later', (name) => {
    expect(tellField(`${name}: {}`)).toEqual([
      `config-unknown-field: \`releases.api.${name}\` is not available yet in this version of Slipway. Remove it.`,
    ]);
  });
});

describe('outside of releases', () => {
  test.each([
    [
      'relases: {}',
      'config-unknown-field: `slipway.yaml` has the field `relases`, which does not belong there. Did you mean `releases`?',
    ],
    [
      'defaults: {}',
      `config-missing: \`releases\` is missing. ${LIKE} \`releases: { api: { chart: charts/api, namespace: api } }\`.`,
    ],
    [
      'releases: {}',
      `config-missing: \`releases\` has nothing in it. ${LIKE} \`releases: { api: { chart: charts/api, namespace: api } }\`.`,
    ],
    [
      'releases: { My_App: {} }',
      'config-invalid: `releases.My_App` is not a valid name. Use at most 53 lower-case letters, digits, `-` and `.`, with a letter or digit at both ends.',
    ],
    [
      'releases: { a: {} }\ntimeout: 5m',
      'config-unknown-field: `slipway.yaml` has the field `timeout`, which does not belong there. `timeout` belongs in `defaults`, `releases.<name>` or `releases.<name>.environments.<name>`.',
    ],
    [
      'releases: { a: {} }\ndefaults: { needs: [] }',
      'config-unknown-field: `defaults` has the field `needs`, which does not belong there. `needs` belongs in `releases.<name>`.',
    ],
    [
      'releases: { a: {} }\nenvironments: { staging: }',
      'config-wrong-type: `environments.staging` has no value. Remove it, or give it one, such as `staging: { cluster: { kubeconfig: "${KUBECONFIG}" } }`.',
    ],
    [
      'releases: { a: {} }\nenvironments: { s: { promote-from: a } }',
      'config-unknown-field: `environments.s.promote-from` is not available yet in this version of Slipway. Remove it.',
    ],
    [
      'releases: { a: {} }\nenvironments: { s: { context: a } }',
      'config-unknown-field: `environments.s` has the field `context`, which does not belong there. `context` belongs in `environments.<name>.cluster`.',
    ],
    [
      'releases: { a: {} }\nenvironments: { s: { vars: { x: [1] } } }',
      'config-wrong-type: `environments.s.vars.x` is a list, not a text, a number, `true` or `false`. Give it a value.',
    ],
    [
      'releases: { a: {} }\nenvironments: { s: { cluster: { kubeconfig: "apiVersion: v1\\nkind: Config" } } }',
      'config-invalid: `environments.s.cluster.kubeconfig` is written out in `slipway.yaml`, for everybody who can read the repository. Write its path, or `kubeconfig: ${KUBECONFIG}`, and give the step that variable in its `env:` from a secret.',
    ],
  ])('%s', (text, told) => {
    expect(tell(text)).toEqual([told]);
  });
});

describe('the cluster of an environment', () => {
  const ACCOUNTS =
    'Write the 12 digits of the account in quotes, such as `"012345678901"`: YAML drops zeros in front of a number.';

  test.each([
    [
      'provider: AKS',
      'config-invalid: `environments.s.cluster.provider` is `AKS`, and Slipway does not log in to AKS by itself. Run `azure/login` and `azure/aks-set-context` in earlier steps; then `cluster-provider: kubeconfig`, with the path that they leave in the environment variable KUBECONFIG as `kubeconfig`.',
    ],
    [
      'role-to-assume: deploy',
      'config-invalid: `environments.s.cluster.role-to-assume` is `deploy`, which has no meaning there. Write the ARN of the role, such as `arn:aws:iam::111122223333:role/deploy`; in other partitions it begins with `arn:aws-us-gov`, `arn:aws-cn` or `arn:aws-eusc`.',
    ],
    [
      'token: eyJhbGciOi',
      'config-invalid: `environments.s.cluster.token` is written out in `slipway.yaml`, for everybody who can read the repository. Write `token: ${KUBE_TOKEN}`, and give the step that variable in its `env:` from a secret.',
    ],
    [
      'plan: { credentials: "{}" }',
      'config-invalid: `environments.s.cluster.plan.credentials` is written out in `slipway.yaml`, for everybody who can read the repository. Write `credentials: ${GCP_CREDENTIALS}`, and give the step that variable in its `env:` from a secret.',
    ],
    [
      'allowed-account-ids: [012345678901]',
      `config-invalid: \`environments.s.cluster.allowed-account-ids[0]\` is 12345678901, less than 100000000000. ${ACCOUNTS}`,
    ],
    [
      'allowed-account-ids: ["1234"]',
      `config-invalid: \`environments.s.cluster.allowed-account-ids[0]\` is \`1234\`, which has no meaning there. ${ACCOUNTS}`,
    ],
    [
      'role-duration-seconds: 60',
      'config-invalid: `environments.s.cluster.role-duration-seconds` is 60, less than 900. Write seconds, from 900 to 43200, such as `role-duration-seconds: 3600`.',
    ],
    [
      `managed-session-policies: [${'"arn:aws:iam::aws:policy/ReadOnlyAccess", '.repeat(11)}]`,
      'config-invalid: `environments.s.cluster.managed-session-policies` has more than 10 items. Keep 10 of them.',
    ],
    [
      'server: http://k8s.example.com',
      'config-invalid: `environments.s.cluster.server` is `http://k8s.example.com`, which has no meaning there. Write its whole address, beginning with `https://`.',
    ],
    [
      'endpoint: [internal, dns]',
      `config-wrong-type: \`environments.s.cluster.endpoint\` is a list, not \`auto\`, \`internal\`, \`dns\` or \`gateway\`. ${LIKE} \`endpoint: dns\`.`,
    ],
    [
      'name: data-${STAGE}',
      'config-variable: `environments.s.cluster.name` holds `${STAGE}`, which is not filled in there. Write it out. `${NAME}` is filled in only in `set`, `registry-username`, `registry-password` and the secrets of `cluster`; `$${` means `${`.',
    ],
    [
      'cluster-name: data',
      'config-unknown-field: `environments.s.cluster` has the field `cluster-name`, which does not belong there. Write `name` inside `cluster`.',
    ],
    [
      'plan: { name: data }',
      'config-unknown-field: `environments.s.cluster.plan` has the field `name`, which does not belong there. `name` belongs in `environments.<name>.cluster`.',
    ],
  ])('%s', (line, told) => {
    expect(tell(`releases: { a: {} }\nenvironments:\n  s:\n    cluster:\n      ${line}\n`)).toEqual(
      [told],
    );
  });
});

test('`$${` is `${` wherever nothing is filled in', () => {
  const { config } = parseConfig(
    'releases: { a: { values: ["$${A}.yaml"], values-inline: { b: ["$${B}"] }, set: { c: "$${C}" } } }',
    'slipway.yaml',
  );
  expect(config.releases['a']).toEqual({
    values: ['${A}.yaml'],
    'values-inline': { b: ['${B}'] },
    // Read when it is filled in.
    set: { c: '$${C}' },
  });
});
