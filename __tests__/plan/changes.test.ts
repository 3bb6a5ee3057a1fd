import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { planChanges } from '../../src/plan/changes/changes.ts';
import { parseHook } from '../../src/release/hook.ts';
import { type KubeObject, type ReleaseObject, toKey, toRef } from '../../src/release/object.ts';

type Fields = Readonly<Record<string, unknown>>;

function toObject(object: KubeObject): ReleaseObject {
  const ref = toRef(object, 'data');
  const hook = parseHook(object);
  return { key: toKey(ref), ref, object, source: '', ...(hook && { hook }) };
}

function object(kind: string, name: string, fields: Fields = {}): ReleaseObject {
  const apiVersion =
    { Deployment: 'apps/v1', StatefulSet: 'apps/v1', Job: 'batch/v1' }[kind] ?? 'v1';
  const { metadata, ...rest } = fields;
  return toObject({ apiVersion, kind, metadata: { name, ...(metadata as Fields) }, ...rest });
}

function annotated(
  kind: string,
  name: string,
  annotations: Fields,
  fields: Fields = {},
): ReleaseObject {
  return object(kind, name, { metadata: { annotations }, ...fields });
}

const deployment = (name: string, pod: Fields, kind = 'Deployment') =>
  object(kind, name, { spec: { template: { spec: pod } } });

/** `action Kind/name`, as a list of changes reads. */
function told(before: readonly ReleaseObject[], after: readonly ReleaseObject[]): string[] {
  return planChanges(before, after).map(({ action, ref }) => `${action} ${ref.kind}/${ref.name}`);
}

function fields(before: ReleaseObject, after: ReleaseObject) {
  return planChanges([before], [after])[0]?.fields ?? [];
}

describe('objects', () => {
  const a = object('ConfigMap', 'a');
  test('come in the order: delete, update, create; data before pods before the rest', () => {
    const before = [
      object('Service', 'gone'),
      object('PersistentVolumeClaim', 'gone'),
      object('ConfigMap', 'b'),
      deployment('b', {}),
    ];
    const after = [
      object('Zebra', 'new'),
      object('ConfigMap', 'new'),
      object('Aardvark', 'new'),
      object('ConfigMap', 'b', { data: { a: '1' } }),
      deployment('b', { x: 1 }),
    ];
    expect(told(before, after)).toEqual([
      'delete PersistentVolumeClaim/gone',
      'delete Service/gone',
      'update Deployment/b',
      'update ConfigMap/b',
      'create ConfigMap/new',
      'create Aardvark/new',
      'create Zebra/new',
    ]);
  });

  test('that move to another version of their API are updated', () => {
    const old = toObject({
      apiVersion: 'autoscaling/v1',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'a' },
    });
    const wanted = toObject({ ...old.object, apiVersion: 'autoscaling/v2' });
    expect(fields(old, wanted)).toEqual([
      { path: 'apiVersion', old: 'autoscaling/v1', new: 'autoscaling/v2' },
    ]);
  });

  test.each<[string, ReleaseObject[], ReleaseObject[], string[]]>([
    [
      'marked to be kept are not deleted',
      [annotated('ConfigMap', 'k', { 'helm.sh/resource-policy': 'keep' }), a],
      [a],
      [],
    ],
    [
      'of an install-only hook are not changed by an upgrade',
      [a],
      [a, annotated('Job', 'h', { 'helm.sh/hook': 'pre-install' })],
      [],
    ],
    [
      'of an install hook are created by an install',
      [],
      [annotated('Job', 'h', { 'helm.sh/hook': 'pre-install' })],
      ['create Job/h'],
    ],
    [
      'of an upgrade hook are not created by an install',
      [],
      [annotated('Job', 'h', { 'helm.sh/hook': 'pre-upgrade' })],
      [],
    ],
    [
      'of an upgrade hook are created by an upgrade',
      [a],
      [a, annotated('Job', 'h', { 'helm.sh/hook': 'pre-upgrade' })],
      ['create Job/h'],
    ],
    [
      'of a hook that is gone are not deleted',
      [a, annotated('Job', 'h', { 'helm.sh/hook': 'pre-upgrade' })],
      [a],
      [],
    ],
    [
      'that become a hook are deleted and created',
      [a, object('ConfigMap', 'h')],
      [a, annotated('ConfigMap', 'h', { 'helm.sh/hook': 'pre-upgrade' })],
      ['delete ConfigMap/h', 'create ConfigMap/h'],
    ],
  ])('%s', (_, before, after, expected) => {
    expect(told(before, after)).toEqual(expected);
  });

  test('do not differ by a field that is null, which the API server leaves out; custom ones may', () => {
    const web = (limits?: null) => deployment('web', { containers: [{ name: 'a', limits }] });
    expect(told([web()], [web(null)])).toEqual([]);
    expect(told([web(null)], [web()])).toEqual([]);
    const widget = (size?: null) =>
      toObject({ apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'w' }, size });
    expect(told([widget()], [widget(null)])).toEqual(['update Widget/w']);
  });

  test('tell the events of a hook', () => {
    const hook = (data: Fields) =>
      annotated('ConfigMap', 'h', { 'helm.sh/hook': 'pre-upgrade,post-install' }, { data });
    const [change] = planChanges([hook({ a: '1' })], [hook({ a: '2' })]);
    expect(change).toMatchObject({
      action: 'update',
      hook: ['pre-upgrade', 'post-install'],
      restartsPods: false,
    });
  });
});

