import { describe, expect, test } from '@jest/globals';
import {
  findLiveDifference,
  findRecordedDifference,
  isRenderedSame,
  toProve,
} from '../../src/plan/unchanged.ts';
import type { KubeObject } from '../../src/release/object.ts';
import { parseRecord } from '../../src/release/record.ts';
import type { Live } from '../../src/state/state.ts';
import { makeRendering, makeState, parse } from '../fakes/plan.ts';
import { attempted, helmRecord, type RecordOptions, verified } from '../fakes/record.ts';

const CONFIG = '{apiVersion: v1, kind: ConfigMap, metadata: {name: c}, data: {a: one}}\n';
const hook = (kind: string, events: string, policy = '') =>
  `{apiVersion: ${kind === 'Job' ? 'batch/v1' : 'v1'}, kind: ${kind}, metadata: {name: h, annotations: {helm.sh/hook: "${events}"${policy && `, helm.sh/hook-delete-policy: "${policy}"`}}}, data: {a: b}}`;

describe('by the record', () => {
  const difference = (options: RecordOptions, rendered = CONFIG) => {
    const record = helmRecord(1, { manifest: CONFIG, labels: verified(1), ...options });
    return findRecordedDifference(makeState([record]), makeRendering(rendered));
  };

  test.each<[string, RecordOptions, string, string | undefined]>([
    ['verified and equal', {}, CONFIG, undefined],
    ['another order of the objects’ fields', { manifest: `${CONFIG}# c\n` }, CONFIG, undefined],
    ['never verified', { labels: attempted(1) }, CONFIG, 'not verified'],
    ['verified, but not deployed', { status: 'superseded' }, CONFIG, 'not verified'],
    [
      'source unknown',
      { labels: { 'slipway-attempt': '1', 'slipway-verified': '1' } },
      CONFIG,
      'chart or values differ, but what they render to does not; a deploy records them',
    ],
    [
      'one object more',
      {},
      `${CONFIG}---\n${CONFIG.replace('c}', 'd}')}`,
      '1 object differs from revision 1',
    ],
    [
      'a hook object that changed',
      { hooks: [hook('ConfigMap', 'pre-upgrade').replace('a: b', 'a: x')] },
      `${CONFIG}---\n${hook('ConfigMap', 'pre-upgrade')}`,
      '1 object differs from revision 1',
    ],
    [
      'an install-only hook object that changed: no upgrade applies it',
      { hooks: [hook('Secret', 'pre-install').replace('a: b', 'a: x')] },
      `${CONFIG}---\n${hook('Secret', 'pre-install')}`,
      undefined,
    ],
    [
      'a Job at every upgrade',
      { hooks: [hook('Job', 'post-upgrade')] },
      `${CONFIG}---\n${hook('Job', 'post-upgrade')}`,
      'its hook Job h runs at every deploy, and did not run for revision 1',
    ],
    [
      'a Pod at every upgrade',
      { hooks: [hook('Pod', 'pre-upgrade')] },
      `${CONFIG}---\n${hook('Pod', 'pre-upgrade')}`,
      'its hook Pod h runs at every deploy, and did not run for revision 1',
    ],
  ])('%s', (_, options, rendered, expected) => {
    expect(difference(options, rendered)).toBe(expected);
  });

  test('nothing there', () => {
    expect(findRecordedDifference(makeState([]), makeRendering(CONFIG))).toBe('not verified');
  });

  test('equality is of content, not of text', () => {
    const spaced = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: "c"\ndata:\n  a: one\n';
    const revision = parseRecord(helmRecord(1, { manifest: spaced }));
    expect(isRenderedSame(revision, makeRendering(CONFIG))).toBe(true);
    expect(isRenderedSame(revision, makeRendering(CONFIG.replace('one', 'two')))).toBe(false);
  });
});

test.each<[string, string, number]>([
  ['an object of the manifest', CONFIG, 1],
  ['a hook object that outlives its event', hook('ConfigMap', 'pre-upgrade'), 1],
  ['one that is deleted when it succeeded', hook('ConfigMap', 'pre-upgrade', 'hook-succeeded'), 0],
  ['a Job: it has a proof of its own', hook('Job', 'pre-upgrade'), 0],
  ['one that only an install makes', hook('Secret', 'pre-install'), 0],
  ['one of a rollback', hook('ConfigMap', 'pre-rollback'), 0],
])('live: %s belongs to the proof or not', (_, manifest, count) => {
  expect(toProve(makeRendering(manifest))).toHaveLength(count);
});

describe('by the live objects', () => {
  const objects = parse(CONFIG);
  const object = (more: Record<string, unknown> = {}, meta = {}): KubeObject => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'c', uid: '1', ...meta },
    data: { a: 'one' },
    ...more,
  });
  const present = (live: KubeObject, applied: KubeObject): Live => ({
    type: 'present',
    object: live,
    applied,
  });
  const difference = (live: Live | undefined) =>
    findLiveDifference(
      objects,
      new Map(objects.flatMap(({ key }) => (live ? [[key, live] as const] : []))),
    );

  test.each<[string, Live | undefined, boolean | undefined]>([
    ['equal', present(object(), object()), undefined],
    [
      'who owns a field, and version counters',
      present(
        object({}, { managedFields: [1], resourceVersion: '1', generation: 1 }),
        object({}, { managedFields: [2], resourceVersion: '2', generation: 2 }),
      ),
      undefined,
    ],
    [
      'a status that moved between the two reads',
      present(object({ status: { ready: 1 } }), object({ status: { ready: 2 } })),
      undefined,
    ],
    ['a value', present(object({ data: { a: 'x' } }), object()), true],
    ['a label', present(object({}, { labels: { x: 'y' } }), object()), true],
    ['gone', { type: 'absent' }, true],
    ['not checked', { type: 'not-checked', reason: 'forbidden' }, false],
    ['not read', undefined, false],
  ])('%s', (_, live, drifted) => {
    expect(difference(live)?.drifted).toBe(drifted);
  });
});
