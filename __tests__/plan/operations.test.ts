import { describe, expect, test } from '@jest/globals';
import { planOperations, planRemedy } from '../../src/plan/operations.ts';
import type { KubeObject } from '../../src/release/object.ts';
import { makeRendering, makeSpec, makeState } from '../fakes/plan.ts';
import { attempted, helmRecord, type RecordOptions, verified } from '../fakes/record.ts';

const CONFIG = '{apiVersion: v1, kind: ConfigMap, metadata: {name: c}}\n';
const hook = (kind: string, name: string, events: string, weight = 0) =>
  `{apiVersion: v1, kind: ${kind}, metadata: {name: ${name}, annotations: {helm.sh/hook: "${events}", helm.sh/hook-weight: "${weight}"}}}`;
const failed = (number: number, options: RecordOptions = {}) =>
  helmRecord(number, { status: 'failed', labels: attempted(number), ...options });
const good = (number: number) =>
  helmRecord(number, { status: 'superseded', labels: verified(number) });

const operations = (
  records: readonly KubeObject[],
  manifest = CONFIG,
  next: 'skip' | 'settle' | 'deploy' = 'deploy',
) => planOperations(makeSpec(), makeState(records), makeRendering(manifest), next);

test('skip: nothing to do', () => {
  expect(operations([good(1)], CONFIG, 'skip')).toEqual([]);
});

test('the revision is the one that helm will make', () => {
  expect(operations([])).toMatchObject([
    { type: 'upgrade', revision: 1 },
    { type: 'watch', revision: 1 },
  ]);
  expect(operations([good(6), failed(7)])[0]).toMatchObject({ type: 'upgrade', revision: 8 });
  const uninstalled = helmRecord(3, { status: 'uninstalled' });
  expect(operations([uninstalled])[0]).toMatchObject({ type: 'upgrade', revision: 4 });
});

test('settle: watched first, with what would follow', () => {
  const [settle, upgrade] = operations([helmRecord(2, { labels: attempted(2) })], CONFIG, 'settle');
  expect(settle).toMatchObject({ type: 'settle', revision: 2, objects: [{ ref: { name: 'c' } }] });
  expect(upgrade).toMatchObject({ type: 'upgrade', revision: 3 });
});

test('hooks are not watched as part of the rollout', () => {
  const manifest = `${CONFIG}---\n${hook('Job', 'migrate', 'pre-upgrade')}`;
  expect(operations([], manifest).at(-1)).toMatchObject({
    type: 'watch',
    objects: [{ ref: { name: 'c' } }],
  });
});

test('only Jobs and Pods of hooks are waited for, and only of what was not verified', () => {
  const hooks = [
    hook('Job', 'migrate', 'pre-upgrade'),
    hook('Pod', 'check', 'post-upgrade'),
    hook('ConfigMap', 'settings', 'pre-upgrade'),
  ];
  const [first] = operations([good(1), failed(2, { hooks })]);
  expect(first).toMatchObject({
    type: 'await-hooks',
    objects: [{ ref: { name: 'migrate' } }, { ref: { name: 'check' } }],
  });
  const verifiedToo = helmRecord(1, { labels: verified(1), hooks });
  expect(operations([verifiedToo])[0]?.type).toBe('upgrade');
});

