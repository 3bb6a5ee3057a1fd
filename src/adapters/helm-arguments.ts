import type {
  ApplyMethod,
  ChartRequest,
  RollbackRequest,
  TemplateRequest,
  UpgradeRequest,
} from '../ports.ts';

/*
 * What we say to helm, by its major version (helm.md §2.2). Values go by file, never by `--set`:
 * arguments are visible to every process of the machine. Neither `--atomic` nor
 * `--rollback-on-failure` (design.md rule 1), and no `--create-namespace`: helm.md §2.9 "Rights".
 */

export type HelmMajor = 3 | 4;

/**
 * helm's own throttle of 20 requests/s, not the cluster, is what makes large releases slow
 * (helm.md §5.4, note 2, has the measurement with these numbers).
 */
const THROTTLE = ['--qps', '300', '--burst-limit', '1000'] as const;

/**
 * Since Kubernetes 1.25 the API server checks the fields, and helm's own check only downloads the
 * schemas to find that out (k8s.io/kubectl pkg/validation, ParamVerifyingSchema): 0.4 s of an upgrade.
 * With and without it either helm refuses the same charts with the same words.
 */
const CHECKED_BY_THE_SERVER = '--disable-openapi-validation';

/** Which helm is told, and with which words it finds the post-renderer (`post-renderer.ts`). */
export interface Dialect {
  readonly major: HelmMajor;
  readonly postRenderer: readonly string[];
}

export function toTemplateArguments(request: TemplateRequest, helm: Dialect): string[] {
  return [
    'template',
    ...toChartArguments(request),
    ...(request.isUpgrade ? ['--is-upgrade'] : []),
    ...(request.includeCrds ? ['--include-crds'] : []),
    ...toModeArguments(request.mode, helm.major),
    ...toRenderingArguments(request, helm),
    ...request.options.further.template,
  ];
}

function toModeArguments(mode: TemplateRequest['mode'], helm: HelmMajor): readonly string[] {
  if (mode.type === 'server') {
    const dryRun = helm === 3 ? ['--validate', '--dry-run=server'] : ['--dry-run=server'];
    return [...dryRun, ...THROTTLE];
  }
  return [
    '--kube-version',
    mode.kubeVersion,
    ...mode.apiVersions.flatMap((apiVersion) => ['--api-versions', apiVersion]),
  ];
}

/** Both majors know `--dry-run=server` here. */
export function toDryRunArguments(request: ChartRequest, helm: Dialect): string[] {
  return [
    ...['upgrade', '--install', ...toChartArguments(request), '--reset-values'],
    ...['--dry-run=server', '--output', 'json', CHECKED_BY_THE_SERVER, ...THROTTLE],
    ...toRenderingArguments(request, helm),
    ...request.options.further.upgrade,
  ];
}

export function toUpgradeArguments(request: UpgradeRequest, helm: Dialect): string[] {
  return [
    'upgrade',
    '--install',
    ...toChartArguments(request),
    // Otherwise an upgrade without values silently takes the last revision's (helm.md §0.9).
    '--reset-values',
    CHECKED_BY_THE_SERVER,
    ...Object.entries(request.labels).flatMap(([key, value]) => ['--labels', `${key}=${value}`]),
    ...toOperationArguments(request, helm.major),
    ...toWaitArguments(request.wait, helm.major),
    ...(request.takeOwnership ? ['--take-ownership'] : []),
    ...(request.options.skipCrds ? ['--skip-crds'] : []),
    ...toRenderingArguments(request, helm),
    // Last, so that the user's own `--qps` counts.
    ...request.options.further.upgrade,
  ];
}

export function toRollbackArguments(request: RollbackRequest, helm: HelmMajor): string[] {
  return [
    'rollback',
    request.release,
    // Without a revision helm goes one back, even to a failed one (helm.md §0.3).
    String(request.revision),
    '--namespace',
    request.namespace,
    ...toOperationArguments(request, helm),
    ...toWaitArguments('hooks', helm),
  ];
}

/** What decides what is rendered: the same for the plan and the deploy. */
function toRenderingArguments(
  { options }: ChartRequest,
  { postRenderer }: Dialect,
): readonly string[] {
  return [...(options.skipSchemaValidation ? ['--skip-schema-validation'] : []), ...postRenderer];
}

function toOperationArguments(
  request: Pick<RollbackRequest, 'timeout' | 'historyMax' | 'method'>,
  helm: HelmMajor,
): readonly string[] {
  return [
    '--history-max',
    String(request.historyMax),
    '--timeout',
    `${Math.max(1, Math.ceil(request.timeout))}s`,
    ...(helm === 3 ? [] : toMethodArguments(request.method)),
    ...THROTTLE,
  ];
}

/** Always said: helm's `auto` is another method for a release that an older helm touched in between. */
function toMethodArguments({ serverSide, forceConflicts }: ApplyMethod): readonly string[] {
  return [
    `--server-side=${serverSide}`,
    ...(serverSide && forceConflicts ? ['--force-conflicts'] : []),
  ];
}

/**
 * Helm 3 waits for hooks only unless told otherwise, and has no word for it. Of Helm 4 the older rules:
 * its newer watcher judges by conditions that may be stale (helm.md §0.1), and often goes on waiting
 * when all is ready (§5.4, note 3).
 */
function toWaitArguments(wait: UpgradeRequest['wait'], helm: HelmMajor): readonly string[] {
  if (helm === 3) return wait === 'all' ? ['--wait'] : [];
  return [wait === 'all' ? '--wait=legacy' : '--wait=hookOnly'];
}

function toChartArguments(request: ChartRequest): readonly string[] {
  return [
    request.release,
    request.chart,
    '--namespace',
    request.namespace,
    ...request.values.flatMap((file) => ['--values', quote(file)]),
  ];
}

/** helm reads `--values` as a line of CSV: a comma in a path would make two files of it. */
function quote(file: string): string {
  return /[",]/.test(file) ? `"${file.replaceAll('"', '""')}"` : file;
}
