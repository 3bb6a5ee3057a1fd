import { describe, expect, test } from '@jest/globals';
import type { Operation } from '../../src/plan/plan.ts';
import { planReads, planRelease } from '../../src/plan/planner.ts';
import type { KubeObject } from '../../src/release/object.ts';
import type { Policy } from '../../src/release/spec.ts';
import type { Live } from '../../src/state/state.ts';
import { makeRendering, makeSpec, makeState } from '../fakes/plan.ts';
import { attempted, helmRecord, type RecordOptions, verified } from '../fakes/record.ts';

const CONFIG = '{apiVersion: v1, kind: ConfigMap, metadata: {name: c}, data: {a: one}}\n';
const OTHER = CONFIG.replace('one', 'two');
const HOOK = `{apiVersion: batch/v1, kind: Job, metadata: {name: migrate, annotations: {helm.sh/hook: "pre-install,pre-upgrade"}}}\n`;
const INSTALL_HOOK = HOOK.replace(',pre-upgrade', '');

const record = (number: number, options: RecordOptions = {}) =>
  helmRecord(number, { manifest: CONFIG, ...options });
const ours = (number: number, options: RecordOptions = {}) =>
  record(number, { labels: verified(number), ...options });
/** helm marks what a verified revision supersedes. */
const old = (number: number) => ours(number, { status: 'superseded' });

const same: Live = { type: 'present', object: live('one'), applied: live('one') };
function live(value: string): KubeObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' }, data: { a: value } };
}

interface Case {
  readonly records: readonly KubeObject[];
  readonly rendered?: string;
  readonly source?: string;
  readonly found?: Live;
  readonly policy?: Partial<Policy>;
  readonly namespace?: 'present' | 'absent' | 'unknown';
}

function plan({ records, rendered = CONFIG, source, found = same, policy, namespace }: Case) {
  const rendering = makeRendering(rendered, source);
  const [object] = rendering.objects;
  const map = object ? new Map([[object.key, found]]) : new Map();
  const state = makeState(records, { live: map, ...(namespace && { namespace }) });
  return planRelease(makeSpec(policy), state, rendering);
}

const tell = (operations: readonly Operation[]) => operations.map(({ type }) => type).join(', ');
const DEPLOY = 'upgrade, watch';

test.each<[string, Case, string, string, string]>([
  ['nothing there', { records: [] }, 'absent', DEPLOY, 'Release app does not exist yet.'],
  [
    'nothing there, not even the namespace',
    { records: [], namespace: 'absent' },
    'absent',
    `create-namespace, ${DEPLOY}`,
    'Release app does not exist yet.',
  ],
  [
    'a namespace that may not be read',
    { records: [], namespace: 'unknown' },
    'absent',
    DEPLOY,
    'Release app does not exist yet.',
  ],
  [
    'uninstalled, history kept',
    { records: [old(1), ours(2, { status: 'uninstalled' })] },
    'absent',
    DEPLOY,
    'Release app does not exist yet.',
  ],
  [
    'verified and equal',
    { records: [ours(1)] },
    'in-sync',
    '',
    'Revision 1 is verified and nothing differs from it.',
  ],
  [
    'another rendering',
    { records: [ours(1)], rendered: OTHER },
    'out-of-sync',
    DEPLOY,
    '1 object differs from revision 1.',
  ],
  [
    'equal rendering of other values',
    { records: [ours(1)], source: 'other' },
    'out-of-sync',
    DEPLOY,
    'Chart or values differ, but what they render to does not; a deploy records them.',
  ],
  [
    'changed by hand',
    { records: [ours(1)], found: { type: 'present', object: live('x'), applied: live('one') } },
    'drifted',
    DEPLOY,
    'ConfigMap c was changed in the cluster.',
  ],
  [
    'deleted by hand',
    { records: [ours(1)], found: { type: 'absent' } },
    'drifted',
    DEPLOY,
    'ConfigMap c is gone from the cluster.',
  ],
  [
    'not comparable: not proved',
    { records: [ours(1)], found: { type: 'not-checked', reason: 'forbidden' } },
    'out-of-sync',
    DEPLOY,
    'ConfigMap c could not be compared with the cluster: forbidden.',
  ],
  [
    '`skip-unchanged: false`',
    { records: [ours(1)], policy: { skipUnchanged: false } },
    'in-sync',
    DEPLOY,
    'Nothing differs from the record of revision 1; deployed because `skip-unchanged` is false.',
  ],
  [
    'a Job that runs at every upgrade',
    { records: [ours(1, { hooks: [HOOK] })], rendered: `${CONFIG}---\n${HOOK}` },
    'out-of-sync',
    DEPLOY,
    'Its hook Job migrate runs at every deploy, and did not run for revision 1.',
  ],
  [
    'a Job that only an install runs',
    { records: [ours(1, { hooks: [INSTALL_HOOK] })], rendered: `${CONFIG}---\n${INSTALL_HOOK}` },
    'in-sync',
    '',
    'Revision 1 is verified and nothing differs from it.',
  ],
  [
    'failed, equal',
    {
      records: [
        old(1),
        record(2, {
          status: 'failed',
          labels: attempted(2),
          description: 'Upgrade "app" failed: it broke',
        }),
      ],
    },
    'failed',
    DEPLOY,
    'Revision 2 failed: Upgrade "app" failed: it broke',
  ],
  [
    'failed by our verdict alone',
    { records: [ours(1, { labels: { ...verified(1), 'slipway-failed': '1' } })] },
    'failed',
    DEPLOY,
    'Revision 1 failed: Upgrade complete',
  ],
  [
    'left pending by a run of ours',
    { records: [old(1), record(2, { status: 'pending-upgrade', labels: attempted(2) })] },
    'locked',
    `unlock, ${DEPLOY}`,
    'Revision 2 is pending-upgrade: the helm that made it has not ended, or was killed.',
  ],
  [
    'left pending in a hook by a run of ours',
    {
      records: [
        old(1),
        record(2, { status: 'pending-upgrade', labels: attempted(2), hooks: [HOOK] }),
      ],
    },
    'locked',
    `await-hooks, unlock, ${DEPLOY}`,
    'Revision 2 is pending-upgrade: the helm that made it has not ended, or was killed.',
  ],
  [
    'never judged, equal',
    { records: [old(1), record(2, { labels: attempted(2) })] },
    'in-sync',
    `settle, ${DEPLOY}`,
    'Revision 2 was never verified, because the run that made it was interrupted; nothing differs from it, so it is watched first.',
  ],
  [
    'never judged, equal, `skip-unchanged: false`',
    { records: [record(1, { labels: attempted(1) })], policy: { skipUnchanged: false } },
    'in-sync',
    `settle, ${DEPLOY}`,
    'Revision 1 was never verified, because the run that made it was interrupted; nothing differs from it, so it is watched first.',
  ],
  [
    'never judged, different',
    { records: [old(1), record(2, { labels: attempted(2) })], rendered: OTHER },
    'out-of-sync',
    DEPLOY,
    'Revision 2 was never verified, because the run that made it was interrupted; the chart or its values differ from it.',
  ],
  [
    'foreign, equal',
    { records: [old(1), record(2, { labels: verified(1) })] },
    'in-sync',
    `settle, ${DEPLOY}`,
    "Release app was changed by somebody else's helm (revision 2, 2026-01-01); nothing differs from it, so it is watched first.",
  ],
  [
    'foreign, equal, with a value that no layer sets',
    { records: [old(1), record(2, { labels: verified(1), config: { a: 1 } })] },
    'out-of-sync',
    DEPLOY,
    "Release app was changed by somebody else's helm (revision 2, 2026-01-01); this deploy takes it over and drops the values that no layer sets.",
  ],
  [
    'foreign, different',
    { records: [record(1)], rendered: OTHER },
    'out-of-sync',
    DEPLOY,
    "Release app was deployed by somebody else's helm (revision 1, 2026-01-01); this deploy takes it over.",
  ],
])('%s', (_, given, verdict, operations, reason) => {
  const planned = plan(given);
  expect([planned.verdict, tell(planned.operations), planned.reason]).toEqual([
    verdict,
    operations,
    reason,
  ]);
  expect(planned.problems).toEqual([]);
});

