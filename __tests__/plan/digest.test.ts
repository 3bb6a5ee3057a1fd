import { expect, test } from '@jest/globals';
import { type Promised, planDigest } from '../../src/plan/digest.ts';
import { parseManifest } from '../../src/release/manifest.ts';

const parse = (...texts: string[]) =>
  parseManifest(texts.map((text) => `---\n${text}\n`).join(''), 'data');
const config = (value: string, name = 'c') =>
  `{apiVersion: v1, kind: ConfigMap, metadata: {name: ${name}}, data: {a: ${value}, b: x}}`;
const secret = (a: string, b = 'x') =>
  `{apiVersion: v1, kind: Secret, metadata: {name: s}, stringData: {a: ${a}, b: ${b}}}`;

const base: Promised = {
  target: {
    environment: 'production',
    release: 'app',
    namespace: { name: 'data', create: true, labels: {} },
  },
  chartDigest: 'sha256:00',
  before: parse(config('one'), secret('one')),
  after: parse(config('two'), secret('two')),
};
const digest = (changed: Partial<Promised> = {}) => planDigest({ ...base, ...changed });

test('is sha256 in hexadecimal', () => {
  expect(digest()).toMatch(/^[0-9a-f]{64}$/);
});

test.each<[string, Partial<Promised>]>([
  ['order', { after: parse(secret('two'), config('two')) }],
  [
    'spelling',
    {
      after: parse(
        '{data: {b: "x", a: "two"}, kind: ConfigMap, metadata: {name: c}, apiVersion: v1}',
        secret('two'),
      ),
    },
  ],
  [
    'an object that stays as it is',
    {
      before: parse(config('one'), secret('one'), config('x', 'other')),
      after: parse(config('two'), secret('two'), config('"x"', 'other')),
    },
  ],
  [
    'another value of a Secret that changes anyway',
    { after: parse(config('two'), secret('three')) },
  ],
])('is the same whatever the %s', (_, changed) => {
  expect(digest(changed)).toBe(digest());
});

test.each<[string, Partial<Promised>]>([
  ['the target', { target: { ...base.target, release: 'other' } }],
  ['the chart', { chartDigest: 'sha256:01' }],
  ['what it was', { before: parse(config('zero'), secret('one')) }],
  ['what it becomes', { after: parse(config('three'), secret('two')) }],
  ['a Secret that does not change', { after: parse(config('two'), secret('one')) }],
  ['one key more of a Secret that changes', { after: parse(config('two'), secret('two', 'y')) }],
  ['an object more', { after: parse(config('two'), secret('two'), config('x', 'other')) }],
  ['an object less', { after: parse(config('two')) }],
  [
    'a hook more',
    {
      after: parse(
        config('two'),
        secret('two'),
        '{apiVersion: v1, kind: Pod, metadata: {name: h, annotations: {helm.sh/hook: pre-install}}}',
      ),
    },
  ],
  ['a first install', { before: [] }],
])('differs with %s', (_, changed) => {
  expect(digest(changed)).not.toBe(digest());
});

test('does not depend on what a Secret holds', () => {
  const install = (value: string) =>
    planDigest({ ...base, before: [], after: parse(secret(value)) });
  expect(install('one')).toBe(install('two'));
});