describe('fields', () => {
  const pod = (containers: Fields[], rest: Fields = {}) => deployment('d', { containers, ...rest });
  const env = (...names: string[]) =>
    pod([{ name: 'a', env: names.map((name) => ({ name, value: 'x' })) }]);
  const at = 'spec.template.spec';

  test.each<[string, ReleaseObject, ReleaseObject, unknown[]]>([
    [
      'of a container, by its name',
      pod([{ name: 'a', image: 'a:1' }]),
      pod([{ name: 'new' }, { name: 'a', image: 'a:2' }]),
      [
        { path: `${at}.containers[a].image`, old: 'a:1', new: 'a:2' },
        { path: `${at}.containers[new]`, new: '{"name":"new"}' },
      ],
    ],
    [
      'of variables in another order',
      env('A', 'B', 'C'),
      env('B', 'A', 'C'),
      [{ path: `${at}.containers[a].env`, old: '["A","B","C"]', new: '["B","A","C"]' }],
    ],
    [
      'of a variable in between',
      env('A', 'C'),
      env('A', 'B', 'C'),
      [{ path: `${at}.containers[a].env[B]`, new: '{"name":"B","value":"x"}' }],
    ],
    [
      'of names that are not unique, by index',
      env('A', 'A'),
      pod([
        {
          name: 'a',
          env: [
            { name: 'A', value: 'x' },
            { name: 'A', value: 'q' },
          ],
        },
      ]),
      [{ path: `${at}.containers[a].env[1].value`, old: 'x', new: 'q' }],
    ],
    [
      'of ports',
      object('Service', 's', {
        spec: {
          ports: [
            { port: 80, name: 'a' },
            { port: 80, protocol: 'UDP' },
          ],
        },
      }),
      object('Service', 's', {
        spec: {
          ports: [
            { port: 80, name: 'b' },
            { port: 80, protocol: 'UDP' },
          ],
        },
      }),
      [{ path: 'spec.ports[80/TCP].name', old: 'a', new: 'b' }],
    ],
    [
      'of mounts',
      pod([
        {
          name: 'a',
          volumeMounts: [
            { name: 'v', mountPath: '/a' },
            { name: 'v', mountPath: '/b' },
          ],
        },
      ]),
      pod([
        {
          name: 'a',
          volumeMounts: [
            { name: 'v', mountPath: '/a' },
            { name: 'w', mountPath: '/b' },
          ],
        },
      ]),
      [{ path: `${at}.containers[a].volumeMounts[/b].name`, old: 'v', new: 'w' }],
    ],
    [
      'of arguments',
      pod([{ name: 'a', args: ['x', 'q'] }]),
      pod([{ name: 'a', args: ['x', 'z'] }]),
      [{ path: `${at}.containers[a].args[1]`, old: 'q', new: 'z' }],
    ],
    [
      'of one argument more',
      pod([{ name: 'a', args: ['x', 'z'] }]),
      pod([{ name: 'a', args: ['x', 'y', 'z'] }]),
      [{ path: `${at}.containers[a].args`, old: '["x","z"]', new: '["x","y","z"]' }],
    ],
    [
      'that are no words',
      object('ConfigMap', 'c', { data: { 'app.yaml': 'a' } }),
      object('ConfigMap', 'c', { data: { 'app.yaml': 'b' } }),
      [{ path: 'data["app.yaml"]', old: 'a', new: 'b' }],
    ],
    [
      'of long text',
      object('ConfigMap', 'c', { data: { a: 'x\ny\n' } }),
      object('ConfigMap', 'c', { data: { a: 'x\nz\n' } }),
      [{ path: 'data.a', old: 'x\ny\n', new: 'x\nz\n' }],
    ],
    [
      'that change their type',
      object('ConfigMap', 'c', { data: { a: '1', b: 'on', c: '', d: ' x', e: '{}' } }),
      object('ConfigMap', 'c', { data: { a: 1, b: true, c: null, d: 'x', e: {} } }),
      [
        { path: 'data.a', old: '"1"', new: '1' },
        { path: 'data.b', old: '"on"', new: 'true' },
        { path: 'data.c', old: '""' },
        { path: 'data.d', old: '" x"', new: 'x' },
        { path: 'data.e', old: '"{}"', new: '{}' },
      ],
    ],
    [
      'that are gone',
      object('ConfigMap', 'c', { data: { a: 'x' } }),
      object('ConfigMap', 'c'),
      [{ path: 'data', old: '{"a":"x"}' }],
    ],
  ])('%s', (_, before, after, expected) => {
    expect(fields(before, after)).toEqual(expected);
  });
});

