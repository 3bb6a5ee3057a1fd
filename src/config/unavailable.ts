/* What design.md names and this version does not do yet: each with the way that works today. */

/** Until Slipway logs in by itself. */
export const INSTEAD_OF_LOGIN =
  'Write a kubeconfig in an earlier step, such as `aws eks update-kubeconfig --kubeconfig kubeconfig.yaml` ' +
  'or `gcloud container clusters get-credentials`, and give its path as `kubeconfig`.';

const REMOVE = 'Remove it.';

/** Inputs, by name: what to do instead. */
export const UNAVAILABLE_INPUTS: ReadonlyMap<string, string> = new Map([
  ['cluster-name', INSTEAD_OF_LOGIN],
  ['cluster-location', INSTEAD_OF_LOGIN],
  ['aws-role-to-assume', INSTEAD_OF_LOGIN],
  ['gcp-project', INSTEAD_OF_LOGIN],
  ['gcp-workload-identity-provider', INSTEAD_OF_LOGIN],
  ['gcp-service-account', INSTEAD_OF_LOGIN],
  ['plan-digest', REMOVE],
  ['require-reviewed-plan', REMOVE],
  ['revision', REMOVE],
  ['issue', REMOVE],
]);

export const UNAVAILABLE_COMMANDS: readonly string[] = [
  'promote',
  'rollback',
  'uninstall',
  'drift',
  'targets',
  'setup',
];

/** Values of `cluster-provider`, each reached by a kubeconfig for now. */
export const UNAVAILABLE_PROVIDERS: readonly string[] = ['eks', 'gke', 'in-cluster'];
