/* Names that somebody may write into slipway.yaml who knows our inputs, or design and plans of ours. */

/** Inputs that the file has inside of a map: the map, and the name in it. */
export const NESTED: ReadonlyMap<string, readonly [string, string]> = new Map([
  ['chart-name', ['chart', 'name']],
  ['chart-repository', ['chart', 'repository']],
  ['chart-version', ['chart', 'version']],
  ['create-namespace', ['namespace', 'create']],
  ['namespace-labels', ['namespace', 'labels']],
  ['cluster-provider', ['cluster', 'provider']],
  ['cluster-name', ['cluster', 'name']],
  ['cluster-location', ['cluster', 'location']],
  ['aws-role-to-assume', ['cluster', 'role-to-assume']],
  ['gcp-project', ['cluster', 'project']],
  ['gcp-workload-identity-provider', ['cluster', 'workload-identity-provider']],
  ['gcp-service-account', ['cluster', 'service-account']],
  ['kube-context', ['cluster', 'context']],
]);

/** Words of helm for what Slipway does by itself: what to do instead. */
export const OURS: ReadonlyMap<string, string> = new Map([
  ['atomic', 'Remove it: `on-failure: rollback` holds without being said.'],
  ['rollback-on-failure', 'Remove it: `on-failure: rollback` holds without being said.'],
  ['install', 'Remove it: a release that does not exist is installed.'],
  ['reset-values', 'Remove it: only what is said here counts.'],
]);

/** Fields of later versions. */
export const LATER_FIELDS: readonly string[] = [
  'abort-early',
  'apply-install-only',
  'checks',
  'ignore-paths',
  'late-bound',
  'manifests',
  'manifests-before',
  'max-parallel',
  'migrations',
  'on-install-failure',
  'profile',
  'promote-from',
  'protected',
  'prune',
  'restart-on-config-change',
  'rollback-across-migration',
  'secrets',
  'soak',
  'verify',
  'wait-for',
];
