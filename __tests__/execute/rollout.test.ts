import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { judgeReadiness, type Readiness } from '../../src/execute/rollout.ts';
import type { KubeObject } from '../../src/release/object.ts';

type Case = readonly [
  what: string,
  spec: object,
  status: object | undefined,
  Readiness['state'],
  string,
];

const live = (kind: string, spec: unknown, status: unknown, generation = 2): KubeObject => ({
  apiVersion: 'v1',
  kind,
  metadata: { name: 'web', generation },
  spec,
  ...(status !== undefined && { status }),
});

const seen = { observedGeneration: 2 };
const done = { ...seen, replicas: 3, updatedReplicas: 3, availableReplicas: 3, readyReplicas: 3 };
const condition = (type: string, status = 'True', more = {}) => ({
  conditions: [
    { type: 'Other', status: 'True' },
    { type, status, ...more },
  ],
});

const TABLES: Readonly<Record<string, readonly Case[]>> = {
  Deployment: [
    ['without status', { replicas: 3 }, undefined, 'progressing', 'no status yet'],
    [
      'an older generation',
      { replicas: 3 },
      { ...done, observedGeneration: 1 },
      'progressing',
      'not yet seen by its controller',
    ],
    [
      'not updated',
      { replicas: 3 },
      { ...done, updatedReplicas: 1 },
      'progressing',
      '1 of 3 pods updated',
    ],
    [
      'with one old pod',
      { replicas: 3 },
      { ...done, replicas: 4 },
      'progressing',
      '1 old pod to be replaced',
    ],
    [
      'with old pods',
      { replicas: 3 },
      { ...done, replicas: 5 },
      'progressing',
      '2 old pods to be replaced',
    ],
    [
      'not available',
      { replicas: 3 },
      { ...done, availableReplicas: 2 },
      'progressing',
      '2 of 3 pods ready',
    ],
    ['available', { replicas: 3 }, done, 'ready', '3 of 3 pods ready'],
    [
      'without replicas it wants one',
      {},
      { ...seen, replicas: 1, updatedReplicas: 1 },
      'progressing',
      '0 of 1 pods ready',
    ],
    ['scaled to nothing', { replicas: 0 }, seen, 'ready', '0 of 0 pods ready'],
    ['paused', { paused: true, replicas: 3 }, seen, 'ready', 'paused'],
    [
      'past its progress deadline is not given up',
      { replicas: 3 },
      { ...done, availableReplicas: 2, ...condition('Progressing', 'False') },
      'progressing',
      '2 of 3 pods ready',
    ],
  ],
  StatefulSet: [
    ['without status', { replicas: 3 }, undefined, 'progressing', 'no status yet'],
    [
      'an older generation',
      { replicas: 3 },
      { ...done, observedGeneration: 1 },
      'progressing',
      'not yet seen by its controller',
    ],
    [
      'half updated',
      { replicas: 3 },
      { ...done, currentRevision: 'a', updateRevision: 'b', updatedReplicas: 1 },
      'progressing',
      '1 of 3 pods updated',
    ],
    [
      'updated, not ready',
      { replicas: 3 },
      { ...done, currentRevision: 'a', updateRevision: 'b', readyReplicas: 2 },
      'progressing',
      '2 of 3 pods ready',
    ],
    [
      'one revision, ready',
      { replicas: 3 },
      { ...seen, currentRevision: 'b', updateRevision: 'b', readyReplicas: 3 },
      'ready',
      '3 of 3 pods ready',
    ],
    [
      'beyond its partition',
      { replicas: 3, updateStrategy: { rollingUpdate: { partition: 2 } } },
      { ...done, currentRevision: 'a', updateRevision: 'b', updatedReplicas: 1 },
      'ready',
      '3 of 3 pods ready',
    ],
    [
      'updated only when deleted',
      { replicas: 3, updateStrategy: { type: 'OnDelete' } },
      { ...done, currentRevision: 'a', updateRevision: 'b', updatedReplicas: 0 },
      'ready',
      '3 of 3 pods ready',
    ],
  ],
  DaemonSet: [
    ['without status', {}, undefined, 'progressing', 'no status yet'],
    [
      'not updated',
      {},
      { ...seen, desiredNumberScheduled: 3, updatedNumberScheduled: 2, numberAvailable: 3 },
      'progressing',
      '2 of 3 pods updated',
    ],
    [
      'not available',
      {},
      { ...seen, desiredNumberScheduled: 3, updatedNumberScheduled: 3, numberAvailable: 1 },
      'progressing',
      '1 of 3 pods ready',
    ],
    [
      'available',
      {},
      { ...seen, desiredNumberScheduled: 3, updatedNumberScheduled: 3, numberAvailable: 3 },
      'ready',
      '3 of 3 pods ready',
    ],
    [
      'updated only when deleted',
      { updateStrategy: { type: 'OnDelete' } },
      { ...seen, desiredNumberScheduled: 3, numberAvailable: 3 },
      'ready',
      '3 of 3 pods ready',
    ],
    ['no node for it', {}, { ...seen, desiredNumberScheduled: 0 }, 'ready', '0 of 0 pods ready'],
  ],
  ReplicaSet: [
    [
      'not ready',
      { replicas: 2 },
      { ...seen, readyReplicas: 1 },
      'progressing',
      '1 of 2 pods ready',
    ],
    ['ready', { replicas: 2 }, { ...seen, readyReplicas: 2 }, 'ready', '2 of 2 pods ready'],
  ],
  Job: [
    ['begun', {}, {}, 'progressing', '0 of 1 completed'],
    ['some of it', { completions: 3 }, { succeeded: 1 }, 'progressing', '1 of 3 completed'],
    ['complete', {}, { succeeded: 1, ...condition('Complete') }, 'ready', 'completed'],
    [
      'failed',
      {},
      condition('Failed', 'True', { reason: 'BackoffLimitExceeded' }),
      'failed',
      'failed: BackoffLimitExceeded',
    ],
    [
      'failed once, with tries left',
      { backoffLimit: 3 },
      { failed: 1 },
      'progressing',
      '0 of 1 completed',
    ],
    [
      'a condition that is not so',
      {},
      condition('Failed', 'False'),
      'progressing',
      '0 of 1 completed',
    ],
    ['suspended', { suspend: true }, {}, 'ready', 'suspended'],
  ],
  Pod: [
    ['without status', {}, undefined, 'progressing', 'pending'],
    ['running', {}, { phase: 'Running', ...condition('Ready', 'False') }, 'progressing', 'running'],
    ['ready', {}, { phase: 'Running', ...condition('Ready') }, 'ready', 'ready'],
    ['completed', { restartPolicy: 'Never' }, { phase: 'Succeeded' }, 'ready', 'completed'],
    ['failed', { restartPolicy: 'Never' }, { phase: 'Failed' }, 'failed', 'failed'],
    [
      'failed, and tried again',
      { restartPolicy: 'Always' },
      { phase: 'Failed' },
      'progressing',
      'failed',
    ],
  ],
  PersistentVolumeClaim: [
    ['without status', {}, undefined, 'progressing', 'pending'],
    ['bound', {}, { phase: 'Bound' }, 'ready', 'bound'],
    ['lost', {}, { phase: 'Lost' }, 'progressing', 'lost'],
  ],
  Service: [['any other kind', {}, undefined, 'ready', 'applied']],
};

