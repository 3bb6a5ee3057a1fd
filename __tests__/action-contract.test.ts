import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { renderReadme } from '../scripts/readme.ts';
import { INPUTS, type InputDefinition } from '../src/config/inputs.ts';
import { OUTPUTS } from '../src/config/outputs.ts';

const read = (name: string) => readFileSync(join(import.meta.dirname, '..', name), 'utf8');
const action = parse(read('action.yml'));

describe('action.yml', () => {
  test('has the inputs of src/config/inputs.ts, in that order, with the same defaults', () => {
    const expected = INPUTS.map(({ name, commands: _, ...input }: InputDefinition) => [
      name,
      input,
    ]);
    expect(Object.entries(action.inputs)).toEqual(expected);
  });

  test('has the outputs of src/config/outputs.ts', () => {
    const expected = OUTPUTS.map(({ name, ...output }) => [name, output]);
    expect(Object.entries(action.outputs)).toEqual(expected);
  });

  test('writes every default as text, because an input is text', () => {
    for (const { default: text = '' } of Object.values<InputDefinition>(action.inputs)) {
      expect(typeof text).toBe('string');
    }
  });

  test('runs one bundle, before and after', () => {
    expect(action.runs).toEqual({ using: 'node24', main: 'dist/index.js', post: 'dist/index.js' });
  });
});

test('the tables of README.md are those of action.yml', () => {
  const readme = read('README.md');
  expect(renderReadme(readme, read('action.yml'))).toBe(readme);
});
