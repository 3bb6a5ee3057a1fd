import { createHash } from 'node:crypto';
import { DeployError, DeployErrors } from '../errors.ts';
import type { ChartRequest, Files, Helm } from '../ports.ts';
import { type ChartYaml, missingDependencies, parseChartYaml } from '../release/chart.ts';
import { chartDigest } from '../release/chart-files.ts';
import { parseHelmError } from '../release/helm-error.ts';
import type { ChartFolder, ReleaseSpec, Target, ValuesLayer } from '../release/spec.ts';
import { type TemplateUses, usesOf } from '../release/template-text.ts';

/** A chart and its values, ready for helm. */
export interface PreparedChart {
  readonly request: ChartRequest;
  readonly metadata: ChartYaml;
  /** `sha256:…` over the chart's files. */
  readonly digest: string;
  readonly uses: TemplateUses;
  /** Hash of chart and values together, 40 hex characters: fits a label beside a revision number. */
  readonly source: string;
}

/**
 * Builds missing dependencies (those already in `charts/` are used as they are, without network),
 * writes the inline values to private files and reads the chart's text.
 * Throws DeployErrors when a dependency cannot be fetched.
 */
export async function prepareChart(
  spec: ReleaseSpec,
  ports: { readonly helm: Helm; readonly files: Files; readonly log: (message: string) => void },
): Promise<PreparedChart> {
  const { target, layers } = spec;
  const chart = await toFolder(spec);
  const { files } = ports;
  const file = `${chart.folder}/Chart.yaml`;
  const metadata = parseChartYaml(files.read(`${chart.path}/Chart.yaml`) ?? '', { file });
  await buildMissing({ target, chart }, metadata, ports);
  const chartFiles = files.walk(chart.path).map((path) => ({
    path: path.slice(chart.path.length + 1).replaceAll('\\', '/'),
    bytes: files.readBytes(path) ?? new Uint8Array(),
  }));
  const digest = chartDigest(chartFiles);
  const texts = layers.map(toText);
  return {
    request: {
      release: target.release,
      namespace: target.namespace.name,
      chart: chart.path,
      values: layers.map((layer, index) => toFile(layer, index, files)),
      options: {
        skipSchemaValidation: spec.helm.skipSchemaValidation,
        skipCrds: spec.policy.crds !== 'helm',
        postRenderer: spec.helm.postRenderer,
        further: { template: [], upgrade: [] },
      },
    },
    metadata,
    digest,
    uses: usesOf(chartFiles, texts),
    source: createHash('sha256')
      .update(JSON.stringify([digest, texts]))
      .digest('hex')
      .slice(0, 40),
  };
}

/** Fetches a remote chart, once for the plan and the deploy. */
async function toFolder({ chart }: ReleaseSpec): Promise<ChartFolder> {
  if (chart.type === 'folder') return chart;
  throw new Error('not yet');
}

async function buildMissing(
  { target, chart }: { readonly target: Target; readonly chart: ChartFolder },
  metadata: ChartYaml,
  { helm, files, log }: { helm: Helm; files: Files; log: (message: string) => void },
): Promise<void> {
  const folder = `${chart.path}/charts/`;
  const entries = files
    .walk(chart.path)
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.startsWith(folder))
    .map((file) => file.slice(folder.length).split('/')[0] ?? '');
  const missing = missingDependencies(metadata, entries);
  if (missing.length === 0) return;
  log(`Fetching the dependencies of ${chart.written}: ${missing.join(', ')}.`);
  const result = await helm.buildDependencies(chart.path);
  if (result.code === 0) return;
  const doing = `Fetching the dependencies of ${chart.written}`;
  // helm tells why a repository could not be read on stdout, and then only misses its index.
  const unread = /Unable to get an update from .*?\((?<url>[^)]+)\):\s*(?<why>[^\n]+)/.exec(
    result.stdout,
  );
  if (unread?.groups) {
    const { url, why } = unread.groups;
    throw new DeployError(
      'repository-unreachable',
      `${doing} failed: ${url} could not be read: ${why}.`,
      {
        hint: `Check that address in Chart.yaml, and that this runner may reach it; or run \`helm dependency build ${chart.folder}\` and commit the archives in charts/.`,
      },
    );
  }
  const problem = parseHelmError(result.stderr, {
    doing,
    release: target.release,
    namespace: target.namespace.name,
    chart: { name: metadata.name, folder: chart.folder },
  });
  throw new DeployErrors([problem]);
}

function toText(layer: ValuesLayer): string {
  return 'values' in layer ? JSON.stringify(layer.values) : layer.text;
}

function toFile(layer: ValuesLayer, index: number, files: Files): string {
  if (layer.type === 'file') return layer.path;
  // JSON is YAML; the index keeps two layers of one kind apart.
  return files.writePrivate(`${index}-values-${layer.type}.yaml`, toText(layer));
}