describe('install-only hooks of a first install that failed', () => {
  const manifest = [
    CONFIG,
    hook('Job', 'setup', 'pre-install', 5),
    hook('Secret', 'b-key', 'pre-install'),
    hook('Secret', 'a-key', 'pre-install'),
    hook('ServiceAccount', 'runner', 'pre-install'),
    hook('Widget', 'unknown', 'pre-install'),
    hook('ConfigMap', 'early', 'pre-install', -1),
    hook('Job', 'welcome', 'post-install'),
    hook('ConfigMap', 'both', 'pre-install,pre-upgrade'),
    hook('Job', 'upgrade', 'post-upgrade'),
  ].join('\n---\n');
  const missing = (records: readonly KubeObject[]) =>
    operations(records, manifest).map((operation) =>
      operation.type === 'create-missing'
        ? `${operation.when}: ${operation.objects.map(({ ref }) => ref.name).join(' ')}`
        : operation.type,
    );

  test('are created before and after, in the order of helm: weight, kind, name', () => {
    expect(missing([failed(1)])).toEqual([
      'before: early runner a-key b-key unknown setup',
      'upgrade',
      'watch',
      'after: welcome',
    ]);
  });
  test.each<[string, readonly KubeObject[]]>([
    ['nothing was installed', []],
    ['it was verified once', [good(1), failed(2)]],
    ['it was uninstalled', [failed(1), helmRecord(2, { status: 'uninstalled' })]],
  ])('are helm’s when %s', (_, records) => {
    expect(missing(records)).toEqual(['upgrade', 'watch']);
  });
  test('names are compared by their bytes, as helm does', () => {
    const two = [hook('Secret', 'ab', 'pre-install'), hook('Secret', 'a-c', 'pre-install')];
    const [first] = operations([failed(1)], two.join('\n---\n'));
    expect(first).toMatchObject({ objects: [{ ref: { name: 'a-c' } }, { ref: { name: 'ab' } }] });
  });
});

describe('history-max', () => {
  const historyMax = (records: readonly KubeObject[]) =>
    operations(records).flatMap((one) => (one.type === 'upgrade' ? [one.historyMax] : []))[0];
  const many = (count: number) => Array.from({ length: count }, (_, index) => failed(index + 2));

  test.each<[string, readonly KubeObject[], number]>([
    ['nothing', [], 10],
    ['a short history', [good(1), ...many(3)], 10],
    ['the last good one just fits, with an upgrade and a rollback', [good(1), ...many(7)], 10],
    ['it would be pruned', [good(1), ...many(8)], 11],
    ['far behind', [good(1), ...many(30)], 33],
    ['nothing good to keep', many(30), 10],
  ])('%s', (_, records, expected) => {
    expect(historyMax(records)).toBe(expected);
  });
});

describe('remedy', () => {
  const remedy = (
    records: readonly KubeObject[],
    onFailure: 'rollback' | 'hold' = 'rollback',
    next: 'settle' | 'deploy' = 'deploy',
  ) => planRemedy(makeSpec({ onFailure }), makeState(records), next);
  const PHASES = ['pre-hook', 'apply', 'rollout', 'post-hook', 'verify'] as const;

  test.each(PHASES)('%s: back to the last good revision', (phase) => {
    expect(remedy([good(1), good(2)])[phase]).toMatchObject({
      type: 'rollback',
      to: 2,
      historyMax: 10,
    });
  });
  test.each(PHASES)('%s: hold when asked for', (phase) => {
    expect(remedy([good(1)], 'hold')[phase]).toMatchObject({ type: 'hold' });
  });
  test.each(PHASES)('%s: hold when there is nothing to return to', (phase) => {
    expect(remedy([failed(1)])[phase]).toMatchObject({
      type: 'hold',
      why: expect.stringContaining('no good revision'),
    });
  });
  test('before a change there is nothing to remedy; a migration holds', () => {
    expect(remedy([good(1)])).toMatchObject({
      'before-change': { type: 'none' },
      migrated: { type: 'hold' },
    });
  });
  test('not back to the revision that failed to settle', () => {
    const foreign = [helmRecord(1, { status: 'superseded' }), helmRecord(2)];
    expect(remedy(foreign).rollout).toMatchObject({ to: 2 });
    expect(remedy(foreign, 'rollback', 'settle').rollout).toMatchObject({ to: 1 });
    expect(remedy([helmRecord(1)], 'rollback', 'settle').rollout).toMatchObject({ type: 'hold' });
  });
});
