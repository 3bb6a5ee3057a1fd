import type { Place } from '../errors.ts';
import { type Rule, toPlace } from './helm-error-rule.ts';

/** Charts and values files that helm cannot read or use. */
export const CHART_RULES: readonly Rule[] = [
  {
    code: 'values-invalid',
    pattern:
      /failed to parse (?<file>[^\n]+?): [^\n]*?yaml: (?:line (?<line>\d+): )?(?<said>[^\n]*)/,
    explain: (groups) => ({
      cause: `the values file ${groups('file')} is not valid YAML${groups('line') && ` at line ${groups('line')}`}: ${groups('said')}`,
      hint: groups('said').includes('UTF-8') ? 'Save it as UTF-8.' : 'Correct the YAML there.',
      at: toValuesPlace(groups('file'), groups('line')),
    }),
  },
  {
    code: 'values-invalid',
    pattern: /failed to parse (?<file>[^\n]+?): [^\n]*cannot unmarshal (?<type>\w+) into Go value/,
    explain: (groups) => ({
      cause: `the values file ${groups('file')} is not a map`,
      hint: 'Write `key: value` pairs at its top level.',
      at: toValuesPlace(groups('file'), ''),
    }),
  },
  {
    code: 'values-missing',
    pattern: /^open (?<file>[^\n]+): (?:no such file or directory|The system cannot find)/,
    explain: (groups) => ({
      cause: `there is no file ${groups('file')}`,
      hint: 'Correct the path in `values`, or write `?` before it to make the file optional.',
    }),
  },
  {
    code: 'dependencies-missing',
    pattern: /missing in charts\/ directory: (?<names>[^\n]+)/,
    explain: (groups, { chart }) => ({
      cause: `these dependencies are in Chart.yaml but not in charts/: ${groups('names')}`,
      hint: chart.folder
        ? `Run \`helm dependency update ${chart.folder}\` and commit Chart.lock, or commit the archives in charts/.`
        : 'Its publisher left them out: use another version, or a folder of your own that has this chart as a dependency.',
    }),
  },
  {
    code: 'dependencies-missing',
    pattern: /no repository definition for (?<names>[^\n]*?)\. Please/,
    explain: (groups, context) => ({
      cause: `Chart.yaml names the repository ${groups('names')}, which only a machine knows where \`helm repo add\` was run`,
      hint: 'Write its address (`https://…`) as the `repository` of the dependency, and run `helm dependency update`.',
      at: toPlace(`${context.chart.name}/Chart.yaml`, context),
    }),
  },
  {
    code: 'dependencies-missing',
    pattern: /directory \S*?(?<name>[^/\\\s]+) not found/,
    explain: (groups, context) => ({
      cause: `there is no folder of the dependency ${groups('name')}`,
      hint: 'Correct its `repository` in Chart.yaml: `file://` and the path from the chart, or the address where it is.',
      at: toPlace(`${context.chart.name}/Chart.yaml`, context),
    }),
  },
  {
    code: 'dependencies-missing',
    pattern: /the lock file \((?<lock>\S+)\) is out of sync/i,
    explain: (groups, { chart }) => ({
      cause: `${groups('lock')} does not fit the dependencies in Chart.yaml`,
      hint: `Run \`helm dependency update ${chart.folder}\` and commit the lock file.`,
    }),
  },
  {
    code: 'kubernetes-version',
    pattern:
      /chart requires kubeVersion: (?<wanted>.+?) which is incompatible with Kubernetes (?<found>\S+)/,
    explain: (groups) => ({
      cause: `the chart needs Kubernetes ${groups('wanted')}, and the cluster has ${groups('found')}`,
      hint: 'Use a version of the chart for this cluster, or upgrade the cluster.',
    }),
  },
  {
    code: 'chart-not-found',
    pattern:
      /path "[^"\n]*" not found|could not find [^\n]*: stat |non-absolute URLs should be in form|repo \S+ not found|chart "[^"\n]+"[^\n]* not found/i,
    explain: (_, { chart }) => ({
      cause: `there is no chart in ${chart.folder}`,
      hint: 'Correct `chart`: the folder that has Chart.yaml, relative to `working-directory`.',
    }),
  },
  {
    code: 'chart-not-found',
    pattern: /Chart\.yaml file is missing|unable to detect chart at /i,
    explain: (_, { chart }) => ({
      cause: `${chart.folder} has no Chart.yaml`,
      hint: 'Correct `chart`: it is the folder that has Chart.yaml.',
    }),
  },
  {
    code: 'chart-invalid',
    pattern: /cannot load (?<file>Chart\.yaml|values\.yaml|\S+): (?<said>[^\n]*)/,
    explain: (groups, context) => ({
      cause: `the chart's ${groups('file')} cannot be read: ${groups('said')}`,
      hint: 'Correct that file.',
      at: toPlace(`${context.chart.name}/${groups('file')}`, context),
    }),
  },
  {
    code: 'chart-invalid',
    pattern: /validation: (?<said>chart\.[^\n]*)/,
    explain: (groups, context) => ({
      cause: `the chart is not valid: ${groups('said')}`,
      hint: 'Correct its Chart.yaml.',
      at: toPlace(`${context.chart.name}/Chart.yaml`, context),
    }),
  },
  {
    code: 'chart-invalid',
    pattern: /library charts are not installable/i,
    explain: (_, { chart }) => ({
      cause: `${chart.folder} is a library chart, which has nothing to install`,
      hint: 'Deploy a chart that has it as a dependency.',
    }),
  },
  {
    code: 'release-name-invalid',
    pattern:
      /release name is invalid: |invalid release name|release name "[^"\n]*" exceeds max length/i,
    explain: (_, { release }) => ({
      cause: `helm does not take ${release} as the name of a release`,
      hint: 'Use at most 53 lower-case letters, digits and `-`, beginning and ending with a letter or digit.',
    }),
  },
];

/** An absolute path is a private copy of ours, which no annotation can point to. */
function toValuesPlace(file: string, line: string): Place | undefined {
  if (/^(?:\/|[A-Za-z]:)/.test(file)) return undefined;
  return { file, ...(line && { line: Number(line) }) };
}