describe.each(Object.entries(TABLES))('%s', (kind, cases) => {
  test.each(cases)('%s', (_, spec, status, state, message) => {
    expect(judgeReadiness(kind, live(kind, spec, status))).toEqual({ state, message });
  });

  test('that is not there', () => {
    const expected =
      kind === 'Service'
        ? { state: 'ready', message: 'applied' }
        : { state: 'progressing', message: 'not created yet' };
    expect(judgeReadiness(kind, undefined)).toEqual(expected);
  });
});

const kinds = fc.constantFrom(...Object.keys(TABLES));
const FIELDS = [
  'conditions',
  'observedGeneration',
  'replicas',
  'updateStrategy',
  'readyReplicas',
  'phase',
  'completions',
];
const anyFields = fc.oneof(
  fc.jsonValue(),
  fc.dictionary(fc.constantFrom(...FIELDS), fc.jsonValue()),
);

test('never throws, whatever a status holds', () => {
  fc.assert(
    fc.property(kinds, anyFields, anyFields, (kind, spec, status) => {
      const { state } = judgeReadiness(kind, live(kind, spec, status));
      expect(['progressing', 'ready', 'failed']).toContain(state);
    }),
    { seed: 7, numRuns: 300 },
  );
});

test('a status of an older generation never says ready', () => {
  const watched = kinds.filter((kind) => kind !== 'Service');
  fc.assert(
    fc.property(watched, anyFields, anyFields, (kind, spec, status) => {
      const old = { ...(status as object), observedGeneration: 1 };
      expect(judgeReadiness(kind, live(kind, spec, old)).state).toBe('progressing');
    }),
    { seed: 7, numRuns: 200 },
  );
});
