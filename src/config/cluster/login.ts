/* Who logs in to the cluster: another one for a plan, which a pull request starts. */

/** The fields of a login; `cluster.plan` may have each of them. */
export const LOGIN_FIELDS = [
  'role-to-assume',
  'role-chaining',
  'role-session-name',
  'role-duration-seconds',
  'audience',
  'inline-session-policy',
  'managed-session-policies',
  'workload-identity-provider',
  'service-account',
  'credentials',
  'access-token',
  'kubeconfig',
  'context',
  'token',
] as const;

export type LoginField = (typeof LOGIN_FIELDS)[number];

/** What slipway.yaml says of a cluster. */
export type ClusterFields = Readonly<Record<string, unknown>>;

/**
 * The fields of a cluster as a plan uses them: its login is that of `plan`, whole. What names nobody is
 * shared, so that it need not be said twice; nothing that lets somebody in ever is.
 */
export function toPlanFields({ plan, ...cluster }: ClusterFields): ClusterFields {
  if (plan === undefined) return cluster;
  const own = plan as ClusterFields;
  const shared = listShared(own);
  const kept = Object.entries(cluster).filter(([field]) => !isLogin(field) || shared.has(field));
  return { ...Object.fromEntries(kept), ...own };
}

function isLogin(field: string): boolean {
  return LOGIN_FIELDS.some((name) => name === field);
}

/** A context is one of its kubeconfig, and an audience one of whoever takes GitHub's token. */
function listShared(plan: ClusterFields): ReadonlySet<string> {
  const hasKey = 'credentials' in plan || 'access-token' in plan;
  return new Set([
    ...('kubeconfig' in plan ? [] : ['kubeconfig', 'context']),
    ...(hasKey ? [] : ['workload-identity-provider', 'audience']),
  ]);
}
