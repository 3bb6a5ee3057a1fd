import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { parseConfig } from '../../../src/config/file/document.ts';
import { DeployErrors } from '../../../src/errors.ts';
import { problemsOf } from '../telling.ts';

const parse = (text: string) => parseConfig(text, 'slipway.yaml');

/** Line, code, message and hint, as the log and the annotations have them. */
const tellAt = (text: string) =>
  problemsOf(() => parse(text)).map(
    ({ code, message, hint, at }) => `${at?.line}: ${code}: ${message} ${hint}`,
  );

const API = 'releases:\n  api:\n    chart: charts/api\n';

describe('the text of slipway.yaml', () => {
  test('is a map with places', () => {
    const { config, at } = parse(`${API}    values: [a.yaml, b.yaml]\n`);
    expect(config).toEqual({
      releases: { api: { chart: 'charts/api', values: ['a.yaml', 'b.yaml'] } },
    });
    expect(at(['releases', 'api', 'chart'])).toEqual({ file: 'slipway.yaml', line: 3, column: 5 });
    expect(at(['releases', 'api', 'values', 1])).toMatchObject({ line: 4, column: 22 });
    // Of the nearest parent that is there.
    expect(at(['releases', 'api', 'set', 'a'])).toMatchObject({ line: 2, column: 3 });
    expect(at([])).toMatchObject({ line: 1, column: 1 });
  });

  test('may have anchors and merge keys: own keys win, then the first that is merged', () => {
    const { config, at } = parse(
      [
        'defaults: &d { timeout: 5m, set: &s { a: "1", b: "1" } }',
        'releases:',
        '  api: { <<: *d, timeout: 6m, set: { b: "2", <<: *s } }',
        '  web: { <<: [{ wait: helm }, { wait: ours, crds: skip }] }',
        '  job: *d',
      ].join('\n'),
    );
    expect(config.releases).toEqual({
      api: { timeout: '6m', set: { a: '1', b: '2' } },
      web: { wait: 'helm', crds: 'skip' },
      job: { timeout: '5m', set: { a: '1', b: '1' } },
    });
    expect(at(['releases', 'job', 'timeout'])).toMatchObject({ line: 1 });
  });

  test('is YAML 1.2, whatever a directive says', () => {
    const { config } = parse(
      `%YAML 1.1\n---\n${API}    values-inline: { on: yes, n: 010, 1.10: x }\n`,
    );
    expect(config.releases['api']?.['values-inline']).toEqual({ on: 'yes', n: 10, '1.10': 'x' });
  });

  test.each([
    [
      '',
      '1: config-broken: `slipway.yaml` is empty. Write at least `releases:` with one release, its chart and its namespace.',
    ],
    [
      '- a',
      '1: config-broken: `slipway.yaml` is not a map of fields. Write at least `releases:` with one release, its chart and its namespace.',
    ],
    [
      'releases: { a: { set: { b: "caf\ufffd" } } }',
      '1: config-broken: `slipway.yaml` cannot be read: line 1, column 32: it is not UTF-8. Save it as UTF-8; the `>` of Windows PowerShell writes UTF-16.',
    ],
    [
      `${API}---\na: 1\n`,
      '4: config-broken: `slipway.yaml` holds several documents; another one begins in line 4. Keep one: remove the `---` between them.',
    ],
    [
      'releases: a: b',
      '1: config-broken: `slipway.yaml` is not valid YAML: line 1, column 11: Nested mappings are not allowed in compact mappings. Put a text that holds `: ` in quotes, or correct the indentation.',
    ],
    [
      `${API}    namespace: @a`,
      '4: config-broken: `slipway.yaml` is not valid YAML: line 4, column 16: Plain value cannot start with reserved character @. A text that starts with `@` needs quotes.',
    ],
    [
      `${API}    namespace: !secret hunter2`,
      '4: config-broken: `slipway.yaml` is not valid YAML: line 4, column 16: Unresolved tag. A text that starts with `!` needs quotes.',
    ],
    [
      'releases:\n  api:\n    chart: { name: a, version: >=1.2 }',
      '3: config-broken: `slipway.yaml` is not valid YAML: line 3, column 32: Plain value cannot start with block scalar indicator >. A text that starts with `>` needs quotes.',
    ],
    [
      `${API}    values: [*.yaml]`,
      '4: config-broken: `slipway.yaml` cannot be read: line 4, column 14: there is no `&.yaml` before `*.yaml`. A text that starts with `*` needs quotes.',
    ],
    [
      `${API}    values-inline: &a { b: *a }`,
      '4: config-broken: `slipway.yaml` cannot be read: line 4, column 28: `*a` stands inside of what it stands for. Write it out.',
    ],
    [
      `${API}    <<: text`,
      '4: config-broken: `slipway.yaml` cannot be read: line 4, column 5: `<<` merges something that is not a map. Write `<<: *name`, with `&name` at a map before it.',
    ],
    [
      `${API}    chart: b\n`,
      '4: config-duplicate-key: `releases.api.chart` stands in `slipway.yaml` twice, in line 3 and line 4. Keep one of them.',
    ],
    [
      `${API}    values-inline: { a: { b: 1, b: 2 } }\n`,
      '4: config-duplicate-key: `releases.api.values-inline.a.b` stands in `slipway.yaml` twice, in line 4 and line 4. Keep one of them.',
    ],
    [
      `${API}    values-inline: { a: .inf }`,
      '4: config-invalid: `releases.api.values-inline.a` is a number that JSON cannot say. Write a finite number, or put it in quotes.',
    ],
    [
      `${API}  __proto__: {}`,
      '4: config-invalid: `releases` has a key `__proto__`. Write a text as the key, such as `name: value`; one that holds `{` or `[` needs quotes.',
    ],
    [
      `${API}  ? {a}\n  : {}`,
      '4: config-invalid: `releases` has a key that is empty, a list or a map. Write a text as the key, such as `name: value`; one that holds `{` or `[` needs quotes.',
    ],
  ])('%j', (text, told) => {
    expect(tellAt(text)).toEqual([told]);
  });

  test('grows without bounds neither by aliases nor by nesting', () => {
    const names = 'abcdefghij'.split('');
    const lines = names.map((name, index) => {
      const before = names[index - 1];
      return `    - &${name} [${Array(9).fill(before ? `*${before}` : 'x')}]`;
    });
    const bomb = `${API}    values:\n${lines.join('\n')}\n`;
    const deep = `${API}    values-inline: { a: ${'['.repeat(200)}${']'.repeat(200)} }`;
    const deeper = `${API}    values: ${'['.repeat(50_000)}`;
    for (const text of [bomb, deep, deeper]) {
      expect(problemsOf(() => parse(text))).toMatchObject([{ code: 'config-broken' }]);
    }
  });

  test('problems of text, fields and references are told together, in the order of the lines', () => {
    const told = tellAt(
      [
        'environments: { staging: { vars: { zone: 1.10 } } }',
        'releases:',
        '  api:',
        '    chart: a',
        '    timeout: 10',
        '    chart: b',
        '    environments: { stagin: {} }',
        '    foo: 1',
      ].join('\n'),
    );
    expect(told).toEqual([
      '1: config-wrong-type: `environments.staging.vars.zone` is the number 1.10, which YAML makes 1.1. Write it in quotes: `zone: "1.10"`.',
      '5: config-wrong-type: `releases.api.timeout` is the number 10, not a text. Write a number with its unit, such as `10m`, `90s` or `1h30m`.',
      '6: config-duplicate-key: `releases.api.chart` stands in `slipway.yaml` twice, in line 4 and line 6. Keep one of them.',
      '7: config-invalid: `releases.api.environments.stagin` is for an environment that `environments` does not have. Did you mean `staging`?',
      '8: config-unknown-field: `releases.api` has the field `foo`, which does not belong there. Remove it; docs/slipway-yaml.md lists all fields.',
    ]);
  });
});