describe('a pending record', () => {
  // The state was read an hour after the records were written; the timeout is five minutes.
  const pending = (updated: string, labels = {}) =>
    plan({ records: [old(1), record(2, { status: 'pending-upgrade', updated, labels })] }).lock;

  test('of somebody else who may still be at work locks the release', () => {
    expect(pending('2026-01-01T00:55:00Z')).toMatchObject({
      code: 'locked',
      message: 'Revision 2 of app is pending-upgrade: another helm began it 300 s ago.',
    });
  });
  test('of somebody else is taken over when it is old', () => {
    expect(pending('2026-01-01T00:53:59Z')).toBe(undefined);
  });
  test('of ours is guarded by the Lease, however young', () => {
    expect(pending('2026-01-01T00:59:59Z', attempted(2))).toBe(undefined);
  });
  test('of a clock ahead of ours is young', () => {
    expect(pending('2026-01-01T01:05:00Z')).toMatchObject({ code: 'locked' });
  });
});

describe('changes', () => {
  test('are relative to the last good revision, not to the newest', () => {
    const failed = record(2, { status: 'failed', manifest: OTHER, labels: attempted(2) });
    const planned = plan({ records: [ours(1), failed], rendered: OTHER });
    expect(planned.against).toBe(1);
    expect(planned.changes).toMatchObject([{ action: 'update' }]);
  });
  test('after an uninstall everything is created', () => {
    const planned = plan({ records: [old(1), ours(2, { status: 'uninstalled' })] });
    expect(planned.against).toBe(undefined);
    expect(planned.changes).toMatchObject([{ action: 'create' }]);
  });
});

describe('live objects are read', () => {
  const { source } = makeRendering(CONFIG);
  const read = (records: readonly KubeObject[], policy: Partial<Policy> = {}, now = source) =>
    planReads(makeSpec(policy), makeState(records), now).live.length;

  test.each<[string, number, number]>([
    ['when the record holds', read([ours(1)]), 1],
    ['not on a first install', read([]), 0],
    ['not when chart or values differ', read([ours(1)], {}, 'another'), 0],
    ['not when nothing is to be skipped', read([ours(1)], { skipUnchanged: false }), 0],
    ['not over what was never judged', read([record(1)]), 0],
  ])('%s', (_, actual, expected) => {
    expect(actual).toBe(expected);
  });
});
