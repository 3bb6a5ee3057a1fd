import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { KubeObject } from '../../src/release/object.ts';
import {
  isOurs,
  lastGood,
  markFailed,
  markInputs,
  markSource,
  markVerified,
  parseRecord,
  recordName,
} from '../../src/release/record.ts';
import {
  attempted,
  decodePayload,
  encodePayload,
  helmRecord,
  type RecordOptions,
  verified,
} from '../fakes/record.ts';

const GOLDEN = path.join(import.meta.dirname, '..', 'golden', 'record');
const readGolden = (version: string) =>
  JSON.parse(readFileSync(path.join(GOLDEN, `helm-${version}.json`), 'utf8')) as KubeObject;

/* Revision 2 of a chart with a hook, unicode, markup and unusual numbers, as the real helm wrote it. */
describe.each([
  ['4.2.3', 'server-side'],
  ['3.17.3', 'client-side'],
])('a record of helm %s', (version, applied) => {
  const secret = readGolden(version);

  test('is read', () => {
    const revision = parseRecord(secret);
    expect(revision).toMatchObject({
      number: 2,
      status: 'deployed',
      description: 'Upgrade complete',
      verdict: 'unverified',
      chart: 'tiny-1.2.3',
      appVersion: '9.1',
      applied,
      source: '',
      inputs: '',
      config: { nested: { big: 1e21, small: 1e-7 } },
      resourceVersion: secret.metadata.resourceVersion,
    });
    expect(new Date(revision.updated).getUTCFullYear()).toBe(2026);
    expect(revision.objects.map(({ ref, hook }) => [ref.kind, ref.name, hook?.events])).toEqual([
      ['ConfigMap', 'greeting', undefined],
      ['ConfigMap', 'before', ['pre-install', 'pre-upgrade']],
    ]);
    expect(revision.objects[0]?.object['data']).toMatchObject({ text: 'Grüße <&> 💚' });
  });

  test('keeps all but the verdict when it is marked failed', () => {
    const failed = markFailed(secret, 'Deployment web: it crashed.');
    const { info: before, ...rest } = decodePayload(secret);
    const { info: after, ...kept } = decodePayload(failed);
    // Byte by byte, also the order of keys and how numbers are written.
    expect(JSON.stringify(kept)).toBe(JSON.stringify(rest));
    expect(kept.config).toMatchObject({ nested: { big: 1e21, small: 1e-7 } });
    const description = 'Upgrade "greeting" failed: Deployment web: it crashed.';
    expect(after).toEqual({ ...before, status: 'failed', description });
    expect(failed.metadata.labels).toEqual({
      ...secret.metadata.labels,
      status: 'failed',
      'slipway-failed': '2',
    });
    expect(failed.metadata.resourceVersion).toBe(secret.metadata.resourceVersion);
    expect(parseRecord(failed)).toMatchObject({ status: 'failed', verdict: 'failed' });
  });

  test('is not touched in its payload by a good verdict, its source or inputs', () => {
    const marked = markInputs(markSource(markVerified(secret), 'abc'), 'def');
    expect(marked['data']).toEqual(secret['data']);
    expect(marked.metadata.labels).toMatchObject({
      'slipway-verified': '2',
      'slipway-source': '2.abc',
      'slipway-inputs': '2.def',
    });
    expect(parseRecord(marked)).toMatchObject({
      verdict: 'verified',
      source: 'abc',
      inputs: 'def',
    });
  });
});

test.each<[string, RecordOptions, string]>([
  ['nothing of ours', {}, 'foreign'],
  ['our attempt, its own number', { labels: attempted(3) }, 'unverified'],
  ['our attempt, copied from an earlier revision', { labels: attempted(2) }, 'foreign'],
  ['all our labels, copied', { labels: verified(2) }, 'foreign'],
  ['our verdict', { labels: verified(3) }, 'verified'],
  [
    'our verdict on a rollback, which has no attempt',
    { labels: { 'slipway-verified': '3' } },
    'verified',
  ],
  ['our bad verdict', { labels: { ...attempted(3), 'slipway-failed': '3' } }, 'failed'],
  [
    'our bad verdict after a good one',
    { labels: { ...verified(3), 'slipway-failed': '3' } },
    'failed',
  ],
  ['a bad verdict, copied', { labels: { ...attempted(3), 'slipway-failed': '2' } }, 'unverified'],
  ['our attempt that helm failed', { status: 'failed', labels: attempted(3) }, 'failed'],
  ['a failure of somebody else', { status: 'failed' }, 'foreign'],
  ['our attempt, pending', { status: 'pending-upgrade', labels: attempted(3) }, 'unverified'],
  [
    'a verdict erased by a concurrent helm',
    { status: 'superseded', labels: attempted(3) },
    'unverified',
  ],
])('verdict: %s', (_, options, verdict) => {
  expect(parseRecord(helmRecord(3, options)).verdict).toBe(verdict);
});

