import { describe, expect, test } from '@jest/globals';
import { planCrdChanges, tellCrds } from '../../src/plan/crds.ts';
import { planOperations } from '../../src/plan/operations.ts';
import type { KubeObject } from '../../src/release/object.ts';
import type { ChartCrd } from '../../src/state/state.ts';
import { makeRendering, makeSpec, makeState, parseOne } from '../fakes/plan.ts';
import { helmRecord, verified } from '../fakes/record.ts';

const WIDGETS = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: widgets.example.com, creationTimestamp: null }
spec:
  group: example.com
  names: { kind: Widget, plural: widgets, categories: [] }
  preserveUnknownFields: false
  versions:
    - { name: v1, served: true, storage: true, schema: { openAPIV3Schema: { type: object, description: new } } }
status: { conditions: [], storedVersions: [] }
`;

/** As the server keeps it: with defaults, without what is empty. */
const live = (description: string, more: readonly object[] = []): KubeObject => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'widgets.example.com', uid: 'u', creationTimestamp: '2026-01-01T00:00:00Z' },
  spec: {
    group: 'example.com',
    names: { kind: 'Widget', plural: 'widgets', listKind: 'WidgetList', singular: 'widget' },
    conversion: { strategy: 'None' },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: 'object', description } },
      },
      ...more,
    ],
  },
  status: { storedVersions: ['v1'] },
});

const crd = (state: ChartCrd['live']): ChartCrd => ({ object: parseOne(WIDGETS), live: state });
const apply = makeSpec({ crds: 'apply' });
const helm = makeSpec({ crds: 'helm' });
const installed = makeState([helmRecord(1, { labels: verified(1) })]);
const nothing = makeState([]);
const changes = (state: ChartCrd['live'], spec = apply, base = installed) =>
  planCrdChanges(spec, { crds: [crd(state)] }, base).map(
    ({ action, fields }) => `${action} ${fields.map(({ path }) => path).join(' ')}`,
  );

describe('what apply changes', () => {
  test('nothing, when only defaults and empty fields are apart', () => {
    expect(changes(live('new'))).toEqual([]);
  });
  test('a field', () => {
    expect(changes(live('old'))).toEqual([
      'update spec.versions[v1].schema.openAPIV3Schema.description',
    ]);
  });
  test('a version that goes', () => {
    const [change] = changes(live('new', [{ name: 'v2', served: true, storage: false }]));
    expect(change).toContain('spec.versions[v2]');
  });
  test('one that is not there', () => {
    expect(changes('absent')[0]).toMatch(/^create /);
  });
  test('one that may not be read: not told', () => {
    expect(changes('unknown')).toEqual([]);
  });
});

describe('what a first install creates', () => {
  test('one that is not there', () => {
    expect(changes('absent', helm, nothing)[0]).toMatch(/^create /);
  });
  test('no other one, and nothing later', () => {
    expect(changes(live('old'), helm, nothing)).toEqual([]);
    expect(changes('unknown', helm, nothing)).toEqual([]);
    expect(changes('absent', helm)).toEqual([]);
  });
});

describe('what is told', () => {
  const tell = (spec: typeof helm, state: ChartCrd['live'], base = installed) =>
    tellCrds(spec, { crds: [crd(state)] }, base).join();
  test.each([
    [
      'helm updates none',
      tell(helm, live('old')),
      'helm does not update CRDs; `crds: apply` would.',
    ],
    ['helm creates none at an upgrade', tell(helm, 'absent'), 'only when it installs a release'],
    ['the missing right', tell(apply, 'unknown'), 'needs get on customresourcedefinitions'],
  ])('%s', (_, told, expected) => {
    expect(told).toMatch(/^CustomResourceDefinition widgets\.example\.com is /);
    expect(told).toContain(expected);
  });
  test('many in one note', () => {
    const named = ['a', 'b', 'c', 'd', 'e'].map((name) => {
      const { object } = crd('absent');
      return { object: { ...object, ref: { ...object.ref, name } }, live: live('old') };
    });
    expect(tellCrds(helm, { crds: named }, installed)).toEqual([
      'CustomResourceDefinitions a, b, c and 2 more are not as in the chart, and helm does not update CRDs; `crds: apply` would.',
    ]);
  });
  test('nothing of what is as it should be', () => {
    expect(tell(helm, live('new'))).toBe('');
    expect(tell(helm, 'absent', makeState([]))).toBe('');
    expect(tell(apply, live('old'))).toBe('');
  });
});

test('written before helm, with apply whatever the plan sees of them', () => {
  const types = (spec: typeof helm, state: ChartCrd['live']) =>
    planOperations(spec, nothing, { ...makeRendering(''), crds: [crd(state)] }, 'deploy').map(
      ({ type }) => type,
    );
  expect(types(apply, live('new'))).toEqual(['apply-crds', 'upgrade', 'watch']);
  expect(types(helm, live('new'))).toEqual(['upgrade', 'watch']);
  expect(types(helm, 'absent')).toEqual(['create-crds', 'upgrade', 'watch']);
});
