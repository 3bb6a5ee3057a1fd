import { DeployErrors } from '../errors.ts';
import type { Files, Helm } from '../ports.ts';
import { type ChartFile, withArchives } from '../release/chart-files.ts';
import { parseHelmError } from '../release/helm-error.ts';
import type { PreparedChart } from './chart.ts';
import { toPrivateName } from './private-name.ts';
import { readChartFiles } from './read-chart.ts';

export interface PrinterPorts {
  readonly helm: Helm;
  readonly files: Files;
  /** Of the server, such as `v1.36.3`: the chart may refuse others. */
  readonly kubeVersion: string;
}

/** What a chart gets as `.Values` when it is given these values files. */
export type ReadValues = (values: readonly string[]) => Promise<unknown>;

/**
 * helm is the only one who knows what it makes of aliases, conditions, imports, globals and nulls,
 * so a copy of the chart without its templates and schemas prints its values (helm.md §1.6). The
 * function throws DeployErrors with what helm says when it refuses the values.
 */
export function createValuesPrinter(
  { request, metadata }: PreparedChart,
  { helm, files, kubeVersion }: PrinterPorts,
): ReadValues {
  const { release, namespace } = request;
  const name = toPrivateName('printer', namespace, release);
  const chart = files.makePrivateTree(name, toPrinter(request.chart, files));
  return async (values) => {
    const { code, stdout, stderr } = await helm.template({
      ...{ release, namespace, chart, values },
      options: OPTIONS,
      isUpgrade: false,
      includeCrds: false,
      mode: { type: 'client', kubeVersion, apiVersions: [] },
    });
    const printed = /^values: (\S+)$/m.exec(stdout)?.[1];
    if (code === 0 && printed) return JSON.parse(Buffer.from(printed, 'base64').toString('utf8'));
    const problem = parseHelmError(stderr, {
      doing: `Reading the values of chart ${metadata.name}`,
      ...{ release, namespace, chart: { name: metadata.name, folder: '' } },
    });
    throw new DeployErrors([problem]);
  };
}

/** Nothing of it is for a chart that only prints. */
const OPTIONS = {
  skipSchemaValidation: false,
  skipCrds: false,
  further: { template: [], upgrade: [] },
} as const;

/** In base64, so that it is one plain word to YAML, whatever is in it. */
const TEMPLATE = `apiVersion: slipway/v1
kind: Values
metadata: { name: values }
values: {{ toJson .Values | b64enc }}
`;

/** `requirements.yaml` is where charts of `apiVersion: v1` name their dependencies. */
const DECIDES = /^(?:charts\/[^/]+\/)*(?:Chart|values|requirements)\.yaml$|^\.helmignore$/;

/** All that decides a chart's values, sub-charts included, and a template that prints them. */
function* toPrinter(folder: string, files: Files): Generator<ChartFile> {
  for (const file of withArchives(readChartFiles(folder, files))) {
    if (DECIDES.test(file.path)) yield file;
  }
  yield { path: 'templates/values.yaml', bytes: new TextEncoder().encode(TEMPLATE) };
}
