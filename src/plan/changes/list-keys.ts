import { isMap } from '../../release/json.ts';

/**
 * The fields that tell the items of a list apart, as Kubernetes merges them (the patchMergeKey and
 * listMapKey marks of its API); the first that fits is taken. Any other list is tried by `name`.
 */
const KEYS: ReadonlyMap<string, readonly (readonly string[])[]> = new Map(
  Object.entries({
    ports: [['containerPort', 'protocol'], ['port', 'protocol'], ['name']],
    volumeMounts: [['mountPath']],
    volumeDevices: [['devicePath']],
    hostAliases: [['ip']],
    topologySpreadConstraints: [['topologyKey', 'whenUnsatisfiable']],
    conditions: [['type']],
    items: [['key']],
  }),
);
const BY_NAME = [['name']];
/** What a key field means when it is not written. */
const DEFAULTS: Readonly<Record<string, string>> = { protocol: 'TCP' };

type Items = readonly unknown[];

/**
 * Keys for the items of two versions of a list, such as the names of containers; undefined when the
 * items have no unique key and only their index is left.
 */
export function toListKeys(
  field: string,
  before: Items,
  after: Items,
): { before: readonly string[]; after: readonly string[] } | undefined {
  for (const fields of KEYS.get(field) ?? BY_NAME) {
    const keys = { before: keysOf(before, fields), after: keysOf(after, fields) };
    if (keys.before && keys.after) return { before: keys.before, after: keys.after };
  }
  return undefined;
}

function keysOf(items: Items, fields: readonly string[]): readonly string[] | undefined {
  const keys: string[] = [];
  for (const item of items) {
    const key = keyOf(item, fields);
    if (key === undefined) return undefined;
    keys.push(key);
  }
  return new Set(keys).size === keys.length ? keys : undefined;
}

function keyOf(item: unknown, fields: readonly string[]): string | undefined {
  if (!isMap(item)) return undefined;
  const parts = fields.map((field) => item[field] ?? DEFAULTS[field]);
  const isComplete = parts.every((part) => typeof part === 'string' || typeof part === 'number');
  return isComplete ? parts.join('/') : undefined;
}
