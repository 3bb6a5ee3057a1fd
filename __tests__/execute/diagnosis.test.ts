import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { diagnose } from '../../src/execute/diagnosis.ts';
import { startObserver } from '../../src/execute/observer.ts';
import { type RestartMemory, rememberRestarts } from '../../src/execute/restarts.ts';
import type { Suspicion } from '../../src/execute/suspicion.ts';
import type { KubeObject } from '../../src/release/object.ts';
import { fakeClock } from '../fakes/clock.ts';
import { fakeCluster } from '../fakes/cluster.ts';
import { parseOne } from '../fakes/plan.ts';
import {
  type ContainerState,
  MIGRATE,
  makeDeployment,
  makeJob,
  makePod,
  makeReplicaSet,
  makeWarning,
  WEB,
} from './pods.ts';

/** What is found of one object when the cluster holds these. */
async function find(
  objects: readonly KubeObject[],
  manifest = WEB,
  memory: RestartMemory = new Map(),
): Promise<readonly Suspicion[]> {
  const cluster = fakeCluster();
  for (const object of objects) cluster.put(object);
  const object = parseOne(manifest);
  const stop = new AbortController();
  const limits = { signal: stop.signal, clock: fakeClock(), deadline: 1_000 };
  const observer = await startObserver(cluster, [object], limits);
  stop.abort();
  return diagnose(object, observer, memory);
}

const web = (...pods: KubeObject[]) => [makeDeployment(), makeReplicaSet(), ...pods];
const job = (name: string, annotations = '') =>
  `{apiVersion: batch/v1, kind: Job, metadata: {name: ${name}, annotations: {${annotations}}}}`;

type Case = readonly [what: string, state: ContainerState, expected: Partial<Suspicion>];

test.each<Case>([
  [
    'a crash, not yet certain',
    { restarts: 2, waiting: 'CrashLoopBackOff', last: 3 },
    { code: 'crash-loop', certain: false, exitCode: 3, restarts: 2, reason: 'CrashLoopBackOff' },
  ],
  [
    'the third restart',
    { restarts: 3, waiting: 'CrashLoopBackOff', last: 3 },
    {
      code: 'crash-loop',
      certain: true,
      message:
        'Deployment web: container main of pod web-1 is in CrashLoopBackOff: exit code 3, 3 restarts.',
    },
  ],
  [
    'a crash seen before the kubelet says so',
    { restarts: 1, terminated: 2 },
    { code: 'crash-loop', certain: false, reason: 'Error', exitCode: 2 },
  ],
  ['running again', { restarts: 3, last: 3 }, { code: 'crash-loop', certain: true, exitCode: 3 }],
  [
    'a program that ends well, but ends',
    { restarts: 3, waiting: 'CrashLoopBackOff', last: 0 },
    { code: 'crash-loop', certain: true, exitCode: 0 },
  ],
  [
    'out of memory',
    { restarts: 3, waiting: 'CrashLoopBackOff', last: 137, reason: 'OOMKilled' },
    {
      code: 'crash-loop',
      certain: true,
      exitCode: 137,
      advice: 'Raise the memory limit of this container.',
      message: expect.stringContaining('out of memory, exit code 137') as unknown as string,
    },
  ],
  [
    'an image that cannot be pulled',
    { waiting: 'ImagePullBackOff', message: 'not\nfound' },
    {
      code: 'image-pull',
      certain: false,
      message: expect.stringContaining('not found') as unknown as string,
    },
  ],
  ['an image error', { waiting: 'ErrImagePull' }, { code: 'image-pull', certain: false }],
  [
    'an invalid image name',
    { waiting: 'InvalidImageName' },
    { code: 'invalid-image', certain: true },
  ],
  [
    'a Secret that is missing',
    { waiting: 'CreateContainerConfigError', message: 'secret "s" not found' },
    { code: 'config-error', certain: false },
  ],
])('%s', async (_, state, expected) => {
  const [found, ...more] = await find(web(makePod({ containers: [state] })));
  expect(found).toMatchObject({
    object: { kind: 'Deployment', name: 'web' },
    pod: 'web-1',
    container: 'main',
    ...expected,
  });
  expect(more).toEqual([]);
});

test.each<[string, readonly KubeObject[]]>([
  ['being created', web(makePod({ containers: [{ waiting: 'ContainerCreating' }] }))],
  ['ready after a crash', web(makePod({ containers: [{ restarts: 3, ready: true, last: 1 }] }))],
  ['not there', []],
  ['without pods', web()],
  [
    'pods of an older revision only',
    [
      makeDeployment({ revision: '2' }),
      makeReplicaSet('1'),
      makeReplicaSet('2'),
      makePod({ containers: [{ restarts: 9, waiting: 'CrashLoopBackOff', last: 1 }] }),
    ],
  ],
])('nothing is found of a Deployment that is %s', async (_, objects) => {
  expect(await find(objects)).toEqual([]);
});

test('an init container that crashes is named', async () => {
  const pod = makePod({
    phase: 'Pending',
    init: [{ name: 'wait-for-db', restarts: 3, waiting: 'CrashLoopBackOff', last: 1 }],
    containers: [{ waiting: 'PodInitializing' }],
  });
  expect(await find(web(pod))).toMatchObject([
    { code: 'crash-loop', container: 'wait-for-db', certain: true },
  ]);
});

test('an init container that has done its work is no trouble', async () => {
  const pod = makePod({
    init: [{ name: 'wait', restarts: 2, ready: true, terminated: 0, last: 1 }],
    containers: [{ ready: true }],
  });
  expect(await find(web(pod))).toEqual([]);
});

