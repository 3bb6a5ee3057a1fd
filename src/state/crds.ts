import { DeployErrors } from '../errors.ts';
import { ApiError, type Cluster, type Helm } from '../ports.ts';
import { parseHelmError } from '../release/helm-error.ts';
import { parseManifest } from '../release/manifest.ts';
import type { ReleaseObject } from '../release/object.ts';
import { folderOf, type ReleaseSpec } from '../release/spec.ts';
import type { PreparedChart } from './chart.ts';
import type { ChartCrd } from './state.ts';

/**
 * The CRDs in `crds/` of the chart and of its enabled dependencies, by helm, each beside the live one;
 * empty when the spec leaves CRDs out. It is not a template to helm and no post-renderer sees it.
 * @throws DeployErrors when they are to be applied and helm cannot print them
 */
export async function readCrds(
  chart: PreparedChart,
  spec: ReleaseSpec,
  ports: { readonly helm: Helm; readonly cluster: Cluster; readonly kubeVersion: string },
): Promise<readonly ChartCrd[]> {
  if (spec.policy.crds === 'skip' || !chart.hasCrds) return [];
  const { helm, cluster, kubeVersion } = ports;
  const { code, stdout, stderr } = await helm.template({
    ...chart.request,
    options: { ...chart.request.options, postRenderer: undefined },
    isUpgrade: true,
    includeCrds: true,
    mode: { type: 'client', kubeVersion, apiVersions: [] },
  });
  if (code !== 0) {
    // Templates run as well, here without answers of the cluster; only to be told of, CRDs are not worth it.
    if (spec.policy.crds === 'helm') return [];
    const doing = `Reading the CRDs of chart ${spec.chart.written}`;
    const { release, namespace } = chart.request;
    const named = { name: chart.metadata.name, folder: folderOf(spec.chart) };
    throw new DeployErrors([parseHelmError(stderr, { doing, release, namespace, chart: named })]);
  }
  const objects = selectCrds(parseManifest(stdout, ''));
  return Promise.all(
    objects.map(async (object) => ({ object, live: await readOne(object, cluster) })),
  );
}

/** `chart/crds/…` or `chart/charts/sub/crds/…`; a folder of that name among the templates is another thing. */
const CRDS = /^[^/]+(?:\/charts\/[^/]+)*\/crds\//;

/** helm names the source once a file, which may hold several documents. */
function selectCrds(objects: readonly ReleaseObject[]): readonly ReleaseObject[] {
  let source = '';
  return objects.filter((object) => {
    source = object.source || source;
    return CRDS.test(source) && object.ref.kind === 'CustomResourceDefinition';
  });
}

async function readOne({ ref }: ReleaseObject, cluster: Cluster): Promise<ChartCrd['live']> {
  try {
    return (await cluster.read(ref)) ?? 'absent';
  } catch (error) {
    if (error instanceof ApiError) return 'unknown';
    throw error;
  }
}
