import { expect, test } from '@jest/globals';
import { findChangedInput, findUnprovedHook } from '../../src/plan/hook-proof.ts';
import { parseRecord } from '../../src/release/record.ts';
import type { HookInputs } from '../../src/state/state.ts';
import { helmRecord, proved, type RecordOptions, verified } from '../fakes/record.ts';

/* Release `app`, revision 3, which helm began at DEPLOYED. */
const DEPLOYED = '2026-01-01T00:00:00.5Z';
const RAN = '2026-01-01T00:00:01Z';

interface HookOptions {
  readonly kind?: string;
  readonly apiVersion?: string;
  readonly events?: string;
  readonly pod?: string;
}

const READS =
  'containers: [{image: "m:1", envFrom: [{secretRef: {name: db}}, {configMapRef: {name: flags}}]}]';

function hook({
  kind = 'Job',
  apiVersion = 'batch/v1',
  events = 'pre-install,pre-upgrade',
  pod = 'containers: [{image: "m:1"}]',
}: HookOptions): string {
  return `{apiVersion: ${apiVersion}, kind: ${kind}, metadata: {name: h, annotations: {helm.sh/hook: "${events}"}}, spec: {template: {spec: {${pod}}}}}`;
}

const revision = (options: HookOptions, more: RecordOptions = {}) =>
  parseRecord(helmRecord(3, { hooks: [hook(options)], updated: DEPLOYED, ran: RAN, ...more }));

const NOT_RUN = 'its hook Job h runs at every deploy, and did not run for revision 3';
const LATEST = (image: string) =>
  `its hook Job h runs the image ${image}, which may be another one by now: give it a version or a digest`;

test.each<[string, HookOptions, RecordOptions, string | undefined]>([
  ['ran in this revision', {}, {}, undefined],
  ['began in the same millisecond', {}, { ran: DEPLOYED }, undefined],
  ['ran in an earlier one, as after a rollback', {}, { ran: '2026-01-01T00:00:00Z' }, NOT_RUN],
  ['never ran', {}, { ran: '' }, NOT_RUN],
  ['only an install runs it', { events: 'pre-install' }, { ran: '' }, undefined],
  ['no tag', { pod: 'containers: [{image: m}]' }, {}, LATEST('m')],
  ['no tag, a port', { pod: 'containers: [{image: "r:5000/m"}]' }, {}, LATEST('r:5000/m')],
  [
    'latest, in an init container',
    { pod: 'initContainers: [{image: "m:latest"}], containers: [{image: "m:1"}]' },
    {},
    LATEST('m:latest'),
  ],
  [
    'pulled at every run',
    { pod: 'containers: [{image: "m:1", imagePullPolicy: Always}]' },
    {},
    'its hook Job h pulls the image m:1 at every run (`imagePullPolicy: Always`), which may be another one by now',
  ],
  [
    'a digest is what it is, however it is pulled',
    { pod: 'containers: [{image: "m:latest@sha256:0123", imagePullPolicy: Always}]' },
    {},
    undefined,
  ],
  [
    'a mounted image',
    { pod: 'containers: [{image: "m:1"}], volumes: [{image: {reference: data}}]' },
    {},
    LATEST('data'),
  ],
  [
    'a custom resource',
    { kind: 'Backup', apiVersion: 'example.com/v1' },
    {},
    'its hook Backup h may do something at every deploy',
  ],
  [
    'a kind that only shares its name with a known one',
    { kind: 'Job', apiVersion: 'example.com/v1' },
    {},
    'its hook Job h may do something at every deploy',
  ],
  ['a ConfigMap', { kind: 'ConfigMap', apiVersion: 'v1' }, {}, undefined],
])('by the record: %s', (_, options, more, expected) => {
  expect(findUnprovedHook(revision(options, more))).toBe(expected);
});

const read = (hash: string): HookInputs => ({ type: 'read', hash });

test.each<[string, RecordOptions, HookInputs | undefined, string | undefined]>([
  ['the same', { labels: proved(3, 'abc') }, read('abc'), undefined],
  [
    'another',
    { labels: proved(3, 'abc') },
    read('xyz'),
    'one of ConfigMap flags, Secret db has changed since revision 3, and its hook Job h reads it',
  ],
  [
    'not recorded',
    { labels: verified(3) },
    read('abc'),
    'what its hook Job h reads changed while revision 3 was deployed, or was not recorded',
  ],
  [
    'recorded for an earlier revision: helm copied the label',
    { labels: { ...verified(3), 'slipway-inputs': '2.abc' } },
    read('abc'),
    'what its hook Job h reads changed while revision 3 was deployed, or was not recorded',
  ],
  [
    'not readable',
    { labels: verified(3) },
    { type: 'not-checked', reason: 'Secret db could not be read, which needs get on secrets' },
    'its hook Job h may find something else to do: Secret db could not be read, which needs get on secrets',
  ],
  [
    'not read',
    { labels: proved(3, 'abc') },
    undefined,
    'one of ConfigMap flags, Secret db has changed since revision 3, and its hook Job h reads it',
  ],
])('what it reads: %s', (_, more, inputs, expected) => {
  expect(findChangedInput(revision({ pod: READS }, more), inputs)).toBe(expected);
});

test('without a hook that runs there is nothing to compare', () => {
  const none = parseRecord(helmRecord(3, { labels: verified(3) }));
  expect(findChangedInput(none, undefined)).toBe(undefined);
});
