import type { ClusterSpec } from '../../release/cluster-spec.ts';

export type Provider = ClusterSpec['provider'];

/** The fields that each way to a cluster has. */
const FIELDS = {
  kubeconfig: ['kubeconfig', 'context'],
  eks: [
    'name',
    'location',
    'role-to-assume',
    'role-chaining',
    'role-session-name',
    'role-duration-seconds',
    'audience',
    'inline-session-policy',
    'managed-session-policies',
    'allowed-account-ids',
    'server',
    'ca',
    'tls-server-name',
    'proxy-url',
  ],
  gke: [
    'name',
    'location',
    'project',
    'workload-identity-provider',
    'audience',
    'service-account',
    'credentials',
    'access-token',
    'endpoint',
    'membership',
    'universe',
    'tls-server-name',
    'proxy-url',
  ],
  server: ['server', 'ca', 'token', 'tls-server-name', 'proxy-url'],
  'in-cluster': [],
} as const satisfies Readonly<Record<Provider, readonly string[]>>;

const PROVIDERS = Object.keys(FIELDS) as readonly Provider[];
export const ALL_FIELDS: readonly string[] = [...new Set(Object.values(FIELDS).flat())];

/** As messages call them. */
export const IN_WORDS: Readonly<Record<Provider, string>> = {
  kubeconfig: 'a kubeconfig',
  eks: 'EKS',
  gke: 'GKE',
  server: 'a `server` with a `token`',
  'in-cluster': 'the cluster of the runner',
};

/** The ways that use a field. */
export function listUsers(field: string): readonly Provider[] {
  return PROVIDERS.filter((provider) => (FIELDS[provider] as readonly string[]).includes(field));
}
