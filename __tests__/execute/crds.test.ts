import { describe, expect, test } from '@jest/globals';
import { applyCrds, createCrds } from '../../src/execute/crds.ts';
import { ApiError } from '../../src/ports.ts';
import { parseManifest } from '../../src/release/manifest.ts';
import type { ReleaseObject } from '../../src/release/object.ts';
import { fakeClock } from '../fakes/clock.ts';
import { fakeCluster, forbidden } from '../fakes/cluster.ts';

const [CRD] = parseManifest(
  '{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: widgets.example.com, creationTimestamp: null}, spec: {}, status: {conditions: []}}',
  '',
) as [ReleaseObject];

function makeWorld() {
  const cluster = fakeCluster();
  const clock = fakeClock();
  const { signal } = new AbortController();
  const become = (condition: object) =>
    cluster.put({ ...CRD.object, status: { conditions: [condition] } });
  const run = (write = applyCrds) =>
    write([CRD], { cluster, clock, signal, deadline: clock.monotonic() + 5_000 });
  return { cluster, clock, become, run };
}

test('applied without what generators leave, and awaited', async () => {
  const { cluster, clock, run, become } = makeWorld();
  const done = run();
  await clock.advance(1_000);
  expect(cluster.find('CustomResourceDefinition', 'widgets.example.com')).not.toHaveProperty(
    'status',
  );
  become({ type: 'Established', status: 'True' });
  expect(await clock.pass(done)).toBe('1 established');
  expect(cluster.writes).toEqual(['apply CustomResourceDefinition widgets.example.com']);
});

test('names that another CRD has are told at once', async () => {
  const { clock, run, become } = makeWorld();
  const done = run();
  const told = expect(done).rejects.toMatchObject({
    code: 'crd-not-established',
    message: 'CustomResourceDefinition widgets.example.com was not established: "Widget" is taken',
  });
  await clock.settle();
  become({ type: 'NamesAccepted', status: 'False', message: '"Widget" is taken' });
  await clock.advance(500);
  await told;
});

test('not for longer than the timeout', async () => {
  const { clock, run } = makeWorld();
  await expect(clock.pass(run())).rejects.toMatchObject({ code: 'crd-not-established' });
  expect(clock.monotonic()).toBe(5_000);
});

test('a missing right is named, and what to do without it', async () => {
  const { cluster, run } = makeWorld();
  cluster.refuse = (verb) => (verb === 'apply' ? forbidden('patch') : undefined);
  await expect(run()).rejects.toMatchObject({
    code: 'forbidden',
    hint: expect.stringContaining('or set `crds: helm`'),
  });
});

test('what the server says against a CRD is told with its name', async () => {
  const { cluster, run } = makeWorld();
  const refusal = new ApiError(422, 'Invalid', 'status.storedVersions[0]: missing from spec');
  cluster.refuse = (verb) => (verb === 'apply' ? refusal : undefined);
  await expect(run()).rejects.toMatchObject({
    code: 'crd-refused',
    message: expect.stringContaining('widgets.example.com failed: status.storedVersions[0]'),
  });
});

describe('created for a first install', () => {
  test('and awaited, because helm 4 is not patient', async () => {
    const { cluster, clock, run, become } = makeWorld();
    const done = run(createCrds);
    await clock.advance(1_000);
    become({ type: 'Established', status: 'True' });
    expect(await clock.pass(done)).toBe('1 established');
    expect(cluster.writes).toEqual(['create CustomResourceDefinition widgets.example.com']);
  });

  test('never over one that somebody else made meanwhile', async () => {
    const { cluster, clock, run, become } = makeWorld();
    become({ type: 'Established', status: 'True' });
    expect(await clock.pass(run(createCrds))).toBe('1 established');
    expect(cluster.find('CustomResourceDefinition', 'widgets.example.com')).toHaveProperty(
      'status',
    );
  });

  test('a missing right is named, and what to do without it', async () => {
    const { cluster, run } = makeWorld();
    cluster.refuse = (verb) => (verb === 'create' ? forbidden('create') : undefined);
    await expect(run(createCrds)).rejects.toMatchObject({
      code: 'forbidden',
      hint: expect.stringContaining('or set `crds: skip`'),
    });
  });
});
