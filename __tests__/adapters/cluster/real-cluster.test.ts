import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { User } from '../../../local-cluster/cluster.ts';
import { until } from '../../../local-cluster/wait.ts';
import { createCluster } from '../../../src/adapters/cluster.ts';
import type { Cluster } from '../../../src/ports.ts';
import type { KubeObject } from '../../../src/release/object.ts';
import { pod, useCluster } from '../../local-cluster/under-test.ts';

/* The adapter against a true API server. */

let real: Awaited<ReturnType<typeof useCluster>>;
let deployer: Cluster;
beforeAll(async () => {
  real = await useCluster();
  deployer = as('deployer');
}, 300_000);
afterAll(() => real?.end());

function as(user: User): Cluster {
  return createCluster(real.cluster.kubeconfig(user));
}

function configMap(name: string, data: Record<string, string> = { a: '1' }): KubeObject {
  const metadata = { name, namespace: real.namespace };
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata, data };
}

function ref(name: string, kind = 'ConfigMap') {
  return { apiVersion: 'v1', kind, namespace: real.namespace, name };
}

test('tells its version', async () => {
  expect(await deployer.readServerVersion()).toMatch(/^v1\.\d+\.\d+/);
});

describe('objects', () => {
  test('are created, read, replaced and deleted', async () => {
    const created = await deployer.create(configMap('life'));
    expect(await deployer.read(ref('life'))).toEqual(created);
    const replaced = await deployer.replace({ ...created, data: { a: '2' } });
    expect(replaced['data']).toEqual({ a: '2' });
    await deployer.delete(ref('life'));
    expect(await deployer.read(ref('life'))).toBeUndefined();
    await deployer.delete(ref('life'));
  });

  test('that exist cannot be created again', async () => {
    await deployer.create(configMap('twice'));
    const again = deployer.create(configMap('twice'));
    await expect(again).rejects.toMatchObject({ status: 409, reason: 'AlreadyExists' });
  });

  test('that moved on cannot be replaced', async () => {
    const created = await deployer.create(configMap('moved'));
    await deployer.replace({ ...created, data: { a: '2' } });
    const stale = deployer.replace({ ...created, data: { a: '3' } });
    await expect(stale).rejects.toMatchObject({ status: 409, reason: 'Conflict' });
  });

  test('are deleted only as the very object that was meant', async () => {
    const { metadata } = await deployer.create(configMap('meant'));
    const other = deployer.delete(ref('meant'), { uid: '00000000-0000-0000-0000-000000000000' });
    await expect(other).rejects.toMatchObject({ status: 409, reason: 'Conflict' });
    const older = deployer.delete(ref('meant'), { resourceVersion: '1' });
    await expect(older).rejects.toMatchObject({ status: 409 });
    const { uid = '', resourceVersion = '' } = metadata;
    await deployer.delete(ref('meant'), { uid, resourceVersion, propagation: 'Background' });
    expect(await deployer.read(ref('meant'))).toBeUndefined();
  });

  test('that are invalid are refused with the reason', async () => {
    const invalid = deployer.create(configMap('Not_A_Name'));
    await expect(invalid).rejects.toMatchObject({
      status: 422,
      reason: 'Invalid',
      message: expect.stringContaining('metadata.name'),
    });
  });
});

test('long lists come whole, in pages; selectors narrow them', async () => {
  const labels = { app: 'many' };
  const names = Array.from({ length: 510 }, (_, index) => `many-${index}`);
  await Promise.all(
    names.map((name) => {
      const object = configMap(name);
      return deployer.create({ ...object, metadata: { ...object.metadata, labels } });
    }),
  );
  const query = { apiVersion: 'v1', kind: 'ConfigMap', namespace: real.namespace };
  const all = await deployer.list({ ...query, labelSelector: 'app=many' });
  expect(all.map(({ metadata }) => metadata.name).sort()).toEqual(names.sort());
  const one = await deployer.list({ ...query, fieldSelector: 'metadata.name=many-7' });
  expect(one).toMatchObject([
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'many-7' } },
  ]);
});

describe('without the right', () => {
  const forbidden = { name: 'ApiError', status: 403, reason: 'Forbidden' };

  test('reads and writes are forbidden, in the words of the server', async () => {
    await expect(as('nobody').read(ref('x'))).rejects.toMatchObject({
      ...forbidden,
      message: expect.stringContaining('cannot get resource "configmaps"'),
    });
    await expect(as('reader').create(configMap('x'))).rejects.toMatchObject(forbidden);
  });

  test('a watch is refused and ends', async () => {
    const refused = await new Promise((resolve) => {
      const fail = () => resolve('told something');
      const listener = { replaced: fail, changed: fail, deleted: fail, refused: resolve };
      as('nobody').watch(
        { apiVersion: 'v1', kind: 'Pod', namespace: real.namespace },
        listener,
        new AbortController().signal,
      );
    });
    expect(refused).toMatchObject(forbidden);
  });
});

