import { describe, expect, test } from '@jest/globals';
import type { Outcome, Step } from '../../src/execute/outcome.ts';
import type { Change, Plan } from '../../src/plan/plan.ts';
import type { KubeObject, ReleaseObject } from '../../src/release/object.ts';
import { toKey, toRef } from '../../src/release/object.ts';
import type { Revision } from '../../src/release/revision.ts';
import { toExecutedTarget, toPlannedTarget, toRefusedTarget } from '../../src/report/build.ts';
import { renderStepTitle } from '../../src/report/step-title.ts';
import { CLIENT_SIDE, makeUpgrade } from '../fakes/plan.ts';
import { makeChange } from './reports.ts';

const PASSWORD = 'hunter2-is-secret';

function release(object: KubeObject): ReleaseObject {
  const ref = toRef(object, 'payments');
  return { key: toKey(ref), ref, object, source: 'templates/x.yaml' };
}

const SECRET = release({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'api-env' },
  stringData: { password: PASSWORD },
});
const INGRESS = release({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: 'api' },
  spec: { rules: [{ host: 'api.acme.io' }], tls: [{}] },
});

function revision(number: number, more: Partial<Revision> = {}): Revision {
  return {
    number,
    status: 'deployed',
    description: 'Upgrade complete',
    verdict: 'verified',
    chart: 'api-1.4.2',
    appVersion: '2.2.1',
    applied: 'server-side',
    objects: [SECRET],
    updated: 0,
    source: 'abc',
    inputs: '',
    config: {},
    resourceVersion: '1',
    ...more,
  };
}

function makePlan(more: Partial<Plan> = {}): Plan {
  const none = { type: 'none' } as const;
  return {
    spec: {
      target: {
        environment: 'production',
        release: 'api',
        namespace: { name: 'payments', create: true, labels: {} },
      },
      cluster: { provider: 'kubeconfig', kubeconfig: PASSWORD, directory: '/', context: '' },
      chart: { type: 'folder', path: '/chart', folder: '/chart', written: 'chart' },
      layers: [{ type: 'inline', text: `password: ${PASSWORD}` }],
      needs: [],
      policy: {
        timeout: 600_000,
        onFailure: 'rollback',
        skipUnchanged: true,
        waitForLock: 0,
        historyMax: 10,
        wait: 'ours',
        crds: 'helm',
      },
      helm: {
        args: [],
        serverSide: 'auto',
        forceConflicts: false,
        takeOwnership: false,
        skipSchemaValidation: false,
      },
      warnings: [],
    },
    base: {
      history: [revision(3)],
      lastGood: 3,
      namespace: 'present',
      readAt: 0,
      live: new Map(),
      versions: { server: 'v1.36.3', helm: '4.3.1' },
    },
    rendering: {
      chart: { name: 'api', version: '1.5.0', appVersion: '2.3.0' },
      chartDigest: 'sha256:0',
      source: 'def',
      objects: [SECRET, INGRESS],
      notes: [],
    },
    verdict: 'out-of-sync',
    reason: 'The chart differs.',
    against: 3,
    changes: [],
    dropped: [],
    problems: [],
    operations: [makeUpgrade(4), { type: 'watch', revision: 4, objects: [SECRET] }],
    remedy: {
      'before-change': none,
      'pre-hook': none,
      apply: none,
      rollout: { type: 'rollback', to: 3, historyMax: 10, method: CLIENT_SIDE },
      'post-hook': none,
      verify: none,
      migrated: none,
    },
    digest: 'd1',
    ...more,
  };
}

function makeOutcome(more: Partial<Outcome> = {}): Outcome {
  const plan = more.plan ?? makePlan();
  const steps: readonly Step[] = plan.operations.map((operation) => ({
    operation,
    phase: 'apply',
    result: 'done',
    started: '2026-03-02T14:10:00.000Z',
    duration: 1,
    detail: '',
  }));
  return {
    plan,
    steps,
    after: { ...plan.base, history: [revision(3), revision(4)] },
    stale: [],
    notes: [],
    result: 'deployed',
    code: 'deployed',
    ...more,
  };
}

