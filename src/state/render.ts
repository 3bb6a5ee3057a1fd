import { DeployErrors } from '../errors.ts';
import type { Helm, TemplateRequest } from '../ports.ts';
import { parseHelmError } from '../release/helm-error.ts';
import {
  parseManifest,
  type StoredHook,
  toHookObjects,
  withoutTests,
} from '../release/manifest.ts';
import type { ReleaseObject } from '../release/object.ts';
import { folderOf, type ReleaseSpec } from '../release/spec.ts';
import type { PreparedChart } from './chart.ts';
import type { Rendering, State } from './state.ts';

export interface RenderOptions {
  readonly helm: Helm;
  readonly spec: ReleaseSpec;
  /** The chart comes from a pull request: its templates must not read the cluster. */
  readonly trust: 'trusted' | 'untrusted';
}

/**
 * Renders with the helm that will deploy, in the cheapest way that is exact for what the chart's
 * text uses (design.md §6). Throws DeployErrors with template and schema errors at their place.
 */
export async function render(
  chart: PreparedChart,
  state: State,
  options: RenderOptions,
): Promise<Rendering> {
  const { mode, notes } = chooseMode(chart, state, options.trust);
  const objects =
    mode === 'dry-run'
      ? await renderDryRun(chart, options)
      : await renderTemplate(chart, { ...options, mode, isUpgrade: hasRelease(state) });
  const { name, version, appVersion } = chart.metadata;
  return {
    chart: { name, version, appVersion },
    chartDigest: chart.digest,
    source: chart.source,
    objects: withoutTests(objects),
    notes,
  };
}

type Mode = TemplateRequest['mode'] | 'dry-run';

function chooseMode(
  { uses }: PreparedChart,
  state: State,
  trust: 'trusted' | 'untrusted',
): { mode: Mode; notes: readonly string[] } {
  const client = { type: 'client', kubeVersion: state.versions.server, apiVersions: [] } as const;
  if (!uses.revision && !uses.lookup && !uses.apiVersions) return { mode: client, notes: [] };
  if (trust === 'untrusted') return { mode: client, notes: [UNTRUSTED] };
  if (!uses.revision) return { mode: { type: 'server' }, notes: [] };
  const isPending = state.history.at(-1)?.status.startsWith('pending');
  // helm's own dry run refuses a pending release.
  if (isPending) return { mode: { type: 'server' }, notes: [NO_REVISION] };
  return { mode: 'dry-run', notes: [] };
}

const UNTRUSTED =
  'The chart asks for the cluster or the revision number (`lookup`, API versions or `.Release.Revision`); for a pull request it is rendered without answers, because its templates could read Secrets.';
const NO_REVISION =
  'The chart uses the revision number, which helm does not tell while the release is pending.';

function hasRelease({ history }: State): boolean {
  const newest = history.at(-1);
  return newest !== undefined && newest.status !== 'uninstalled';
}

async function renderTemplate(
  chart: PreparedChart,
  options: RenderOptions & Pick<TemplateRequest, 'mode' | 'isUpgrade'>,
): Promise<readonly ReleaseObject[]> {
  const { helm, mode, isUpgrade } = options;
  const result = await helm.template({ ...chart.request, isUpgrade, mode, includeCrds: false });
  if (result.code !== 0) throw toErrors(result.stderr, chart, options);
  return parseManifest(result.stdout, chart.request.namespace);
}

async function renderDryRun(
  chart: PreparedChart,
  options: RenderOptions,
): Promise<readonly ReleaseObject[]> {
  const { namespace } = chart.request;
  const { code, stdout, stderr } = await options.helm.dryRunUpgrade(chart.request);
  if (code !== 0) throw toErrors(stderr, chart, options);
  // helm 4.2 may print lines about the chart before it (helm.md §0 finding 7).
  const record = JSON.parse(stdout.slice(stdout.indexOf('{'))) as {
    readonly manifest?: string;
    readonly hooks?: readonly StoredHook[];
  };
  return [
    ...parseManifest(record.manifest ?? '', namespace),
    ...toHookObjects(record.hooks ?? [], namespace),
  ];
}

function toErrors(
  stderr: string,
  { metadata, request }: PreparedChart,
  { spec }: RenderOptions,
): DeployErrors {
  const problem = parseHelmError(stderr, {
    doing: `Rendering chart ${spec.chart.written}`,
    release: request.release,
    namespace: request.namespace,
    chart: { name: metadata.name, folder: folderOf(spec.chart) },
  });
  return new DeployErrors([problem]);
}
