import { isMap } from '../../release/json.ts';
import type { KubeObject } from '../../release/object.ts';
import type { FieldChange } from '../plan.ts';
import { at } from './path.ts';
import { isSecret, secretData } from './secret.ts';
import { toShown } from './value.ts';

/** Where pods are described: of a Pod, a workload, a CronJob. */
const POD_SPECS = ['spec', 'spec.template.spec', 'spec.jobTemplate.spec.template.spec'];
const TELLING = ['spec.replicas', 'spec.schedule', 'spec.type', 'spec.resources.requests.storage'];

/** The few fields that say what a new object is: images, numbers, hosts and keys; of a Secret its keys alone. */
export function planTellingFields(object: KubeObject): FieldChange[] {
  if (isSecret(object)) {
    const keys = [...secretData(object).keys()].sort();
    return keys.map((key) => ({ path: at('data', key), secret: 'added' }));
  }
  const found = [
    ...POD_SPECS.flatMap((path) => toImages(object, path)),
    ...TELLING.map((path) => [path, read(object, path)] as const),
    ...toHosts(object),
    ...(object.kind === 'ConfigMap' ? toKeys(object) : []),
  ];
  const isScalar = (value: unknown) => value !== undefined && typeof value !== 'object';
  return found
    .filter(([, value]) => isScalar(value))
    .map(([path, value]) => ({ path, new: toShown(value) }));
}

type Found = readonly (readonly [path: string, value: unknown])[];

function toImages(object: KubeObject, path: string): Found {
  const list = `${path}.containers`;
  return toItems(read(object, list)).map((item, i) => [
    `${list}[${item['name'] ?? i}].image`,
    item['image'],
  ]);
}

function toHosts(object: KubeObject): Found {
  return toItems(read(object, 'spec.rules')).map((item, i) => [
    `spec.rules[${i}].host`,
    item['host'],
  ]);
}

function toKeys({ data }: KubeObject): Found {
  return Object.entries(isMap(data) ? data : {}).map(([key, value]) => [at('data', key), value]);
}

function toItems(list: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(list) ? list.filter(isMap) : [];
}

function read(object: KubeObject, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, field) => (isMap(value) ? value[field] : undefined), object);
}
