import { createHash } from 'node:crypto';
import type { ChartRequest, Files } from '../ports.ts';
import { type ChartYaml, parseChartYaml, withRequirements } from '../release/chart.ts';
import { chartDigest, hasCrds } from '../release/chart-files.ts';
import { folderOf, type ReleaseSpec, type ValuesLayer } from '../release/spec.ts';
import { type TemplateUses, usesOf } from '../release/template-text.ts';
import { buildMissing } from './build-dependencies.ts';
import { type FetchPorts, fetchChart } from './fetch-chart.ts';
import { toPrivateName } from './private-name.ts';
import { readChartFiles } from './read-chart.ts';
import { readRenderingOptions } from './rendering-options.ts';

/** A chart and its values, ready for helm. */
export interface PreparedChart {
  readonly request: ChartRequest;
  readonly metadata: ChartYaml;
  /** `sha256:…` over the chart's files. */
  readonly digest: string;
  readonly uses: TemplateUses;
  /** Files in `crds/`, its own or of a dependency. */
  readonly hasCrds: boolean;
  /** Hash of chart and values together, 40 hex characters: fits a label beside a revision number. */
  readonly source: string;
  /** Which chart a version became, for the reader of the plan. */
  readonly notes: readonly string[];
}

/**
 * Fetches the chart or its missing dependencies, writes the inline values to private files and reads
 * the chart's text.
 * @throws DeployError, DeployErrors when the chart or a dependency cannot be fetched or read
 */
export async function prepareChart(spec: ReleaseSpec, ports: FetchPorts): Promise<PreparedChart> {
  const { target, layers } = spec;
  const { files } = ports;
  const { path: fetched, notes } = await fetchChart(spec, ports);
  const metadata = readMetadata(fetched, folderOf(spec.chart), files);
  const path =
    spec.chart.type === 'folder'
      ? await buildMissing({ target, chart: spec.chart }, metadata, ports)
      : fetched;
  const chartFiles = readChartFiles(path, files);
  const digest = chartDigest(chartFiles);
  const texts = layers.map(toText);
  const name = toPrivateName('values', target.namespace.name, target.release);
  const options = await readRenderingOptions(spec, ports.helm);
  return {
    request: {
      release: target.release,
      namespace: target.namespace.name,
      chart: path,
      values: layers.map((layer, index) => toFile(layer, `${name}-${index}`, files)),
      options,
    },
    metadata,
    digest,
    uses: usesOf(chartFiles, texts),
    hasCrds: hasCrds(chartFiles),
    source: createHash('sha256')
      .update(JSON.stringify([digest, texts]))
      .digest('hex')
      .slice(0, 40),
    notes,
  };
}

function readMetadata(path: string, folder: string, files: Files): ChartYaml {
  const read = (name: string) => files.read(`${path}/${name}`);
  const place = (name: string) => ({ file: folder === '' ? name : `${folder}/${name}` });
  const [chart, requirements] = ['Chart.yaml', 'requirements.yaml'] as const;
  const metadata = parseChartYaml(read(chart) ?? '', place(chart));
  return withRequirements(metadata, read(requirements), place(requirements));
}

function toText(layer: ValuesLayer): string {
  return 'values' in layer ? JSON.stringify(layer.values) : layer.text;
}

function toFile(layer: ValuesLayer, name: string, files: Files): string {
  if (layer.type === 'file') return layer.path;
  // JSON is YAML.
  return files.writePrivate(`${name}-${layer.type}.yaml`, toText(layer));
}
