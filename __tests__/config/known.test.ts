import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { INPUTS } from '../../src/config/inputs.ts';
import { checkKnown, checkUsed } from '../../src/config/known.ts';
import { UNAVAILABLE_INPUTS } from '../../src/config/unavailable.ts';
import { given } from './samples.ts';
import { tell } from './telling.ts';

describe('an input', () => {
  test('is known when it is in the table, whatever its value', () => {
    checkKnown(given(Object.fromEntries(INPUTS.map(({ name }) => [name, 'x']))));
  });

  test.each([
    ['relase', '`relase` is not an input of Slipway. Did you mean `release`?'],
    [
      'foo_bar',
      '`foo_bar` is not an input of Slipway. Remove it from the `with:` of the step, or rename the environment variable INPUT_FOO_BAR if you set that.',
    ],
    ['plan-digest', '`plan-digest` is not available yet in this version of Slipway. Remove it.'],
  ])('%s is refused', (name, told) => {
    expect(tell(() => checkKnown(given({ [name]: 'x' })))).toEqual([told]);
  });

  test('that comes later is no problem while it is empty', () => {
    checkKnown(given({ revision: ' ' }));
  });

  test('is either available or not', () => {
    for (const { name } of INPUTS) expect(UNAVAILABLE_INPUTS.has(name)).toBe(false);
  });

  test('of any other name is one problem, never a crash', () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        fc.pre(!INPUTS.some((input) => input.name === name) && !UNAVAILABLE_INPUTS.has(name));
        expect(tell(() => checkKnown(given({ [name]: 'x' })))).toHaveLength(1);
      }),
    );
  });
});

describe('an input that the command does not use', () => {
  test('is refused', () => {
    const inputs = given({ command: 'plan', 'wait-for-lock': '5m' });
    expect(tell(() => checkUsed(inputs, 'plan'))).toEqual([
      '`command: plan` does not use `wait-for-lock`. Remove `wait-for-lock`; only `deploy` uses it.',
    ]);
  });

  test('is refused by setup, which knows no releases', () => {
    const inputs = given({ command: 'setup', release: 'api', 'cluster-name': 'data' });
    expect(tell(() => checkUsed(inputs, 'setup'))).toEqual([
      '`command: setup` does not use `release`. Remove `release`; only `plan` and `deploy` use it.',
    ]);
  });

  test.each([
    ['was not given', { command: 'plan' }],
    ['has its default, which the runner passes', { command: 'deploy', 'show-values': 'false' }],
    ['serves the other command of auto', { command: 'auto', 'wait-for-lock': '5m' }],
  ])('is no problem when it %s', (_, inputs) => {
    checkUsed(given(inputs), inputs.command === 'deploy' ? 'deploy' : 'plan');
  });
});
