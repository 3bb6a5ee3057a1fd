import { DeployErrors } from '../errors.ts';
import type { Helm, TemplateRequest } from '../ports.ts';
import { parseHelmError } from '../release/helm-error.ts';
import { parseManifest, withoutTests } from '../release/manifest.ts';
import type { ReleaseSpec } from '../release/spec.ts';
import type { PreparedChart } from './chart.ts';
import type { Rendering, State } from './state.ts';

/**
 * Renders with the helm that will deploy, in the cheapest way that is exact for what the chart's
 * text uses (design.md §6). Throws DeployErrors with template and schema errors at their place.
 */
export async function render(
  chart: PreparedChart,
  state: State,
  options: {
    readonly helm: Helm;
    readonly spec: ReleaseSpec;
    /** The chart comes from a pull request: its templates must not read the cluster. */
    readonly trust: 'trusted' | 'untrusted';
  },
): Promise<Rendering> {
  const { mode, notes } = chooseMode(chart, state, options.trust);
  const newest = state.history.at(-1);
  const isUpgrade = newest !== undefined && newest.status !== 'uninstalled';
  const result = await options.helm.template({ ...chart.request, isUpgrade, mode });
  if (result.code !== 0) {
    const { written, folder } = options.spec.chart;
    const context = {
      doing: `Rendering chart ${written}`,
      release: chart.request.release,
      namespace: chart.request.namespace,
      chart: { name: chart.metadata.name, folder },
    };
    throw new DeployErrors([parseHelmError(result.stderr, context)]);
  }
  const { name, version, appVersion } = chart.metadata;
  return {
    chart: { name, version, appVersion },
    chartDigest: chart.digest,
    source: chart.source,
    objects: withoutTests(parseManifest(result.stdout, chart.request.namespace)),
    notes,
  };
}

function chooseMode(
  { uses }: PreparedChart,
  { versions }: State,
  trust: 'trusted' | 'untrusted',
): { mode: TemplateRequest['mode']; notes: readonly string[] } {
  const client = { type: 'client', kubeVersion: versions.server, apiVersions: [] } as const;
  if (uses.revision) {
    const notes = ['The chart uses the revision number, which is 1 in this plan.'];
    return { mode: client, notes: trust === 'trusted' ? notes : [...notes, UNTRUSTED] };
  }
  if (!uses.lookup && !uses.apiVersions) return { mode: client, notes: [] };
  if (trust === 'trusted') return { mode: { type: 'server' }, notes: [] };
  return { mode: client, notes: [UNTRUSTED] };
}

const UNTRUSTED =
  'The chart asks the cluster (lookup or API versions); for a pull request it is rendered without answers, because its templates could read Secrets.';
