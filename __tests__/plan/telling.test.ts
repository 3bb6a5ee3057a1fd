import { expect, test } from '@jest/globals';
import { planTellingFields } from '../../src/plan/changes/telling.ts';
import type { FieldChange } from '../../src/plan/plan.ts';
import type { KubeObject } from '../../src/release/object.ts';

type Fields = Readonly<Record<string, unknown>>;

const pod = { containers: [{ name: 'api', image: 'api:1' }, { image: 'side:2' }] };
const image = (path: string, name: string, value: string): FieldChange => ({
  path: `${path}.containers[${name}].image`,
  new: value,
});

test.each<[string, Fields, readonly FieldChange[]]>([
  [
    'Deployment',
    { spec: { replicas: 3, template: { spec: pod } } },
    [
      image('spec.template.spec', 'api', 'api:1'),
      image('spec.template.spec', '1', 'side:2'),
      { path: 'spec.replicas', new: '3' },
    ],
  ],
  [
    'CronJob',
    { spec: { schedule: '* * * * *', jobTemplate: { spec: { template: { spec: pod } } } } },
    [
      image('spec.jobTemplate.spec.template.spec', 'api', 'api:1'),
      image('spec.jobTemplate.spec.template.spec', '1', 'side:2'),
      { path: 'spec.schedule', new: '* * * * *' },
    ],
  ],
  ['Service', { spec: { type: 'LoadBalancer' } }, [{ path: 'spec.type', new: 'LoadBalancer' }]],
  [
    'Ingress',
    { spec: { rules: [{ host: 'a.example.com' }, {}] } },
    [{ path: 'spec.rules[0].host', new: 'a.example.com' }],
  ],
  [
    'ConfigMap',
    { data: { LOG_LEVEL: 'info', 'a.b': '1' } },
    [
      { path: 'data.LOG_LEVEL', new: 'info' },
      { path: 'data["a.b"]', new: '"1"' },
    ],
  ],
  ['anything', { spec: { replicas: null, type: { a: 1 }, rules: 'x', template: [] } }, []],
])('%s', (kind, fields, expected) => {
  expect(planTellingFields(toObject(kind, fields))).toEqual(expected);
});

test('of a Secret the keys alone', () => {
  const fields = { data: { b: 'c2VjcmV0' }, stringData: { a: 'secret' } };
  expect(planTellingFields(toObject('Secret', fields))).toEqual([
    { path: 'data.a', secret: 'added' },
    { path: 'data.b', secret: 'added' },
  ]);
});

function toObject(kind: string, fields: Fields): KubeObject {
  return { apiVersion: 'v1', kind, metadata: { name: 'x' }, ...fields };
}