test('a watch tells what there is, what changes and what goes', async () => {
  await deployer.create(configMap('before'));
  const cancel = new AbortController();
  const seen: string[] = [];
  const query = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    namespace: real.namespace,
    fieldSelector: 'metadata.name=before',
  };
  const listener = {
    replaced: (objects: readonly KubeObject[]) => void seen.push(`replaced ${objects.length}`),
    changed: (object: KubeObject) => void seen.push(`changed ${JSON.stringify(object['data'])}`),
    deleted: (object: KubeObject) => void seen.push(`deleted ${object.metadata.name}`),
    refused: (error: Error) => void seen.push(error.message),
  };
  deployer.watch(query, listener, cancel.signal);
  await until('the list', async () => seen.length === 1);
  await deployer.replace(configMap('before', { a: '2' }));
  await deployer.delete(ref('before'));
  await until('the end', async () => seen.length === 3);
  cancel.abort();
  expect(seen).toEqual(['replaced 1', 'changed {"a":"2"}', 'deleted before']);
});

test('kinds that a chart brings along are found once they are there', async () => {
  const plural = 'gadgets';
  const group = `${real.namespace}.example.com`;
  const gadget = {
    apiVersion: `${group}/v1`,
    kind: 'Gadget',
    namespace: real.namespace,
    name: 'a',
  };
  const admin = as('admin');
  await expect(admin.read(gadget)).rejects.toMatchObject({ status: 404, reason: 'NotFound' });
  await admin.create({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope: 'Namespaced',
      names: { plural, singular: 'gadget', kind: 'Gadget', listKind: 'GadgetList' },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: 'object' } },
        },
      ],
    },
  });
  const { apiVersion, kind, namespace, name } = gadget;
  const created = await until('the kind', () =>
    admin.create({ apiVersion, kind, metadata: { name, namespace } }),
  );
  expect(await admin.read(gadget)).toEqual(created);
  await admin.delete({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    namespace: '',
    name: `${plural}.${group}`,
  });
});

test('logs of the run that is on and of the one before', async () => {
  const { metadata, spec } = pod({ name: 'crash', annotations: { scenario: 'crash-loop' } });
  await deployer.create({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...metadata, namespace: real.namespace },
    spec,
  });
  const query = { namespace: real.namespace, pod: 'crash', container: 'app', tailLines: 2 };
  const previous = await until('a previous run', () =>
    deployer.readLogs({ ...query, previous: true }),
  );
  expect(previous.trim().split('\n')).toHaveLength(2);
  expect(await deployer.readLogs({ ...query, previous: false })).not.toBe('');
  const unknown = deployer.readLogs({ ...query, container: 'other', previous: false });
  await expect(unknown).rejects.toMatchObject({
    status: 400,
    message: expect.stringContaining('container other is not valid'),
  });
});

test('400 previews at once change nothing', async () => {
  const previews = await Promise.all(
    Array.from({ length: 400 }, (_, index) => {
      const { metadata, ...rest } = configMap(`preview-${index}`);
      return deployer.previewApply({ ...rest, metadata: { name: metadata.name } }, real.namespace);
    }),
  );
  expect(previews[7]).toMatchObject({
    metadata: { name: 'preview-7', namespace: real.namespace },
    data: { a: '1' },
  });
  expect(await deployer.read(ref('preview-7'))).toBeUndefined();
});

describe('a server that cannot be used', () => {
  /** A copy of the deployer's kubeconfig with other words in it. */
  function spoiled(name: string, change: (config: string) => string): Cluster {
    const file = path.join(real.cluster.directory || '/tmp', `${real.namespace}-${name}.json`);
    writeFileSync(file, change(readFileSync(real.cluster.kubeconfig('deployer'), 'utf8')));
    return createCluster(file);
  }

  test('nobody listens', async () => {
    const cluster = spoiled('unreachable', (config) =>
      config.replaceAll(real.cluster.server, 'https://127.0.0.1:1'),
    );
    await expect(cluster.readServerVersion()).rejects.toMatchObject({
      name: 'ApiError',
      status: 0,
      reason: '',
      message: 'connect ECONNREFUSED 127.0.0.1:1',
    });
  });

  test('no such name', async () => {
    const cluster = spoiled('unknown', (config) =>
      config.replaceAll(real.cluster.server, 'https://cluster.invalid'),
    );
    await expect(cluster.readServerVersion()).rejects.toMatchObject({
      status: 0,
      message: expect.stringMatching(/getaddrinfo \w+ cluster\.invalid/),
    });
  });

  test('another CA', async () => {
    const cluster = spoiled('ca', (config) => config.replace(/.*certificate-authority.*\n/, ''));
    await expect(cluster.readServerVersion()).rejects.toMatchObject({
      status: 0,
      message: expect.stringContaining('certificate'),
    });
  });

  test('a token that is not valid, or no longer', async () => {
    const cluster = spoiled('token', (config) =>
      config.replace(/("?token"?: *"?)[^"\s]+/, '$1other'),
    );
    await expect(cluster.readServerVersion()).rejects.toMatchObject({
      status: 401,
      reason: 'Unauthorized',
    });
  });
});
