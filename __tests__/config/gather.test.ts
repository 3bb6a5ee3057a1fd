import { expect, test } from '@jest/globals';
import { once, parseAll, parseEach } from '../../src/config/gather.ts';
import { DeployError } from '../../src/errors.ts';
import { tell } from './telling.ts';

function refuse(message: string): never {
  throw new DeployError('x', message, { hint: '!' });
}

test('everything right is an object of the same keys', () => {
  expect(parseAll({ a: () => 1, b: () => 'two' })).toEqual({ a: 1, b: 'two' });
});

test('every problem is told, in order, also from below', () => {
  const parse = () =>
    parseAll({
      a: () => refuse('one'),
      b: () => 2,
      c: () => parseEach(['three', 'four'], refuse),
    });
  expect(tell(parse)).toEqual(['one !', 'three !', 'four !']);
});

test('what two parsers need is read once, and its problem told once', () => {
  let reads = 0;
  const shared = once(() => {
    reads += 1;
    return refuse('shared');
  });
  expect(tell(() => parseAll({ a: shared, b: shared }))).toEqual(['shared !']);
  expect(reads).toBe(1);
});

test('a mistake of ours is not taken for one of the user', () => {
  const mistake = new TypeError('ours');
  const parse = () =>
    parseAll({
      a: () => {
        throw mistake;
      },
    });
  expect(parse).toThrow(mistake);
});
