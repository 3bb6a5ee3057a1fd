import { expect, test } from '@jest/globals';
import { parseRecord } from '../../src/release/record.ts';
import type { FakeCluster } from '../fakes/cluster.ts';
import { forbidden } from '../fakes/cluster.ts';
import { makeWorld } from './world.ts';

/** A Job at every upgrade that reads the Secret `database`, which is not of the release. */
const HOOK =
  '{apiVersion: batch/v1, kind: Job, metadata: {name: j, annotations: {helm.sh/hook: "pre-install,pre-upgrade"}}, spec: {template: {spec: {containers: [{image: "m:1", envFrom: [{secretRef: {name: database}}]}]}}}}';
const CONFIG = '{apiVersion: v1, kind: ConfigMap, metadata: {name: c}}';

/** Whether the record says what the hooks have read; `meanwhile` happens while helm is at work. */
async function isNoted(manifest: string, meanwhile: (cluster: FakeCluster) => void) {
  const { cluster, helm, run, record } = makeWorld({ manifest });
  put(cluster);
  helm.apply = async () => {
    meanwhile(cluster);
    return undefined;
  };
  expect((await run()).result).toBe('deployed');
  const secret = record(1);
  return secret && parseRecord(secret).inputs !== '';
}

const put = (cluster: FakeCluster) =>
  void cluster.put({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'database', namespace: 'shop' },
  });

test.each<[string, string, (cluster: FakeCluster) => void, boolean]>([
  ['what stood still is noted', HOOK, () => {}, true],
  ['nothing to read is noted as well', CONFIG, put, true],
  ['what changed meanwhile is not', HOOK, put, false],
  [
    'nor what could not be read, which stops nothing',
    HOOK,
    (cluster) => {
      cluster.refuse = (verb, _, name) =>
        verb === 'read' && name === 'database' ? forbidden() : undefined;
    },
    false,
  ],
])('%s', async (_, manifest, meanwhile, expected) => {
  expect(await isNoted(manifest, meanwhile)).toBe(expected);
});
