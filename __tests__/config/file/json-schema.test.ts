// biome-ignore-all lint/suspicious/noTemplateCurlyInString: `${NAME}` is a word of slipway.yaml.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { renderJsonSchema, renderPage, SCHEMA_URL } from '../../../scripts/schema.ts';
import { parseConfig } from '../../../src/config/file/document.ts';
import { problemsOf } from '../telling.ts';

const read = (name: string) => readFileSync(join(import.meta.dirname, '../../..', name), 'utf8');

test('schema/slipway.schema.json and docs/slipway-yaml.md are what the schema gives', () => {
  expect(renderJsonSchema()).toBe(read('schema/slipway.schema.json'));
  const page = read('docs/slipway-yaml.md');
  expect(renderPage(page)).toBe(page);
});

// Words of editors beside those of JSON Schema.
const ajv = new Ajv({ allErrors: true, keywords: ['patternErrorMessage'] });
const validate = ajv.compile(JSON.parse(read('schema/slipway.schema.json')));

const EXAMPLES = [
  read('examples/slipway/slipway.yaml'),
  ...[...read('docs/slipway-yaml.md').matchAll(/```yaml\n(.*?)```/gs)].map(
    ([, text]) => text ?? '',
  ),
];

describe('examples', () => {
  test.each(EXAMPLES)(
    'an independent validator and our parser take it, and editors find the schema',
    (text) => {
      validate(parse(text));
      expect(validate.errors).toBeNull();
      expect(() => parseConfig(text, 'slipway.yaml')).not.toThrow();
      expect(text).toContain(`# yaml-language-server: $schema=${SCHEMA_URL}\n`);
    },
  );
});

const VALID = [
  { releases: { 'a.b-c': {} } },
  {
    releases: { a: { chart: { name: 'x' }, 'server-side': 'auto', 'history-max': 1 } },
    $schema: 'x',
  },
  { releases: { a: { 'post-renderer': { program: 'x', args: ['y'] } } } },
  {
    releases: {
      a: { values: ['$${A}', { file: 'x', optional: true }], 'set-json': { a: [null, 1] } },
    },
  },
  { releases: { a: { set: { 'a.b': '${A}', c: '' }, 'registry-password': '${P_1}' } } },
  {
    environments: { s: { vars: { a: 1, b: true, c: 'x' } } },
    releases: { a: { environments: { s: { timeout: '1h30m' } } } },
  },
  {
    environments: {
      s: {
        cluster: {
          name: 'data',
          'allowed-account-ids': ['012345678901', 111122223333],
          'inline-session-policy': '{"Version": "2012-10-17"}',
          plan: { 'role-to-assume': 'arn:aws-us-gov:iam::111122223333:role/team/plan' },
        },
      },
      t: { cluster: { server: 'https://[::1]:6443/k8s', token: '${A}', plan: {} } },
    },
    releases: { a: {} },
  },
];

const INVALID = [
  {},
  [],
  { releases: {} },
  { releases: { A: {} } },
  { releases: { ['a'.repeat(54)]: {} } },
  { releases: { a: null } },
  { releases: { a: {} }, extra: 1 },
  { releases: { a: { 'chart-version': 'x' } } },
  { releases: { a: { chart: '' } } },
  { releases: { a: { chart: 'charts/${A}' } } },
  { releases: { a: { chart: { name: 'x', version: 1.1 } } } },
  { releases: { a: { namespace: { labels: { x: 1 } } } } },
  { releases: { a: { values: 'x' } } },
  { releases: { a: { values: [{ decrypt: 'sops' }] } } },
  { releases: { a: { values: [{ file: 'x', decrypt: 'gpg' }] } } },
  { releases: { a: { set: { x: 1 } } } },
  { releases: { a: { 'set-file': { x: '${A}' } } } },
  { releases: { a: { 'registry-password': 'hunter2' } } },
  { releases: { a: { timeout: '10' } } },
  { releases: { a: { timeout: 10 } } },
  { releases: { a: { 'on-failure': 'stop' } } },
  { releases: { a: { 'history-max': 0 } } },
  { releases: { a: { 'history-max': 1.5 } } },
  { releases: { a: { 'post-renderer': { program: 'x', kustomization: 'y' } } } },
  { releases: { a: { 'server-side': 'yes' } } },
  { releases: { a: { environments: { 'a..b': {} } } } },
  { releases: { a: { environments: { s: { needs: [] } } } } },
  { defaults: { needs: [] }, releases: { a: {} } },
  { environments: { s: { vars: { 'a.b': 'x' } } }, releases: { a: {} } },
  { environments: { s: { cluster: { provider: 'aks' } } }, releases: { a: {} } },
  { environments: { s: { cluster: { 'role-to-assume': 'deploy' } } }, releases: { a: {} } },
  { environments: { s: { cluster: { token: 'eyJhbGciOi' } } }, releases: { a: {} } },
  { environments: { s: { cluster: { server: 'http://a' } } }, releases: { a: {} } },
  { environments: { s: { cluster: { 'allowed-account-ids': [1234] } } }, releases: { a: {} } },
  { environments: { s: { cluster: { 'role-chaining': {} } } }, releases: { a: {} } },
  { environments: { s: { cluster: { plan: { name: 'x' } } } }, releases: { a: {} } },
  { environments: { s: { cluster: { kubeconfig: 'a\nb' } } }, releases: { a: {} } },
];

describe('the JSON Schema and our parser agree', () => {
  test.each(VALID)('%j is taken', (document) => {
    validate(document);
    expect(validate.errors).toBeNull();
    expect(() => parseConfig(JSON.stringify(document), 'slipway.yaml')).not.toThrow();
  });

  test.each(INVALID.map((document) => [document]))('%j is refused', (document) => {
    expect(validate(document)).toBe(false);
    expect(problemsOf(() => parseConfig(JSON.stringify(document), 'slipway.yaml'))).not.toEqual([]);
  });
});
