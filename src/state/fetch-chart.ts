import { createHash } from 'node:crypto';
import { DeployError, DeployErrors, type Problem } from '../errors.ts';
import { findNearest } from '../nearest.ts';
import type { Files, Helm, PullResult, Registries } from '../ports.ts';
import { parseChartYaml } from '../release/chart.ts';
import { parseChartIndex } from '../release/chart-index.ts';
import { parseHelmError } from '../release/helm-error.ts';
import { parseFetchError, toFetchText } from '../release/helm-error-fetch.ts';
import { hostOf } from '../release/registry-host.ts';
import type { ChartOfRegistry, ChartOfRepository, ReleaseSpec } from '../release/spec.ts';
import { toPrivateName } from './private-name.ts';

export interface FetchPorts {
  readonly helm: Helm;
  readonly files: Files;
  readonly registries: Registries;
  readonly log: (message: string) => void;
}

/** A chart on this machine. */
export interface LocalChart {
  /** Absolute path of the folder with Chart.yaml. */
  readonly path: string;
  /** Which one it became, for the reader of the plan. */
  readonly notes: readonly string[];
}

/**
 * Fetches a chart of a registry or repository into this run's private folder; one that is a folder
 * already stays where it is. A digest that was given is that of what came, or nothing is used.
 * @throws DeployError, DeployErrors `chart-not-found`, `chart-version-not-found`, `chart-digest-mismatch`,
 *   `chart-unverified`, `registry-unauthorized`, `registry-unreachable`, `repository-unreachable`,
 *   `certificate-untrusted`, `registry-plain-http`, `chart-invalid`
 */
export async function fetchChart(spec: ReleaseSpec, ports: FetchPorts): Promise<LocalChart> {
  const { chart, target } = spec;
  if (chart.type === 'folder') return { path: chart.path, notes: [] };
  ports.log(`Fetching chart ${chart.written}.`);
  const name = toPrivateName('chart', target.namespace.name, target.release);
  const destination = ports.files.makePrivate(name);
  const login = await findLogin(chart, ports.registries);
  const credentials = chart.credentials ?? login;
  const result = await ports.helm.pull({ chart: { ...chart, credentials }, destination });
  if (!result.pulled) {
    const whose = chart.credentials ? 'given' : login ? 'cloud' : 'none';
    throw new DeployErrors([toProblem(result, spec, { chart, whose, files: ports.files })]);
  }
  const { folder } = result.pulled;
  const digest = readDigest(result, chart, ports.files);
  const { version } = parseChartYaml(ports.files.read(`${folder}/Chart.yaml`) ?? '', {
    file: 'Chart.yaml',
  });
  checkIdentity(chart, { digest, version });
  return { path: folder, notes: [`Chart ${chart.written}: ${version}, ${digest}.`] };
}

type RemoteChart = ChartOfRepository | ChartOfRegistry;

/** What was given wins. */
async function findLogin(chart: RemoteChart, registries: Registries) {
  if (chart.type !== 'registry' || chart.credentials || chart.plainHttp) return undefined;
  return registries.findLogin(hostOf(chart.reference));
}

/** Of the manifest, as the registry has it; of the archive, in a repository. */
function readDigest(
  { stdout, stderr, pulled }: PullResult,
  chart: RemoteChart,
  files: Files,
): string {
  if (chart.type === 'registry') {
    // helm 4.2 has it on stdout, the others on stderr (helm.md §5.6).
    return /^Digest: (sha256:[0-9a-f]{64})$/m.exec(`${stdout}\n${stderr}`)?.[1] ?? '';
  }
  const bytes = files.readBytes(pulled?.archive ?? '') ?? new Uint8Array();
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/** helm itself compares a digest with a version in some versions only (`helm-pull.ts`). */
function checkIdentity(chart: RemoteChart, found: { digest: string; version: string }): void {
  if (chart.digest === '') return;
  const hint =
    'Find out why before you deploy it: the version was published anew, or something changed it on the way. Then correct the digest or the version.';
  const fail = (what: string) =>
    new DeployError('chart-digest-mismatch', `Fetching chart ${chart.written} failed: ${what}.`, {
      hint,
    });
  if (found.digest !== chart.digest) {
    throw fail(`its digest is ${found.digest}, not ${chart.digest}`);
  }
  // A range beside a digest decides nothing: the digest names one chart already.
  const isExact = /^v?\d+\.\d+\.\d+/.test(chart.version) && !/[\s|,]/.test(chart.version);
  if (isExact && toPlain(chart.version) !== toPlain(found.version)) {
    throw fail(`the chart with this digest is version ${found.version}, not ${chart.version}`);
  }
}

function toPlain(version: string): string {
  return version.replace(/^v/, '');
}

function toProblem(
  result: PullResult,
  { target }: ReleaseSpec,
  { chart, whose, files }: { chart: RemoteChart; whose: 'given' | 'cloud' | 'none'; files: Files },
): Problem {
  const doing = `Fetching chart ${chart.written}`;
  const problem = parseFetchError(toFetchText(result), {
    doing,
    from: chart.type,
    // A registry is asked for the digest alone when there is one.
    version: (chart.type === 'registry' && chart.digest) || chart.version,
    credentials: whose,
  });
  const said = `${result.stdout}\n${result.stderr}`.trim();
  if (!problem) {
    const context = { release: target.release, namespace: target.namespace.name };
    const named = { name: chart.written, folder: '' };
    return { ...parseHelmError(result.stderr, { doing, ...context, chart: named }), said };
  }
  const hint =
    chart.type === 'repository' && toHint(chart, problem, files.read(result.index ?? ''));
  return { ...problem, ...(hint && { hint }), said };
}

/** What there is instead, by the repository's index. */
function toHint({ name }: ChartOfRepository, { code }: Problem, index = ''): string | undefined {
  const charts = parseChartIndex(index);
  if (code === 'chart-version-not-found') {
    const newest = (charts.get(name) ?? []).slice(0, 5);
    return newest.length > 0
      ? `Correct \`chart-version\`; the newest are ${newest.join(', ')}.`
      : undefined;
  }
  if (code !== 'chart-not-found') return undefined;
  const names = [...charts.keys()];
  const [nearest] = findNearest(name, names);
  if (nearest) return `Did you mean \`${nearest}\`?`;
  return names.length > 0 ? `Correct \`chart\`; the repository has ${toList(names)}.` : undefined;
}

function toList(names: readonly string[]): string {
  const more = names.length - 5;
  return `${names.slice(0, 5).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
