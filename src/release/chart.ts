import { DeployError, type Place } from '../errors.ts';
import { parseYaml, YamlError } from './yaml.ts';
import { findMissing } from './yaml-error.ts';

/** What Chart.yaml says, as far as we use it. */
export interface ChartYaml {
  readonly name: string;
  readonly version: string;
  /** Empty when the chart does not say. */
  readonly appVersion: string;
  readonly type: 'application' | 'library';
  readonly dependencies: readonly ChartDependency[];
}

export interface ChartDependency {
  readonly name: string;
  /** Empty when it has none. */
  readonly alias: string;
  /** Version or range, as written. */
  readonly version: string;
  /** URL, `@name` of a repository, or empty for a folder below `charts/`. */
  readonly repository: string;
}

/**
 * Reads the text of a Chart.yaml.
 * @throws DeployError `chart-invalid`, at the place given
 */
export function parseChartYaml(text: string, place: Place): ChartYaml {
  const value = parseMap(text, place);
  const name = toText(value['name']);
  const version = toText(value['version']);
  if (!name || !version) {
    const missing = name ? 'version' : 'name';
    throw invalid(place, `it has no ${missing}`, `Write the chart's ${missing} in it.`);
  }
  return {
    name,
    version,
    appVersion: toText(value['appVersion']),
    type: value['type'] === 'library' ? 'library' : 'application',
    dependencies: toDependencies(value['dependencies'], place),
  };
}

/**
 * The chart with the dependencies of its requirements.yaml, where charts of apiVersion v1 have them;
 * undefined when there is no such file. helm lets them take the place of Chart.yaml's in any chart.
 * @throws DeployError `chart-invalid`, at the place given
 */
export function withRequirements(
  chart: ChartYaml,
  text: string | undefined,
  place: Place,
): ChartYaml {
  if (text === undefined) return chart;
  const { dependencies } = parseMap(text, place);
  if (dependencies === undefined) return chart;
  return { ...chart, dependencies: toDependencies(dependencies, place) };
}

/**
 * Names of the dependencies for which `charts/` has nothing, given the names of its entries. helm
 * compares names only, so a vendored dependency of another version is used as it is.
 */
export function missingDependencies(chart: ChartYaml, entries: readonly string[]): string[] {
  const isMissing = ({ name }: ChartDependency) =>
    !entries.some((entry) => entry === name || isArchiveOf(entry, name));
  return [...new Set(chart.dependencies.filter(isMissing).map(({ name }) => name))];
}

/** `redis-18.1.0.tgz` is an archive of redis, `redis-cluster-9.0.0.tgz` is not. */
function isArchiveOf(entry: string, name: string): boolean {
  return entry.startsWith(`${name}-`) && /^v?\d.*\.tgz$/.test(entry.slice(name.length + 1));
}

function parseMap(text: string, place: Place): Record<string, unknown> {
  const value = parseOrExplain(text, place);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalid(place, 'it is not a map', 'It needs at least apiVersion, name and version.');
  }
  return value as Record<string, unknown>;
}

function parseOrExplain(text: string, place: Place): unknown {
  try {
    return parseYaml(text);
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    const { line, column, reason } = error;
    const missing = findMissing(reason);
    const what = `line ${line}, column ${column}: ${missing ? `the closing ${missing} is missing` : reason}`;
    throw new DeployError(
      'chart-invalid',
      `The chart's ${place.file} is not valid YAML: ${what}.`,
      {
        hint: 'Correct it there, or just before.',
        at: { ...place, line, column },
      },
    );
  }
}

function toDependencies(value: unknown, place: Place): ChartDependency[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) {
    const hint = 'Write a list of name, version and repository.';
    throw invalid(place, 'its dependencies are not a list', hint);
  }
  return value.map((item: Record<string, unknown> | null) => ({
    name: toText(item?.['name']),
    alias: toText(item?.['alias']),
    version: toText(item?.['version']),
    repository: toText(item?.['repository']),
  }));
}

/** `appVersion: 1.10` is a number to YAML; helm takes such values as text too. */
function toText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function invalid(place: Place, what: string, hint: string): DeployError {
  const message = `The chart's ${place.file} cannot be used: ${what}.`;
  return new DeployError('chart-invalid', message, { hint, at: place });
}
