import { expect, test } from '@jest/globals';
import { createLearning } from '../src/learn-secrets.ts';
import { createRedactor } from '../src/secrecy/redactor.ts';
import { makeSpec } from './fakes/plan.ts';

test.each([
  [7788994455, 'PIN 7.788994455e+09'],
  [7788994455, 'PIN 7788994455'],
  [0.0000123456789, 'PIN 1.23456789e-05'],
])('the number %s is hidden however Go prints it', (pin, text) => {
  const redactor = createRedactor();
  createLearning(redactor).learnValues({ db: { pin } }, makeSpec());
  expect(redactor.safe(text)).toBe('PIN ***');
});
