import { isMap } from '../../release/json.ts';
import { groupOf, type KubeObject } from '../../release/object.ts';

/**
 * The object without fields that are null: to the API server they are not there, and helm 4.2 leaves
 * them out of the manifest where helm 3 writes them (helm.md §1.3). Not of custom kinds, which may
 * give null a meaning, nor of their definitions, whose schemas hold values.
 */
export function withoutNulls(object: KubeObject): KubeObject {
  return isOfKubernetes(object.apiVersion) ? (strip(object) as KubeObject) : object;
}

function isOfKubernetes(apiVersion: string): boolean {
  const group = groupOf(apiVersion);
  if (group === 'apiextensions.k8s.io') return false;
  return !group.includes('.') || BUILT_IN.has(group);
}

/** Groups with a dot that every server has; others below k8s.io belong to add-ons (Gateway API, metrics). */
const BUILT_IN: ReadonlySet<string> = new Set(
  ['admissionregistration', 'apiregistration', 'coordination', 'discovery', 'networking']
    .concat(['node', 'rbac.authorization', 'scheduling', 'storage'])
    .map((name) => `${name}.k8s.io`),
);

/** The same value when there is nothing to leave out, so that equal objects stay the same. */
function strip(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(strip);
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  if (!isMap(value)) return value;
  const entries = Object.entries(value);
  const kept = entries
    .filter(([, part]) => part !== null)
    .map(([key, part]) => [key, strip(part)] as const);
  const isSame = kept.length === entries.length && kept.every(([key, part]) => part === value[key]);
  return isSame ? value : Object.fromEntries(kept);
}
