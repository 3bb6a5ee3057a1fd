import { DeployError, DeployErrors } from '../errors.ts';
import type { Helm, TemplateRequest } from '../ports.ts';
import { parseHelmError } from '../release/helm-error.ts';
import { NO_MANIFEST } from '../release/helm-error-post-renderer.ts';
import {
  parseManifest,
  type StoredHook,
  toHookObjects,
  withoutTests,
} from '../release/manifest.ts';
import type { ReleaseObject } from '../release/object.ts';
import { hasRelease } from '../release/revision.ts';
import { folderOf, type ReleaseSpec } from '../release/spec.ts';
import type { PreparedChart } from './chart.ts';
import { findLaterCrds, findUnknownKinds, tellLaterApis, tellLaterKinds } from './later-kinds.ts';
import { chooseMode, type Mode, toClientMode } from './render-mode.ts';
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
  const rendered = await renderKnown(mode, chart, { ...options, state });
  const { name, version, appVersion } = chart.metadata;
  return {
    chart: { name, version, appVersion },
    chartDigest: chart.digest,
    source: chart.source,
    objects: withoutTests(rendered.objects),
    notes: [...chart.notes, ...notes, ...rendered.notes],
  };
}

interface Rendered {
  readonly objects: readonly ReleaseObject[];
  /** What this way of rendering could not know. */
  readonly notes: readonly string[];
}

/** In the mode given; without the cluster's answers when they fail on kinds that come before the deploy. */
async function renderKnown(
  mode: Mode,
  chart: PreparedChart,
  options: RenderOptions & { readonly state: State },
): Promise<Rendered> {
  const source = findLaterCrds(chart, options.spec, options.state);
  try {
    const objects = await renderIn(mode, chart, options);
    const isAsked = mode.type !== 'client' && chart.uses.apiVersions;
    return { objects, notes: source && isAsked ? [tellLaterApis(source)] : [] };
  } catch (error) {
    const kinds = findUnknownKinds(error);
    if (!source || kinds.length === 0) throw error;
    const objects = await renderIn(toClientMode(options.state), chart, options);
    return { objects, notes: [tellLaterKinds(kinds, source)] };
  }
}

function renderIn(
  mode: Mode,
  chart: PreparedChart,
  options: RenderOptions & { readonly state: State },
): Promise<readonly ReleaseObject[]> {
  if (mode.type === 'dry-run') return renderDryRun(chart, options);
  return renderTemplate(chart, { ...options, mode, isUpgrade: hasRelease(options.state) });
}

async function renderTemplate(
  chart: PreparedChart,
  options: RenderOptions & Pick<TemplateRequest, 'mode' | 'isUpgrade'>,
): Promise<readonly ReleaseObject[]> {
  const { helm, mode, isUpgrade } = options;
  const result = await helm.template({ ...chart.request, isUpgrade, mode, includeCrds: false });
  if (result.code !== 0) throw toErrors(result.stderr, chart, options);
  return parseRendered(result.stdout, chart, options);
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
    ...parseRendered(record.manifest ?? '', chart, options),
    ...toHookObjects(record.hooks ?? [], namespace),
  ];
}

function parseRendered(
  manifest: string,
  { request }: PreparedChart,
  { spec }: RenderOptions,
): readonly ReleaseObject[] {
  try {
    return parseManifest(manifest, request.namespace);
  } catch (error) {
    if (!(error instanceof DeployError) || !spec.helm.postRenderer) throw error;
    const doing = `Rendering chart ${spec.chart.written} failed`;
    const what = `what the post-renderer printed is no manifest: ${error.message}`;
    throw new DeployError('post-renderer-failed', `${doing}: ${what}`, { hint: NO_MANIFEST });
  }
}

function toErrors(
  stderr: string,
  { metadata, request }: PreparedChart,
  { spec }: RenderOptions,
): DeployErrors {
  const problem = parseHelmError(toWritten(stderr, spec), {
    doing: `Rendering chart ${spec.chart.written}`,
    release: request.release,
    namespace: request.namespace,
    chart: { name: metadata.name, folder: folderOf(spec.chart) },
  });
  return new DeployErrors([problem]);
}

/** helm gets values files by their absolute paths; what a user knows is how they are written. */
function toWritten(stderr: string, { layers }: ReleaseSpec): string {
  return layers
    .filter((layer) => layer.type === 'file')
    .reduce((text, { path, written }) => text.replaceAll(path, written), stderr);
}
