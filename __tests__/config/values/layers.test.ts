import { describe, expect, test } from '@jest/globals';
import { parseLayers } from '../../../src/config/values/layers.ts';
import { fieldsOf, REPOSITORY, workspace } from '../samples.ts';
import { tell } from '../telling.ts';

const FILES = {
  ...REPOSITORY,
  '/repository/values/eu/10-a.yaml': 'a: 1\n',
  '/repository/values/eu/20-b.yaml': 'b: 1\n',
  '/repository/values/api.apps.yaml': 'c: 1\n',
  '/repository/values/list.yaml': '- a\n',
  '/repository/values/broken.yaml': 'a: b: c\n',
  '/repository/values/odd[1].yaml': 'odd: 1\n',
  '/elsewhere/values.yaml': 'd: 1\n',
};

const placeholders = {
  environment: () => 'production',
  release: () => 'api',
  namespace: () => 'apps',
};

function parse(inputs: Record<string, string>, more: Record<string, () => string> = {}) {
  return parseLayers(fieldsOf(inputs), {
    ...workspace(FILES, inputs),
    placeholders: { ...placeholders, ...more },
  });
}

function written(values: string): readonly string[] {
  return parse({ values }).map((layer) => (layer.type === 'file' ? layer.written : layer.type));
}

describe('values', () => {
  test('keep the order of their lines, without comments and blank lines', () => {
    expect(written('values/production.yaml\n\n# then\n  values/base.yaml  \r\n')).toEqual([
      'values/production.yaml',
      'values/base.yaml',
    ]);
  });

  test.each([
    ['values/eu/*.yaml', ['values/eu/10-a.yaml', 'values/eu/20-b.yaml']],
    ['./values/eu/[12]0-?.yaml', ['values/eu/10-a.yaml', 'values/eu/20-b.yaml']],
    ['values/odd[1].yaml', ['values/odd[1].yaml']],
    ['values/{environment}.yaml', ['values/production.yaml']],
    ['values/{release}.{namespace}.yaml', ['values/api.apps.yaml']],
    ['?values/absent.yaml', []],
    ['? values/base.yaml', ['values/base.yaml']],
    ['?values/absent-*.yaml', []],
    ['/elsewhere/values.yaml', ['/elsewhere/values.yaml']],
  ])('%s names its files', (values, files) => {
    expect(written(values)).toEqual(files);
  });

  test('start in the working directory, and carry their text', () => {
    expect(parse({ values: 'base.yaml', 'working-directory': 'values' })).toEqual([
      {
        type: 'file',
        path: '/repository/values/base.yaml',
        written: 'base.yaml',
        text: 'replicas: 1\n',
      },
    ]);
  });

  test.each([
    [
      'values/prodution.yaml',
      '`values` names `values/prodution.yaml`, but there is no file /repository/values/prodution.yaml. Did you mean `values/production.yaml`? Otherwise write `?values/prodution.yaml` if it may be missing.',
    ],
    [
      'nowhere/x.yaml',
      '`values` names `nowhere/x.yaml`, but there is no file /repository/nowhere/x.yaml. Add the file, or write `?nowhere/x.yaml` if it may be missing.',
    ],
    [
      'values/x*.yaml',
      '`values` has `values/x*.yaml`, and no file matches it. Correct the pattern (it starts in /repository), or write `?values/x*.yaml` if it may be missing.',
    ],
    [
      'values/eu/',
      '`values` names the folder `values/eu/`. Write `values/eu/*.yaml` for all files in it.',
    ],
    [
      'values/list.yaml',
      '`values/list.yaml` holds a list, not a map of keys. Write lines such as `key: value`.',
    ],
    [
      '?values/list.yaml',
      '`values/list.yaml` holds a list, not a map of keys. Write lines such as `key: value`.',
    ],
    [
      'values/broken.yaml',
      '`values/broken.yaml` is not valid YAML: line 1, column 4: Nested mappings are not allowed in compact mappings. Put a text that holds `: ` in quotes, or correct the indentation.',
    ],
    [
      'values/{env}.yaml',
      '`values` has `{env}` in `values/{env}.yaml`, which has no meaning. Use `{environment}`, `{release}`, `{namespace}`.',
    ],
    [
      'https://me:hunter2@example.com/v.yaml',
      '`values` has a line that starts with `https://`, which is not a file here. Download it in an earlier step and name the file.',
    ],
  ])('%s is refused', (values, told) => {
    expect(tell(() => parse({ values }))).toEqual([told]);
  });

  test('with a placeholder whose input was not given are refused', () => {
    const values = 'values/{environment}.yaml';
    expect(tell(() => parse({ values }, { environment: () => '' }))).toEqual([
      '`values` has `{environment}` in `values/{environment}.yaml`, but `environment` is not given. Set `environment`.',
    ]);
  });
});

describe('layers', () => {
  test('come in the order of helm: files, inline, set', () => {
    const inputs = { set: 'a=1', 'values-inline': 'a: 2\n', values: 'values/base.yaml' };
    expect(parse(inputs).map((layer) => layer.type)).toEqual(['file', 'inline', 'set']);
  });

  test('are none without inputs', () => {
    expect(parse({ values: ' ', 'values-inline': '\n', set: '# nothing' })).toEqual([]);
  });

  test('values-inline keeps its text and is checked like a file', () => {
    const text = '\n  a: 1\n  b: 2\n';
    expect(parse({ 'values-inline': text })).toEqual([{ type: 'inline', text }]);
    expect(tell(() => parse({ 'values-inline': '\na: b: c' }))).toEqual([
      '`values-inline` is not valid YAML: line 2, column 4: Nested mappings are not allowed in compact mappings. Put a text that holds `: ` in quotes, or correct the indentation.',
    ]);
  });

  test('tell all that is wrong in them', () => {
    const inputs = { set: 'a', 'values-inline': '- a', values: 'no.yaml\nvalues/list.yaml' };
    expect(tell(() => parse(inputs))).toHaveLength(4);
  });
});
