import { beforeEach, expect, test } from '@jest/globals';
import type { KubeObject } from '../../src/release/object.ts';
import { readLive } from '../../src/state/live.ts';
import { type FakeCluster, fakeCluster, forbidden } from '../fakes/cluster.ts';
import { makeSpec, parse } from '../fakes/plan.ts';

const CONFIG = '{apiVersion: v1, kind: ConfigMap, metadata: {name: c, labels: {a: b}}}';
const HOOK =
  '{apiVersion: v1, kind: ConfigMap, metadata: {name: h, annotations: {helm.sh/hook: pre-upgrade}}}';

let cluster: FakeCluster;
let previewed: KubeObject[];
beforeEach(() => {
  cluster = fakeCluster();
  previewed = [];
  cluster.previewApply = async (object) => {
    previewed.push(object);
    return object;
  };
});
const read = async (manifest: string) => [
  ...(await readLive(parse(manifest), makeSpec().target, cluster)).values(),
];
const put = (name: string) =>
  cluster.put({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'shop' } });

test('an object is read beside what an apply would make of it', async () => {
  const object = put('c');
  expect(await read(CONFIG)).toEqual([{ type: 'present', object, applied: previewed[0] }]);
});

test('helm’s marks of ownership are added as helm adds them: not to hooks', async () => {
  put('c');
  put('h');
  await read(`${CONFIG}\n---\n${HOOK}`);
  const [config, hook] = previewed;
  expect(config?.metadata).toMatchObject({
    labels: { a: 'b', 'app.kubernetes.io/managed-by': 'Helm' },
    annotations: {
      'meta.helm.sh/release-name': 'app',
      'meta.helm.sh/release-namespace': 'shop',
    },
  });
  expect(hook?.metadata.labels).toBe(undefined);
});

test('what is gone is absent', async () => {
  expect(await read(CONFIG)).toEqual([{ type: 'absent' }]);
});

test('what may not be read, or not be previewed, is not checked', async () => {
  put('c');
  cluster.refuse = (verb) => (verb === 'read' ? forbidden('configmaps') : undefined);
  expect(await read(CONFIG)).toEqual([{ type: 'not-checked', reason: 'configmaps is forbidden' }]);
  cluster.refuse = () => undefined;
  cluster.previewApply = async () => {
    throw forbidden('patch');
  };
  expect(await read(CONFIG)).toEqual([{ type: 'not-checked', reason: 'patch is forbidden' }]);
});
