import { describe, expect, test } from '@jest/globals';
import { parseChoice, parsePullRequest, parseSwitch } from '../../src/config/scalars.ts';
import { tell } from './telling.ts';

describe('true or false', () => {
  test.each([
    ['true', true],
    ['True', true],
    ['TRUE', true],
    ['false', false],
    ['False', false],
    ['FALSE', false],
  ])('%j is %s', (text, value) => {
    expect(parseSwitch({ name: 'comment', text })).toBe(value);
  });

  test.each(['yes', 'no', '1', '0', 'on', 'tRUE'])('%s is neither', (comment) => {
    expect(tell(() => parseSwitch({ name: 'comment', text: comment }))).toEqual([
      `\`comment\` is \`${comment}\`, neither true nor false. Write \`comment: true\` or \`comment: false\`.`,
    ]);
  });
});

describe('one of a few words', () => {
  const parse = (text: string) => parseChoice({ name: 'on-failure', text }, ['rollback', 'hold']);

  test('is taken', () => {
    expect(parse('hold')).toBe('hold');
  });

  test.each([
    ['rolback', '`on-failure` is `rolback`, which Slipway does not know. Did you mean `rollback`?'],
    [
      'nothing',
      '`on-failure` is `nothing`, which Slipway does not know. Use `rollback` or `hold`.',
    ],
  ])('%s is refused', (text, told) => {
    expect(tell(() => parse(text))).toEqual([told]);
  });
});

describe('pull-request', () => {
  test('is a number, or found from the event', () => {
    expect(parsePullRequest('123')).toBe(123);
    expect(parsePullRequest('')).toBeUndefined();
  });

  test.each(['#123', '0', '1.5', '-1', 'abc', '99999999999999999999'])('%s is refused', (text) => {
    expect(tell(() => parsePullRequest(text))).toEqual([
      `\`pull-request\` is \`${text}\`, which is not a number. Write the number of the pull request, such as \`123\`.`,
    ]);
  });
});