describe('any text is a document or problems with a line', () => {
  const check = (text: string) => {
    try {
      parse(text);
    } catch (error) {
      if (!(error instanceof DeployErrors)) throw error;
      expect(error.problems.length).toBeGreaterThan(0);
      for (const { at, message, hint } of error.problems) {
        expect(at?.line).toBeGreaterThan(0);
        expect(`${message}${hint}`).not.toMatch(/\n|undefined|Invalid input/);
      }
    }
  };

  test('characters that mean something to YAML', () => {
    const characters = fc.array(fc.constantFrom(...'ab:-"\'[]{},&*!|>#%@`? \n\t01.<~$'));
    fc.assert(
      fc.property(characters, fc.boolean(), (text, inside) => {
        check(inside ? `${API}    ${text.join('')}` : text.join(''));
      }),
      { numRuns: 500 },
    );
  });

  const field = fc.constantFrom(
    ...['releases', 'defaults', 'environments', 'api', 'chart', 'name', 'namespace', 'values'],
    ...['file', 'set', 'timeout', 'post-renderer', 'program', 'kustomization', 'cluster', 'vars'],
    ...['needs', 'history-max', 'server-side', 'values-inline', 'chart-version', '__proto__', '<<'],
  );
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 5 },
      fc.constantFrom<unknown>(null, true, 0, 1.5, '', 'a', '10m', 'yes', '1', `\${A}`, `$\${A}`),
      fc.string(),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(
        fc.oneof({ weight: 9, arbitrary: field }, { weight: 1, arbitrary: fc.string() }),
        tie('value'),
      ),
    ),
  }));

  test('values where other values belong', () => {
    fc.assert(
      fc.property(value, (api) => {
        check(stringify({ releases: { api } }));
        check(JSON.stringify(api));
      }),
      { numRuns: 500 },
    );
  });
});
