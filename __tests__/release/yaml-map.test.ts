import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseYamlMap } from '../../src/release/yaml-map.ts';
import { problemsOf, tell } from '../config/telling.ts';

const parse = (text: string) => parseYamlMap({ name: '`v.yaml`', text, file: 'v.yaml' });

describe('a YAML map', () => {
  test.each([
    ['', {}],
    ['# only a comment\n', {}],
    ['---\n', {}],
    ['~', {}],
    ['a: 1\na: 2', { a: 2 }],
    ['{"a": [1, 2]}', { a: [1, 2] }],
    ['\ufeffa: 1', { a: 1 }],
    // Helm 3 reads the first document only.
    ['a: 1\n---\n- b', { a: 1 }],
  ])('%j', (text, map) => {
    expect(parse(text)).toEqual(map);
  });

  // helm 3.17.3 and 4.2.3 take each of these.
  test.each([
    'a: [\n1\n]\n',
    'x:\n  a: {\n  b: 1\n}\n',
    'a: "x\ny"',
    "a: 'x\ny'",
    'a: "x"#c',
    'a: &x b\n*x: c',
  ])('%j is left to helm, which is more lenient than our parser', (text) => {
    expect(() => parse(text)).not.toThrow();
  });

  test.each([
    [
      'a:\n  b: "x\n',
      'line 2, column 6: the closing " is missing. Correct it there, or just before.',
    ],
    [
      "a: 'x'\nb: 'it''s\nc: 1\n",
      "line 2, column 4: the closing ' is missing. Correct it there, or just before.",
    ],
    [
      'a: [1, 2\nb: 3',
      'line 2, column 1: the closing ] is missing. Correct it there, or just before.',
    ],
    [
      'a: b: c',
      'line 1, column 4: Nested mappings are not allowed in compact mappings. Put a text that holds `: ` in quotes, or correct the indentation.',
    ],
    ['a:\n\t- b', 'line 2, column 1: Tabs are not allowed as indentation. Indent with spaces.'],
    ['a: *x', "line 1, column 4: unknown anchor 'x'. Correct it there, or just before."],
  ])('%j is broken', (text, told) => {
    expect(tell(() => parse(text))).toEqual([`\`v.yaml\` is not valid YAML: ${told}`]);
  });

  test.each(['\ufffd\ufffda\0:\0', 'a\0:\0 \0b\0'])('%j was UTF-16', (text) => {
    expect(tell(() => parse(text))).toEqual([
      '`v.yaml` is not UTF-8. Save it as UTF-8; the `>` of Windows PowerShell writes UTF-16.',
    ]);
  });

  test('the place is there to annotate', () => {
    expect(problemsOf(() => parse('a:\n  b: "x\n'))[0]?.at).toEqual({
      file: 'v.yaml',
      line: 2,
      column: 6,
    });
  });

  test.each([
    ['- a\n- b', 'a list'],
    ['hello', 'a single value'],
    ['5', 'a single value'],
  ])('%j is not a map', (text, found) => {
    expect(tell(() => parse(text))).toEqual([
      `\`v.yaml\` holds ${found}, not a map of keys. Write lines such as \`key: value\`.`,
    ]);
  });

  test('any text is a map or a problem, never a crash', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...'ab:-"\'[]{},&*!|>#% \n\t0?')), (characters) => {
        const text = characters.join('');
        try {
          parse(text);
        } catch (error) {
          expect(error).toHaveProperty('name', 'DeployError');
        }
      }),
      { numRuns: 500 },
    );
  });
});