describe('a Secret', () => {
  const secret = (rest: Fields) => object('Secret', 's', rest);
  const base64 = (text: string) => Buffer.from(text).toString('base64');

  test.each<[string, Fields, Fields, unknown[]]>([
    [
      'is told by its keys',
      { data: { a: 'eA==', 'b.c': 'eA==', d: 'eA==' } },
      { data: { a: 'eQ==', d: 'eA==', e: 'eA==' } },
      [
        { path: 'data.a', secret: 'changed' },
        { path: 'data.e', secret: 'added' },
        { path: 'data["b.c"]', secret: 'removed' },
      ],
    ],
    [
      'is the same as text or encoded',
      { stringData: { a: 'hello' } },
      { data: { a: base64('hello') } },
      [],
    ],
    [
      'takes text before what is encoded',
      { data: { a: base64('x') }, stringData: { a: 'y' } },
      { stringData: { a: 'y' } },
      [],
    ],
    [
      'is the same with line ends in it',
      { data: { a: 'aGVs\nbG8=\n' } },
      { data: { a: 'aGVsbG8=' } },
      [],
    ],
    [
      'is not decoded when it is not base64',
      { data: { a: 'x!' } },
      { data: { a: 'x?' } },
      [{ path: 'data.a', secret: 'changed' }],
    ],
    [
      'shows its type',
      { type: 'Opaque' },
      { type: 'x' },
      [{ path: 'type', old: 'Opaque', new: 'x' }],
    ],
    [
      'hides what it should not have',
      { values: 'x', data: ['x'] },
      { values: 'y', data: ['y'] },
      [
        { path: 'data', secret: 'changed' },
        { path: 'values', secret: 'changed' },
      ],
    ],
    [
      "hides kubectl's copy",
      { metadata: { annotations: { 'kubectl.kubernetes.io/last-applied-configuration': 'x' } } },
      { metadata: { annotations: { 'kubectl.kubernetes.io/last-applied-configuration': 'y' } } },
      [
        {
          path: 'metadata.annotations["kubectl.kubernetes.io/last-applied-configuration"]',
          secret: 'changed',
        },
      ],
    ],
  ])('%s', (_, before, after, expected) => {
    expect(fields(secret(before), secret(after))).toEqual(expected);
  });
});

