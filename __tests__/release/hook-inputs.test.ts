import { expect, test } from '@jest/globals';
import { findHookInputs, hashInputs } from '../../src/release/hook-inputs.ts';
import { parse } from '../fakes/plan.ts';

const job = (events: string, pod: string, weight = 0) =>
  `{apiVersion: batch/v1, kind: Job, metadata: {name: j, annotations: {helm.sh/hook: "${events}", helm.sh/hook-weight: "${weight}"}}, spec: {template: {spec: {${pod}}}}}`;
const pre = (pod: string) => job('pre-install,pre-upgrade', pod);
const post = (pod: string) => job('post-install,post-upgrade', pod);
const config = (events = '', weight = 0) =>
  `{apiVersion: v1, kind: ConfigMap, metadata: {name: c${events && `, annotations: {helm.sh/hook: "${events}", helm.sh/hook-weight: "${weight}"}`}}}`;

/** Reads ConfigMap c. */
const READS = 'containers: [{envFrom: [{configMapRef: {name: c}}]}]';
const UPGRADE = 'pre-install,pre-upgrade';

test.each<[string, readonly string[], readonly string[]]>([
  ['nothing', [pre('containers: [{image: m}]')], []],
  [
    'variables',
    [
      pre(
        'containers: [{env: [{valueFrom: {secretKeyRef: {name: s, key: k}}}, {valueFrom: {configMapKeyRef: {name: c, key: k}}}]}]',
      ),
    ],
    ['ConfigMap c', 'Secret s'],
  ],
  [
    'all kinds of volumes, init containers',
    [
      pre(
        'initContainers: [{envFrom: [{secretRef: {name: a}}]}], volumes: [{secret: {secretName: b}}, {configMap: {name: c}}, {projected: {sources: [{secret: {name: d}}, {configMap: {name: e, optional: true}}]}}, {csi: {nodePublishSecretRef: {name: f}}}]',
      ),
    ],
    ['ConfigMap c', 'ConfigMap e', 'Secret a', 'Secret b', 'Secret d', 'Secret f'],
  ],
  ['what pulls the image decides nothing', [pre('imagePullSecrets: [{name: s}]')], []],
  ['an install-only Job', [job('pre-install', READS)], []],
  ['the same twice', [pre(READS), post(READS)], ['ConfigMap c']],
  ['of the manifest, before it is applied', [config(), pre(READS)], ['ConfigMap c']],
  ['of the manifest, after it was applied', [config(), post(READS)], []],
  ['a hook made just before', [config(UPGRADE), pre(READS)], []],
  ['a hook made later', [config(UPGRADE, 5), pre(READS)], ['ConfigMap c']],
  ['a hook made before the manifest', [config(UPGRADE, 5), post(READS)], []],
  ['what only an install makes', [config('pre-install'), post(READS)], ['ConfigMap c']],
])('%s', (_, objects, expected) => {
  const found = findHookInputs(parse(objects.join('\n---\n')));
  expect(found.map(({ ref }) => `${ref.kind} ${ref.name}`)).toEqual(expected);
});

test('the hash is of the identity and the version of what is there', () => {
  const ref = { apiVersion: 'v1', kind: 'Secret', namespace: 'shop', name: 's' };
  const live = (uid: string, resourceVersion: string) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 's', uid, resourceVersion },
  });
  const hashes = [undefined, live('1', '1'), live('1', '2'), live('2', '1')].map((one) =>
    hashInputs([{ ref, live: one }]),
  );
  expect(new Set([...hashes, hashInputs([])]).size).toBe(5);
  expect(hashInputs([{ ref, live: live('1', '1') }])).toBe(hashes[1]);
  // Fits a label beside the number of a revision.
  expect(hashes[0]).toMatch(/^[0-9a-f]{40}$/);
});