describe('a plan', () => {
  test('destructive changes come first, in the order of the plan within', () => {
    const actions: readonly Change['action'][] = ['create', 'update', 'delete', 'update', 'delete'];
    const changes = actions.map((action, i) => makeChange(i, { action }));
    const { plan } = toPlannedTarget(makePlan({ changes }));
    expect(plan.changes.map(({ ref }) => ref.name)).toEqual([
      'object-2',
      'object-4',
      'object-1',
      'object-3',
      'object-0',
    ]);
  });

  test.each<[string, Partial<Plan>, string, string]>([
    ['out of sync', {}, 'planned', 'out-of-sync'],
    ['in sync', { operations: [], verdict: 'in-sync' }, 'unchanged', 'in-sync'],
    [
      'beside another run',
      {
        operations: [],
        changes: [],
        verdict: 'locked',
        lock: { code: 'locked', message: 'm', hint: 'h' },
      },
      'planned',
      'locked',
    ],
    [
      'with problems',
      { problems: [{ code: 'template-error', message: 'm', hint: 'h' }] },
      'refused',
      'template-error',
    ],
  ])('%s', (_name, more, result, code) => {
    expect(toPlannedTarget(makePlan(more))).toMatchObject({ result, code });
  });

  test('says what it would do, and what happens when that fails', () => {
    const { plan } = toPlannedTarget(makePlan());
    expect(plan.operations).toEqual([
      'helm upgrade to revision 4',
      'watch the rollout of revision 4',
    ]);
    expect(plan.onFailure).toBe('If the rollout fails, it is rolled back to revision 3.');
    expect(plan.previousChart).toBe('api-1.4.2');
  });

  test('values of Secrets that slipped into it are taken out again', () => {
    const ref = { apiVersion: 'v1', kind: 'Secret', namespace: 'payments', name: 'api-env' };
    const annotation = 'metadata.annotations["kubectl.kubernetes.io/last-applied-configuration"]';
    const fields = [
      { path: 'data.password', old: 'a', new: PASSWORD },
      { path: 'stringData["a.b"]', new: PASSWORD },
      { path: annotation, old: PASSWORD },
      { path: 'metadata.labels.app', old: 'a', new: 'b' },
    ];
    const { plan } = toPlannedTarget(makePlan({ changes: [makeChange(0, { ref, fields })] }));
    expect(plan.changes[0]?.fields).toEqual([
      { path: 'data.password', secret: 'changed' },
      { path: 'stringData["a.b"]', secret: 'added' },
      { path: annotation, secret: 'removed' },
      { path: 'metadata.labels.app', old: 'a', new: 'b' },
    ]);
  });
});

test('values under the name of a secret are taken out of the report', () => {
  const dropped = [
    { path: 'db.password', value: JSON.stringify(PASSWORD) },
    { path: 'auth.enabled', value: 'true' },
    { path: 'db.host', value: '"pg"' },
  ];
  const values = [{ path: 'x', value: PASSWORD, from: 'set', secret: true }];
  const { plan } = toPlannedTarget(makePlan({ dropped, values }));
  expect(plan.dropped.map(({ value }) => value)).toEqual(['', 'true', '"pg"']);
  expect(plan.values?.map(({ value }) => value)).toEqual(['']);
});

describe('an outcome', () => {
  test('tells revision, attempt and address, and nothing secret', () => {
    const target = toExecutedTarget(makeOutcome());
    expect(target).toMatchObject({ revision: 4, attempted: 4, url: 'https://api.acme.io' });
    expect(JSON.stringify(target)).not.toContain(PASSWORD);
  });

  test('the address is told only when a good revision runs', () => {
    expect(toExecutedTarget(makeOutcome({ result: 'failed' })).url).toBeUndefined();
  });

  test('a run that never reached helm attempted nothing', () => {
    expect(toExecutedTarget(makeOutcome({ steps: [] })).attempted).toBeUndefined();
  });
});

test('what was refused is told by its first problem', () => {
  const where = { environment: '', release: 'api', namespace: 'payments' };
  const problems = [{ code: 'locked', message: 'm', hint: 'h' }];
  expect(toRefusedTarget(where, problems)).toMatchObject({ result: 'refused', code: 'locked' });
  expect(toRefusedTarget(where, []).code).toBe('internal-error');
});

test.each([
  [{ type: 'create-namespace', namespace: 'payments', labels: {} }, 'create namespace payments'],
  [makeUpgrade(1), 'helm install, revision 1'],
  [
    { ...makeUpgrade(2), method: { serverSide: true, forceConflicts: true } },
    'helm upgrade to revision 2, server-side, taking fields from others',
  ],
  [
    { ...makeUpgrade(2), takeOwnership: true, wait: 'all' },
    'helm upgrade to revision 2, taking objects from others, waiting for readiness before post-hooks',
  ],
  [{ type: 'unlock', revision: 4 }, 'unlock revision 4, whose run is dead'],
  [
    { type: 'await-hooks', objects: [SECRET, SECRET, SECRET, SECRET] },
    'wait for hooks of an earlier revision: Secret api-env, Secret api-env, Secret api-env and 1 more',
  ],
  [{ type: 'stop-hooks' }, 'stop hooks that still run'],
  [{ type: 'rollback', to: 3 }, 'helm rollback to revision 3'],
] as const)('title of %j', (operation, expected) => {
  expect(renderStepTitle(operation)).toBe(expected);
});
