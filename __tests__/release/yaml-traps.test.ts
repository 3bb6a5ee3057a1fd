import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isSopsFile } from '../../src/release/sops-file.ts';
import { toTrapWarnings } from '../../src/release/trap-warnings.ts';
import { findYamlTraps } from '../../src/release/yaml-traps.ts';

const messages = (text: string) => findYamlTraps(text).map(({ message }) => message);

describe('a value that is not what it looks like', () => {
  test.each([
    ['mode: on', '`mode: on` is a boolean to helm: true'],
    ['country: NO', '`country: NO` is a boolean to helm: false'],
    ['list: [a, y]', '`list[1]: y` is a boolean to helm: true'],
    ['zip: 0123', '`zip: 0123` is an octal number to helm: 83'],
    ['zip: 08540', '`zip: 08540` is a number to helm: 8540'],
    ['a: 0o17', '`a: 0o17` is a number to helm: 15'],
    ['a: 0b11', '`a: 0b11` is a number to helm: 3'],
    ['a: 1_000', '`a: 1_000` is a number to helm: 1000'],
    ['a: { b: 1.10 }', '`a.b: 1.10` is a number to helm: 1.1'],
    ['a: 12e4', '`a: 12e4` is a number to helm: 120000'],
    ['image: { tag: 1.0 }', '`image.tag: 1.0` is a number to helm: 1'],
    ['image: { tag: 20240131 }', '`image.tag: 20240131` is a number to helm: 2.0240131e+07'],
    ['account: 123456789012', '`account: 123456789012` is a number to helm: 1.23456789012e+11'],
    [
      'id: 9007199254740993',
      '`id: 9007199254740993` is a number of 16 digits at most to helm: 9.007199254740992e+15',
    ],
    ['"a.b": { "c/d": no }', '`["a.b"]["c/d"]: no` is a boolean to helm: false'],
  ])('%s', (text, message) => {
    expect(messages(text)).toEqual([message]);
  });

  test('a secret is not told', () => {
    expect(messages('db: { password: 0123456 }')).toEqual([
      '`db.password` is an octal number to helm',
    ]);
    expect(messages('apiKeys: [123456789012]')).toEqual(['`apiKeys[0]` is a number to helm']);
  });
});

test.each([
  'a: true\nb: False\nc: null\nd: ~\ne:\n',
  'a: "on"\nb: \'0123\'\nc: !!str 1.10\nd: |\n  yes\n',
  'replicas: 3\nport: 8080\nratio: 0.50\nfactor: 1.0\nbytes: 10485760\nmilliseconds: 3600000\n',
  'defaultMode: 0644\nlearningRate: 1.5e-3\ncolor: 0x1F\nnegative: -1\nzero: 0\n',
  'day: 2024-01-02\ntime: 12:30:45\nversion: 1.2.3\ntag: v1.10\nsha: 12e4567\nyEs: yEs\n',
  '# only a comment\n---\na: 1\n',
  'a: 1\n---\n# nothing more\n',
  'base: &b { x: 1 }\na: { <<: *b, x: 2 }\nc: { z: 1, <<: *b }\n',
  'a: {\n',
  '',
])('nothing is wrong in %j', (text) => {
  expect(messages(text)).toEqual([]);
});

describe('a key', () => {
  test.each([
    ['that is no text', 'on: { push: 1 }', 'the key `on` is `true` to helm'],
    ['that is a number', 'a: { 0123: x }', 'the key `0123` is `a["83"]` to helm'],
    [
      'that stands twice',
      'a: 1\nb: 2\na: 3',
      '`a` stands on lines 1 and 3, and helm takes the last',
    ],
    [
      'that a merge overwrites',
      'base: &b { x: 1 }\na:\n  x: 2\n  <<: [*b]\n',
      'the `<<` here overwrites `a.x` of line 3',
    ],
  ])('%s', (_, text, message) => {
    expect(messages(text)).toEqual([message]);
  });
});

test.each([
  [
    'a: 1\n---\nb: 2\n',
    'a second document begins, and Helm 3 reads only the first one, while Helm 4 merges them',
  ],
  ['a: 1\n...\nb: 2\n', 'helm ignores what is below the end of the document (`...`)'],
])('several documents: %j', (text, message) => {
  expect(findYamlTraps(text)).toMatchObject([{ line: 3, column: 1, what: '', message }]);
});

describe('warnings', () => {
  const name = '`values/base.yaml`';

  test('have their place, in the order of the file', () => {
    const text = 'a: 1\nb:\n  c: no\nd: 2\na: 3\n';
    expect(toTrapWarnings({ name, text, file: 'x/values/base.yaml' })).toEqual([
      {
        code: 'values-trap',
        message: 'In `values/base.yaml` `b.c: no` is a boolean to helm: false.',
        hint: 'Write `"no"` for the text, or `false`.',
        at: { file: 'x/values/base.yaml', line: 3, column: 6 },
      },
      {
        code: 'values-duplicate-key',
        message: 'In `values/base.yaml` `a` stands on lines 1 and 5, and helm takes the last.',
        hint: 'Put what both of them say under one key; nothing of the first counts.',
        at: { file: 'x/values/base.yaml', line: 5, column: 1 },
      },
    ]);
  });

  test('are told up to five, and the others counted', () => {
    const text = 'a: [on, on, on, on, on,\n on, on,\n on]';
    const warnings = toTrapWarnings({ name, text });
    expect(warnings).toHaveLength(6);
    expect(warnings[5]).toMatchObject({
      message: '3 more of the kind are in `values/base.yaml`, on lines 2, 3.',
      at: undefined,
    });
  });
});

test.each([
  ['a: 1', false],
  ['sops: { enabled: true }', false],
  ['sops:', false],
  ['a: { sops: { mac: x } }', false],
  ['a: ENC[x]\nsops: { mac: x, lastmodified: "2026-01-01T00:00:00Z" }', true],
  ['{"data": "ENC[x]", "sops": {"lastmodified": "2026-01-01T00:00:00Z"}}', true],
  ['sops: {', false],
  ['- sops', false],
])('encrypted by sops: %j is %s', (text, is) => {
  expect(isSopsFile(text)).toBe(is);
});

test('arbitrary text never throws', () => {
  const pieces = fc.constantFrom(
    ...'a: |b: |- |on|0123|1e3|9007199254740993|&x |*x|<<: |\n|\n  |---\n|...\n|[|]|{|}|,|"|\'|?|: |.inf|!!int |#|sops'.split(
      '|',
    ),
    '|',
  );
  const text = fc.oneof(
    fc.string(),
    fc.array(pieces, { maxLength: 40 }).map((all) => all.join('')),
  );
  fc.assert(
    fc.property(text, (any) => {
      toTrapWarnings({ name: 'x', text: any });
      isSopsFile(any);
    }),
    { numRuns: 2000 },
  );
});
