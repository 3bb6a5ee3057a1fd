import { isMap } from '../../release/json.ts';
import type { KubeObject } from '../../release/object.ts';
import type { FieldChange } from '../plan.ts';
import { planFields } from './fields.ts';
import { at } from './path.ts';

/** Fields of a Secret that may be told; everything else in it is taken to be secret. */
const OPEN_FIELDS = ['apiVersion', 'kind', 'metadata', 'type', 'immutable'];
/** kubectl's copy of the whole object, values included. */
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** Of any group: a foreign `Secret` kind is no less secret. */
export function isSecret(object: KubeObject): boolean {
  return object.kind === 'Secret';
}

/** How two Secrets differ: their values by key and by added, changed or removed only. */
export function planSecretFields(before: KubeObject, after: KubeObject): FieldChange[] {
  return [
    ...planFields(openPart(before), openPart(after)),
    ...compare(secretPart(before), secretPart(after)),
  ];
}

/** The part of a Secret that may be told. */
export function openPart(secret: KubeObject): Record<string, unknown> {
  const open = Object.fromEntries(
    OPEN_FIELDS.flatMap((field) => (Object.hasOwn(secret, field) ? [[field, secret[field]]] : [])),
  );
  const { annotations } = secret.metadata;
  if (!isMap(annotations) || !Object.hasOwn(annotations, LAST_APPLIED)) return open;
  const { [LAST_APPLIED]: _, ...rest } = annotations;
  return { ...open, metadata: { ...secret.metadata, annotations: rest } };
}

/** Secret values by path, in a form that is equal when what the API server would store is equal. */
export function secretPart(secret: KubeObject): Map<string, string> {
  const values = new Map<string, string>();
  for (const [key, value] of secretData(secret)) values.set(at('data', key), value);
  for (const [field, value] of Object.entries(secret)) {
    const isFolded = (field === 'data' || field === 'stringData') && isMapOrNull(value);
    if (!isFolded && !OPEN_FIELDS.includes(field)) values.set(field, JSON.stringify(value));
  }
  const annotation: unknown = secret.metadata.annotations?.[LAST_APPLIED];
  if (annotation !== undefined) {
    values.set(at('metadata.annotations', LAST_APPLIED), JSON.stringify(annotation));
  }
  return values;
}

/** The keys of a Secret; `stringData` is folded into `data`, over it, as the API server does. */
export function secretData(secret: KubeObject): Map<string, string> {
  const { data, stringData } = secret;
  const values = new Map<string, string>();
  for (const [key, value] of Object.entries(isMap(data) ? data : {})) {
    values.set(key, normalBase64(value));
  }
  for (const [key, value] of Object.entries(isMap(stringData) ? stringData : {})) {
    const isText = typeof value === 'string';
    values.set(key, isText ? Buffer.from(value).toString('base64') : unreadable(value));
  }
  return values;
}

function normalBase64(value: unknown): string {
  if (typeof value !== 'string') return unreadable(value);
  const compact = value.replaceAll(/[\r\n]/g, '');
  const isBase64 = compact.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(compact);
  return isBase64 ? Buffer.from(compact, 'base64').toString('base64') : unreadable(value);
}

/** The API server will refuse it; until then it is only compared. */
function unreadable(value: unknown): string {
  return `not base64: ${JSON.stringify(value)}`;
}

function isMapOrNull(value: unknown): boolean {
  return value === null || isMap(value);
}

function compare(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): FieldChange[] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .sort()
    .filter((path) => before.get(path) !== after.get(path))
    .map((path) => ({ path, secret: verbOf(before.has(path), after.has(path)) }));
}

function verbOf(wasThere: boolean, isThere: boolean): NonNullable<FieldChange['secret']> {
  if (!wasThere) return 'added';
  return isThere ? 'changed' : 'removed';
}
