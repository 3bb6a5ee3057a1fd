export interface Reason {
  /** Goes after `may not have --x: `. */
  readonly why: string;
  /** What to do, without the full stop. */
  readonly instead: string;
}

/** Why a long flag, by its name without dashes, may not be among the further arguments; undefined when it may. */
export function findReason(name: string, value: string): Reason | undefined {
  const reason = REFUSED.find(({ flags }) => flags.test(name));
  if (reason) return reason;
  // Labels of one's own are welcome in the record; these tell whose revision it is.
  if (name === 'labels' && /(?:^|,)\s*slipway-/.test(value)) {
    return {
      why: 'labels that begin with `slipway-` are how Slipway knows its own revisions',
      instead: 'Give the label another name',
    };
  }
  return undefined;
}

const refuse = (flags: string, why: string, instead: string) => ({
  flags: new RegExp(`^(?:${flags})$`),
  why,
  instead,
});

const CHART = 'the chart is fetched once, before helm plans and deploys it';
const VALUES =
  'values are put together in one place, so that the plan can tell where each came from';
const LOGIN = 'the cluster is the one that this run has logged in to';
const FOLDERS = "helm works in this run's own private folders";

/** Of `helm upgrade --help`, Helm 3.17 and 4.2: what Slipway says itself, or what would work against it. */
const REFUSED: readonly (Reason & { readonly flags: RegExp })[] = [
  refuse(
    'atomic|rollback-on-failure',
    'Slipway rolls back itself, after it has found the cause',
    'Use `on-failure: rollback`, which is the default',
  ),
  refuse(
    'cleanup-on-fail',
    'it deletes what failed before the cause is found',
    'Leave it out: a rollback removes what the failed revision added',
  ),
  refuse(
    'wait|wait-for-jobs',
    'Slipway watches the rollout itself, Jobs included',
    'Use `wait: helm` in slipway.yaml when post-hooks need ready pods',
  ),
  refuse('timeout', 'it has a field of its own', 'Use `timeout`'),
  refuse('history-max', 'it has a field of its own', 'Use `history-max` in slipway.yaml'),
  refuse('dry-run|hide-secret', 'it is how Slipway plans', 'Use `command: plan`'),
  refuse('values|set-string|set-literal', VALUES, 'Use `values`, `values-inline` or `set`'),
  refuse('set', VALUES, 'Use `set`, or `values-inline` for anything but texts'),
  refuse('set-json', VALUES, 'Use `set-json` in slipway.yaml, or `values-inline`'),
  refuse('set-file', VALUES, 'Use `set-file` in slipway.yaml'),
  refuse(
    're(?:use|set|set-then-reuse)-values',
    'every deploy starts from the values that are written down',
    'Write the values of the last revision into a file of `values`; the plan lists those that would be dropped',
  ),
  refuse('namespace', 'it has a field of its own', 'Use `namespace`'),
  refuse('create-namespace', 'it has a field of its own', 'Use `create-namespace`'),
  refuse('install', 'Slipway always passes it', 'Leave it out'),
  refuse('disable-openapi-validation', 'Slipway always passes it', 'Leave it out'),
  refuse('output|help', 'Slipway reads what helm prints', 'Leave it out'),
  refuse(
    'debug',
    'it prints values and manifests, secret ones too',
    'Leave it out, and start the run again with debug logging',
  ),
  refuse('version|devel', CHART, 'Use `chart-version`'),
  refuse('repo|repository-.*', CHART, 'Use `chart-repository`'),
  refuse(
    'username|password|pass-credentials',
    CHART,
    'Use `registry-username` and `registry-password`',
  ),
  refuse(
    'ca-file|cert-file|key-file|insecure-skip-tls-verify|plain-http|verify|keyring',
    CHART,
    'Use the fields of `chart` in slipway.yaml',
  ),
  refuse(
    'dependency-update',
    CHART,
    'Leave it out: missing dependencies are built from Chart.lock',
  ),
  refuse('registry-config|content-cache', FOLDERS, 'Leave it out'),
  refuse('kube-.*|kubeconfig', LOGIN, 'Use `kubeconfig` and `kube-context`'),
  refuse(
    'post-renderer(?:-args)?',
    'it has a field of its own',
    'Use `post-renderer` in slipway.yaml',
  ),
  refuse('server-side', 'it has a field of its own', 'Use `server-side` in slipway.yaml'),
  refuse('force-conflicts', 'it has a field of its own', 'Use `force-conflicts` in slipway.yaml'),
  refuse('take-ownership', 'it has a field of its own', 'Use `take-ownership` in slipway.yaml'),
  refuse(
    'skip-schema-validation',
    'it has a field of its own',
    'Use `skip-schema-validation` in slipway.yaml',
  ),
  refuse('skip-crds|include-crds', 'it has a field of its own', 'Use `crds` in slipway.yaml'),
  refuse(
    'force|force-replace|recreate-pods',
    'it replaces objects, with their pods and what they hold, unseen by the plan',
    'Delete the one object that must be made anew, and deploy again',
  ),
];