describe('pods', () => {
  const config = (data: Fields) => object('ConfigMap', 'c', { data });
  const secret = (data: Fields) => object('Secret', 's', { stringData: data });
  const container = (rest: Fields) => ({ containers: [{ name: 'a', ...rest }] });
  const keyRef = (key: string) =>
    container({ env: [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'c', key } } }] });
  const keptBy = (workload: ReleaseObject, before = workload) =>
    planChanges(
      [config({ a: '1', b: '1' }), secret({ a: '1' }), before],
      [config({ a: '2', b: '1' }), secret({ a: '2' }), workload],
    )
      .filter(({ keptBy }) => keptBy.some(({ name }) => name === workload.ref.name))
      .map(({ ref }) => ref.kind);

  test.each<[string, Fields, string[]]>([
    ['a variable', keyRef('a'), ['ConfigMap']],
    ['a variable of a key that stays', keyRef('b'), []],
    [
      'a variable of a Secret',
      container({ env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 's', key: 'a' } } }] }),
      ['Secret'],
    ],
    [
      'all variables',
      container({ envFrom: [{ configMapRef: { name: 'c' } }, { secretRef: { name: 's' } }] }),
      ['Secret', 'ConfigMap'],
    ],
    [
      'an init container',
      { initContainers: [{ name: 'i', envFrom: [{ configMapRef: { name: 'c' } }] }] },
      ['ConfigMap'],
    ],
    [
      'volumes',
      {
        volumes: [
          { name: 'v', configMap: { name: 'c' } },
          { name: 'w', secret: { secretName: 's' } },
        ],
      },
      ['Secret', 'ConfigMap'],
    ],
    [
      'a volume of a key that stays',
      { volumes: [{ name: 'v', configMap: { name: 'c', items: [{ key: 'b', path: 'b' }] } }] },
      [],
    ],
    [
      'a projected volume',
      {
        volumes: [
          {
            name: 'v',
            projected: { sources: [{ configMap: { name: 'c' } }, { secret: { name: 's' } }] },
          },
        ],
      },
      ['Secret', 'ConfigMap'],
    ],
    ['others', container({ envFrom: [{ configMapRef: { name: 'other' } }] }), []],
  ])('keep what they have read through %s', (_, spec, kinds) => {
    expect(keptBy(deployment('w', spec))).toEqual(kinds);
    expect(keptBy(deployment('w', spec, 'Job'))).toEqual([]);
  });

  test('that are replaced keep nothing', () => {
    const after = deployment('w', { ...keyRef('a'), x: 1 });
    expect(keptBy(after, deployment('w', keyRef('a')))).toEqual([]);
  });

  test.each<[string, ReleaseObject, ReleaseObject, boolean]>([
    ['a template', deployment('w', {}), deployment('w', { x: 1 }), true],
    ['the template of a Job', deployment('w', {}, 'Job'), deployment('w', { x: 1 }, 'Job'), false],
    [
      'replicas',
      object('Deployment', 'w', { spec: { replicas: 1 } }),
      object('Deployment', 'w', { spec: { replicas: 2 } }),
      false,
    ],
  ])('restart with a change of %s', (_, before, after, restarts) => {
    expect(planChanges([before], [after])[0]?.restartsPods).toBe(restarts);
  });
});

describe('any objects', () => {
  const arbitrary = fc
    .record({
      kind: fc.constantFrom('ConfigMap', 'Secret', 'Deployment'),
      name: fc.constantFrom('a', 'b', 'c'),
      fields: fc.dictionary(fc.constantFrom('spec', 'data', 'stringData', 'type'), fc.jsonValue()),
    })
    .map(({ kind, name, fields }) =>
      object(kind, name, JSON.parse(JSON.stringify(fields)) as Fields),
    );
  const lists = fc.uniqueArray(arbitrary, { selector: ({ key }) => key });
  const copy = (objects: ReleaseObject[]) => JSON.parse(JSON.stringify(objects)) as ReleaseObject[];

  test('do not differ from themselves', () => {
    fc.assert(
      fc.property(lists, (objects) => expect(planChanges(objects, copy(objects))).toEqual([])),
    );
  });

  test('are created one way and deleted the other', () => {
    const keysOf = (changes: ReturnType<typeof planChanges>, action: string) =>
      changes.filter((change) => change.action === action).map(({ key }) => key);
    fc.assert(
      fc.property(lists, lists, (one, other) => {
        const [there, back] = [planChanges(one, other), planChanges(other, one)];
        expect(keysOf(there, 'create')).toEqual(keysOf(back, 'delete'));
        expect(keysOf(there, 'update').toSorted()).toEqual(keysOf(back, 'update').toSorted());
      }),
    );
  });

  test('never show a value of a Secret', () => {
    const value = fc.string({ minLength: 4 }).map((text) => `~${text}~`);
    const secrets = fc
      .record({
        data: fc.dictionary(fc.string(), value),
        stringData: fc.dictionary(fc.string(), value),
        extra: value,
      })
      .map((rest) => object('Secret', 's', rest));
    fc.assert(
      fc.property(secrets, secrets, (before, after) => {
        const text = JSON.stringify(planChanges([before], [after]));
        for (const { object } of [before, after]) {
          const { data, stringData, extra } = object as unknown as Record<string, Fields>;
          const values = [extra, ...Object.values(data ?? {}), ...Object.values(stringData ?? {})];
          for (const hidden of values)
            expect(text).not.toContain(JSON.stringify(hidden).slice(1, -1));
        }
      }),
    );
  });
});
