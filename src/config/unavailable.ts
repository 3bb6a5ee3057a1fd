/* What design.md names and this version does not do yet: each with the way that works today. */

const KUBECONFIG =
  'Write a kubeconfig in an earlier step, such as `aws eks update-kubeconfig --kubeconfig kubeconfig.yaml` ' +
  'or `gcloud container clusters get-credentials`, and give its path as `kubeconfig`.';
const CHART =
  'Fetch the chart in an earlier step, such as `helm pull … --untar`, and give its folder as `chart`.';
const INPUTS_ONLY = 'Give the release by inputs, one step for each release.';
const REMOVE = 'Remove it.';

/** Inputs, by name: what to do instead. */
export const UNAVAILABLE_INPUTS: ReadonlyMap<string, string> = new Map([
  ['config', INPUTS_ONLY],
  ['releases', INPUTS_ONLY],
  ['kubectl-version', 'Install kubectl in an earlier step.'],
  ['cluster-name', KUBECONFIG],
  ['cluster-location', KUBECONFIG],
  ['aws-role-to-assume', KUBECONFIG],
  ['gcp-project', KUBECONFIG],
  ['gcp-workload-identity-provider', KUBECONFIG],
  ['gcp-service-account', KUBECONFIG],
  ['chart-repository', CHART],
  ['chart-version', CHART],
  ['registry-username', CHART],
  ['registry-password', CHART],
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

export { CHART as INSTEAD_OF_REMOTE_CHART, KUBECONFIG as INSTEAD_OF_LOGIN };
