import type { KubeObject } from '../release/object.ts';

/** kubectl keeps a whole copy of the object in it, a Secret's values included (helm-diff#390). */
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

type Identity = Pick<KubeObject, 'kind' | 'metadata'> & { readonly type?: unknown };

/**
 * Whether a field must be shown as secret: that it was added, changed or removed, never its value.
 * The path is given in segments: `['data', 'password']`.
 */
export function isSecretField(object: Identity, path: readonly string[]): boolean {
  if (path.includes(LAST_APPLIED)) return true;
  const isData = path[0] === 'data' || path[0] === 'stringData' || path[0] === 'binaryData';
  return isData && (object.kind === 'Secret' || isHelmRecord(object));
}

/** helm's own storage of a revision, as Secret or (HELM_DRIVER=configmap) as ConfigMap. */
export function isHelmRecord(object: Identity): boolean {
  return (
    object.type === 'helm.sh/release.v1' || object.metadata.name.startsWith('sh.helm.release.v1.')
  );
}

/** The names of a Secret's keys, sorted: all that is ever shown of its content. */
export function secretKeys(object: KubeObject): readonly string[] {
  const keys = [object['data'], object['stringData']].flatMap((map) =>
    typeof map === 'object' && map !== null ? Object.keys(map) : [],
  );
  return [...new Set(keys)].sort();
}
