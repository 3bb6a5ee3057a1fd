/** What the authorizer of Kubernetes says that somebody may not do. */
export interface Forbidden {
  readonly user: string;
  /** Such as `list secrets in namespace shop`. */
  readonly right: string;
  readonly kind: 'Role' | 'ClusterRole';
}

/** k8s.io/apiserver, pkg/endpoints/handlers/responsewriters/errors.go, `forbiddenMessage`. */
export const FORBIDDEN =
  /User "(?<user>.+?)" cannot (?<verb>\w+) resource "(?<resource>.+?)" in API group "(?<group>.*?)"(?: in the namespace "(?<namespace>.+?)"| at the cluster scope)?/;

/** `groups`: the named groups of FORBIDDEN; empty for one that took no part. */
export function toForbidden(groups: (name: string) => string): Forbidden {
  const resource = [groups('resource'), groups('group')].filter(Boolean).join('.');
  const namespace = groups('namespace');
  const scope = namespace ? `in namespace ${namespace}` : 'in the whole cluster';
  return {
    user: groups('user'),
    right: `${groups('verb')} ${resource} ${scope}`,
    kind: namespace ? 'Role' : 'ClusterRole',
  };
}
