import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseDuration, parseTimeout } from '../../src/config/duration.ts';
import { tell } from './telling.ts';

describe('a duration', () => {
  test.each([
    ['10m', 600_000],
    ['90s', 90_000],
    ['1h30m', 5_400_000],
    ['1.5h', 5_400_000],
    ['250ms', 250],
    ['0s', 0],
    ['1m1m', 120_000],
  ])('%s is %d ms', (text, milliseconds) => {
    expect(parseDuration({ name: 'timeout', text })).toBe(milliseconds);
  });

  test.each([
    ['300', '`timeout` is `300`, without a unit. Write `300s` for seconds or `300m` for minutes.'],
    ['0', '`timeout` is `0`, without a unit. Write `0s`.'],
    [
      '10 m',
      '`timeout` is `10 m`, which is not a duration. Write a number with its unit, such as `10m`, `90s` or `1h30m`.',
    ],
    [
      'ten',
      '`timeout` is `ten`, which is not a duration. Write a number with its unit, such as `10m`, `90s` or `1h30m`.',
    ],
    [
      '-5m',
      '`timeout` is `-5m`, which is not a duration. Write a number with its unit, such as `10m`, `90s` or `1h30m`.',
    ],
    [
      '1d',
      '`timeout` is `1d`, which is not a duration. Write a number with its unit, such as `10m`, `90s` or `1h30m`.',
    ],
    [
      '121h',
      '`timeout` is `121h`, longer than the five days that a job may run. Write a number with its unit, such as `10m`, `90s` or `1h30m`.',
    ],
    [
      '999ms',
      '`timeout` is `999ms`, less than a second. Write a number with its unit, such as `10m`, `90s` or `1h30m`.',
    ],
  ])('%s is refused', (text, told) => {
    expect(tell(() => parseTimeout({ name: 'timeout', text }))).toEqual([told]);
  });

  test('is the sum of its parts', () => {
    const part = fc.nat({ max: 59 });
    fc.assert(
      fc.property(part, part, part, (h, m, s) => {
        expect(parseDuration({ name: 'timeout', text: `${h}h${m}m${s}s` })).toBe(
          ((h * 60 + m) * 60 + s) * 1000,
        );
      }),
    );
  });

  test('that is anything else is a problem, never a crash', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(!/^(\d+(\.\d+)?(h|m|s|ms))+$/.test(text));
        expect(tell(() => parseDuration({ name: 'timeout', text }))).toHaveLength(1);
      }),
    );
  });
});