test('restarts from before the operation do not count', async () => {
  const state = { waiting: 'CrashLoopBackOff', last: 1 };
  const memory: RestartMemory = new Map();
  rememberRestarts(memory, [makePod({ containers: [{ ...state, restarts: 5 }] })], 'all');
  const at = (restarts: number) =>
    find(web(makePod({ containers: [{ ...state, restarts }] })), WEB, memory);
  expect(await at(5)).toEqual([]);
  expect(await at(7)).toMatchObject([{ certain: false }]);
  expect(await at(8)).toMatchObject([{ certain: true, restarts: 8 }]);
});

test('the refusal to create pods comes before what their predecessors do', async () => {
  const refusal = {
    type: 'ReplicaFailure',
    status: 'True',
    reason: 'FailedCreate',
    message: 'quota',
  };
  const objects = [
    makeDeployment(),
    makeReplicaSet('1', [refusal]),
    makePod({ containers: [{ restarts: 1, terminated: 1 }] }),
  ];
  expect(await find(objects)).toMatchObject([
    { code: 'create-refused', certain: false, message: 'Deployment web cannot create pods: quota' },
    { code: 'crash-loop' },
  ]);
});

test.each([
  ['0/3 nodes: 3 Insufficient cpu.', /^Lower the requests/],
  ["0/3 nodes: 3 node(s) didn't have free ports for the requested pod ports.", /`hostPort`/],
])('a pod that no node takes: %s', async (message, advice) => {
  const conditions = [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message }];
  expect(await find(web(makePod({ phase: 'Pending', conditions })))).toMatchObject([
    {
      code: 'unschedulable',
      certain: false,
      message: expect.stringContaining(message),
      advice: expect.stringMatching(advice),
    },
  ]);
});

test('a pod that runs and is not ready', async () => {
  expect(await find(web(makePod({ containers: [{}] })))).toMatchObject([
    { code: 'probe-failing', certain: false, container: 'main' },
  ]);
});

describe('Jobs', () => {
  const pod = makePod({
    owner: 'uid-migrate',
    phase: 'Failed',
    spec: { restartPolicy: 'Never' },
    containers: [{ terminated: 4 }],
  });

  test.each<[string, string, string]>([
    ['of the manifest', job('migrate'), 'job-failed'],
    ['of a hook', MIGRATE, 'hook-failed'],
  ])('a failed Job %s is certain', async (_, manifest, code) => {
    const found = await find([makeJob('migrate', 'Failed')], manifest);
    expect(found).toMatchObject([
      { code, certain: true, message: 'Job migrate failed: BackoffLimitExceeded (It failed).' },
    ]);
  });

  test('a Job with tries left is not certain', async () => {
    expect(await find([makeJob('migrate'), pod], MIGRATE)).toMatchObject([
      { code: 'pod-failed', certain: false, exitCode: 4 },
    ]);
  });

  test('nor one whose pod crashes again and again', async () => {
    const crashing = makePod({
      owner: 'uid-migrate',
      containers: [{ restarts: 5, waiting: 'CrashLoopBackOff', last: 4 }],
    });
    expect(await find([makeJob('migrate'), crashing], MIGRATE)).toMatchObject([
      { code: 'crash-loop', certain: false },
    ]);
  });

  test('a pod of a Job without a probe that runs is no trouble', async () => {
    const running = makePod({
      owner: 'uid-migrate',
      containers: [{}],
      spec: { restartPolicy: 'Never', containers: [{ name: 'main' }] },
    });
    expect(await find([makeJob('migrate'), running], MIGRATE)).toEqual([]);
  });
});

test.each<[string, boolean]>([
  ['Never', true],
  ['Always', false],
])('a bare Pod that failed, restartPolicy %s: certain %s', async (restartPolicy, certain) => {
  const pod = makePod({
    phase: 'Failed',
    spec: { restartPolicy },
    containers: [{ terminated: 1 }],
  });
  const manifest = '{apiVersion: v1, kind: Pod, metadata: {name: web-1}}';
  expect(await find([pod], manifest)).toMatchObject([{ code: 'pod-failed', certain }]);
});

describe('claims', () => {
  const CLAIM = '{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: data}}';
  const claim = (phase: string): KubeObject => ({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'data', namespace: 'shop', uid: 'claim-1' },
    status: { phase },
  });
  const warning = makeWarning('claim-1', 'ProvisioningFailed', 'no such class');

  test('pending with a warning', async () => {
    expect(await find([claim('Pending'), warning], CLAIM)).toMatchObject([
      { code: 'claim-pending', certain: false, reason: 'ProvisioningFailed' },
    ]);
  });
  test.each<[string, readonly KubeObject[]]>([
    ['pending', [claim('Pending')]],
    ['bound', [claim('Bound'), warning]],
  ])('%s is no trouble', async (_, objects) => {
    expect(await find(objects, CLAIM)).toEqual([]);
  });
});

test('never throws, whatever a status holds', async () => {
  const fields = fc.oneof(
    fc.jsonValue(),
    fc.dictionary(
      fc.constantFrom('conditions', 'containerStatuses', 'initContainerStatuses', 'phase'),
      fc.oneof(fc.jsonValue(), fc.array(fc.dictionary(fc.string(), fc.jsonValue()))),
    ),
  );
  await fc.assert(
    fc.asyncProperty(fields, fields, fields, async (deployment, pod, spec) => {
      const objects = [
        { ...makeDeployment(), status: deployment },
        makeReplicaSet(),
        { ...makePod(), status: pod, spec },
      ];
      for (const { message } of await find(objects)) expect(message).not.toContain('\n');
    }),
    { seed: 7, numRuns: 200 },
  );
});
