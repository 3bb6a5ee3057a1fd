import { expect, test } from '@jest/globals';
import { listNotUndone } from '../../src/execute/not-undone.ts';
import type { Phase } from '../../src/plan/plan.ts';
import { parse } from '../fakes/plan.ts';

const hook = (kind: string, events: string, value = 'x') =>
  `{apiVersion: v1, kind: ${kind}, metadata: {name: h, annotations: {helm.sh/hook: "${events}"}}, data: {a: ${value}}}`;

test.each<[string, string, string, readonly string[]]>([
  ['a Job', hook('Job', 'pre-upgrade'), '', ['Hook Job h ran; what it did stays.']],
  [
    'a new hook object',
    hook('ConfigMap', 'post-upgrade'),
    '',
    ['Hook ConfigMap h was created and stays; helm does not remove hooks.'],
  ],
  [
    'a changed hook object',
    hook('ConfigMap', 'pre-upgrade'),
    hook('ConfigMap', 'pre-upgrade', 'y'),
    ['Hook ConfigMap h keeps the new content; helm does not roll hooks back.'],
  ],
  ['an equal hook object', hook('ConfigMap', 'pre-upgrade'), hook('ConfigMap', 'pre-upgrade'), []],
  ['an install-only hook', hook('Secret', 'pre-install'), '', []],
  ['an object of the manifest', '{apiVersion: v1, kind: ConfigMap, metadata: {name: c}}', '', []],
])('%s', (_, failed, good, expected) => {
  expect(listNotUndone(parse(failed), parse(good), 'rollout')).toEqual(expected);
});

const RAN = ['Hook Job h ran; what it did stays.'];
const MAYBE = ['Hook Job h may have run; what it did stays.'];

test.each<[Phase, string, readonly string[]]>([
  ['before-change', 'pre-upgrade', []],
  ['pre-hook', 'pre-upgrade', MAYBE],
  ['pre-hook', 'post-upgrade', []],
  ['pre-hook', 'post-upgrade,pre-upgrade', MAYBE],
  ['apply', 'pre-upgrade', RAN],
  ['apply', 'post-upgrade', MAYBE],
  ['post-hook', 'pre-upgrade', RAN],
  ['post-hook', 'post-upgrade', MAYBE],
  ['rollout', 'post-upgrade', RAN],
  ['verify', 'post-upgrade', RAN],
])('after a failure in %s, a %s Job', (phase, events, expected) => {
  expect(listNotUndone(parse(hook('Job', events)), [], phase)).toEqual(expected);
});

test('what may have run may have left its objects', () => {
  const map = (value: string) => parse(hook('ConfigMap', 'pre-upgrade', value));
  expect(listNotUndone(map('x'), [], 'pre-hook')[0]).toContain('may have been created');
  expect(listNotUndone(map('x'), map('y'), 'pre-hook')[0]).toContain('may keep the new content');
});