describe('last good', () => {
  const good = (number: number, status = 'superseded') =>
    helmRecord(number, { status, labels: verified(number) });
  const foreign = (number: number, status = 'superseded', description?: string) =>
    helmRecord(number, { status, ...(description && { description }) });

  test.each<[string, readonly KubeObject[], number | undefined]>([
    ['nothing', [], undefined],
    ['the newest verified', [good(1), good(2), good(3, 'deployed')], 3],
    ['verified rather than a newer foreign one', [good(1), foreign(2, 'deployed')], 1],
    ['foreign when none is verified', [foreign(1), foreign(2, 'deployed')], 2],
    ['not what helm failed', [foreign(1), foreign(2, 'failed')], 1],
    ['not what was never judged', [good(1), helmRecord(2, { labels: attempted(2) })], 1],
    ['only unjudged', [helmRecord(1, { labels: attempted(1) })], undefined],
    ['not what we saw fail', [foreign(1), helmRecord(2, { labels: { 'slipway-failed': '2' } })], 1],
    ['not what was verified and failed later', [good(1), good(2, 'failed')], 1],
    [
      'not a failed upgrade that was superseded',
      [foreign(1), foreign(2, 'superseded', 'Upgrade "app" failed: timed out')],
      1,
    ],
    [
      'not a failed rollback that was superseded',
      [foreign(1), foreign(2, 'superseded', 'Rollback "app" failed: no'), foreign(3, 'failed')],
      1,
    ],
    [
      'not a failed install that was superseded',
      [foreign(1, 'superseded', 'Release "app" failed: context canceled')],
      undefined,
    ],
    ['not what is pending', [good(1), foreign(2, 'pending-upgrade')], 1],
    ['not what was uninstalled', [good(1, 'uninstalled')], undefined],
    ['nothing from before an uninstall', [good(1), good(2, 'uninstalled')], undefined],
    [
      'nothing from before an uninstall, after a reinstall that failed',
      [good(1), good(2, 'uninstalled'), foreign(3, 'failed')],
      undefined,
    ],
    ['what came after an uninstall', [good(1), good(2, 'uninstalled'), good(3, 'deployed')], 3],
  ])('%s', (_, records, expected) => {
    expect(lastGood(records.map(parseRecord))).toBe(expected);
  });
});

test.each<[string, string, number, string]>([
  ['an upgrade', 'deployed', 4, 'Upgrade "app" failed: it broke'],
  ['a first install', 'deployed', 1, 'Release "app" failed: it broke'],
  ['a reinstall that hangs', 'pending-install', 4, 'Release "app" failed: it broke'],
])('the text of a failure is as helm writes it: %s', (_, status, number, description) => {
  const marked = markFailed(helmRecord(number, { status }), 'it broke');
  expect(parseRecord(marked)).toMatchObject({ number, description, status: 'failed' });
  expect(lastGood([parseRecord({ ...marked, metadata: { ...marked.metadata, labels: {} } })])).toBe(
    undefined,
  );
});

test.each<[Record<string, string>, boolean]>([
  [attempted(3), true],
  [attempted(2), false],
  [{}, false],
])('is ours when the attempt names its own revision: %j', (labels, expected) => {
  expect(isOurs(helmRecord(3, { labels }))).toBe(expected);
});

test('a payload that is not compressed, as very old helms wrote it, is read', () => {
  const secret = helmRecord(3);
  const text = JSON.stringify(decodePayload(secret));
  const release = Buffer.from(Buffer.from(text).toString('base64')).toString('base64');
  expect(parseRecord({ ...secret, data: { release } }).number).toBe(3);
});

test.each([
  ['no data', {}],
  ['text', { data: { release: 'eA==' } }],
  ['cut off', { data: { release: encodePayload({ a: 1 }).slice(0, 30) } }],
])('a payload that is not helm’s says whose it is: %s', (_, data) => {
  const { data: __, ...secret } = helmRecord(3);
  expect(() => parseRecord({ ...secret, ...data } as KubeObject)).toThrow(
    /release record sh\.helm\.release\.v1\.app\.v3/,
  );
});

test('the name of a record', () => {
  expect(recordName('app', 12)).toBe('sh.helm.release.v1.app.v12');
});
