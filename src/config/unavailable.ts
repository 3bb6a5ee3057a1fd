/* What design.md names and this version does not do yet: each with the way that works today. */

/** Until Slipway logs in by itself. */
export const INSTEAD_OF_LOGIN =
  'Write a kubeconfig in an earlier step, such as `aws eks update-kubeconfig --kubeconfig kubeconfig.yaml` ' +
  'or `gcloud container clusters get-credentials`, and give its path as `kubeconfig`.';

/** Until Slipway fetches charts by itself. */
export const INSTEAD_OF_REMOTE_CHART =
  'Fetch the chart in an earlier step, such as `helm pull … --untar`, and give its folder as `chart`.';

const INPUTS_ONLY = 'Give the release by inputs, one step for each release.';
const REMOVE = 'Remove it.';

/** Inputs, by name: what to do instead. */
export const UNAVAILABLE_INPUTS: ReadonlyMap<string, string> = new Map([
  ['config', INPUTS_ONLY],
  ['releases', INPUTS_ONLY],
  ['kubectl-version', 'Install kubectl in an earlier step.'],
  ['cluster-name', INSTEAD_OF_LOGIN],
  ['cluster-location', INSTEAD_OF_LOGIN],
  ['aws-role-to-assume', INSTEAD_OF_LOGIN],
  ['gcp-project', INSTEAD_OF_LOGIN],
  ['gcp-workload-identity-provider', INSTEAD_OF_LOGIN],
  ['gcp-service-account', INSTEAD_OF_LOGIN],
  ['chart-repository', INSTEAD_OF_REMOTE_CHART],
  ['chart-version', INSTEAD_OF_REMOTE_CHART],
  ['registry-username', INSTEAD_OF_REMOTE_CHART],
  ['registry-password', INSTEAD_OF_REMOTE_CHART],
  ['helm-args', 'Remove it; what Slipway passes to helm follows from the other inputs.'],
  ['against', 'Remove it; a plan compares with the last good revision.'],
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
