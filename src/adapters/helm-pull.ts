import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import path from 'node:path';
import type { CommandResult, PullRequest, PullResult } from '../ports.ts';
import { parseChartYaml } from '../release/chart.ts';
import { hostOf } from '../release/registry-host.ts';
import type { ChartOfRegistry, ChartOfRepository } from '../release/spec.ts';
import { login, type RunnableHelm, toPlainHttpFlag } from './helm-login.ts';
import { type Configuration, toConfigurationArguments, withConfiguration } from './repositories.ts';
import { unpackChart } from './unpack-chart.ts';

/** How helm calls the one repository of a pull. */
const REPOSITORY = 'slipway';

/**
 * Fetches a chart with the credentials in private files for as long as it takes. Neither `--repo`
 * (helm 3 prefers a folder of the chart's name: helm.md §2.2) nor `--password`.
 * @throws DeployError `chart-invalid` when what came is no chart
 */
export async function pullChart(
  { chart, destination }: PullRequest,
  helm: RunnableHelm,
): Promise<PullResult> {
  const archives = path.join(destination, 'archive');
  mkdirSync(archives, { recursive: true });
  const result =
    chart.type === 'registry'
      ? await pullFromRegistry(chart, archives, helm)
      : await pullFromRepository(chart, { archives, cache: path.join(destination, 'cache') }, helm);
  // Of a failed verification the archive is there all the same.
  if (result.code !== 0) return result;
  const name = readdirSync(archives).find((file) => file.endsWith('.tgz')) ?? '';
  const archive = path.join(archives, name);
  const folder = path.join(destination, 'chart');
  unpackChart({ archive, folder, written: chart.written });
  const pulled = { archive, folder };
  return isPinned(chart) && chart.keyring !== ''
    ? verify({ ...result, pulled }, chart.keyring, helm)
    : { ...result, pulled };
}

/**
 * `helm pull --verify` looks for the signature under the name of the archive, and that of a chart
 * pulled by digest is in no signature (3.17.3 and 4.2.3). `helm verify` does, once it has its own name.
 */
async function verify(
  result: PullResult & Required<Pick<PullResult, 'pulled'>>,
  keyring: string,
  helm: RunnableHelm,
): Promise<PullResult> {
  const { archive, folder } = result.pulled;
  const file = path.join(folder, 'Chart.yaml');
  const { name, version } = parseChartYaml(readFileSync(file, 'utf8'), { file: 'Chart.yaml' });
  const named = path.join(path.dirname(archive), path.basename(`${name}-${version}.tgz`));
  renameSync(archive, named);
  if (existsSync(`${archive}.prov`)) renameSync(`${archive}.prov`, `${named}.prov`);
  const verified = await helm.run(['verify', named, '--keyring', keyring]);
  if (verified.code !== 0) return { ...verified, step: 'pull' };
  return { ...result, pulled: { archive: named, folder } };
}

function pullFromRegistry(
  chart: ChartOfRegistry,
  archives: string,
  helm: RunnableHelm,
): Promise<PullResult> {
  const { credentials, plainHttp, caFile } = chart;
  const host = hostOf(chart.reference);
  const hosts = credentials ? [host] : [];
  const trust = plainHttp || caFile === '' ? [] : ['--ca-file', caFile];
  return withConfiguration(helm.home, { repositories: [], hosts }, async (configuration) => {
    if (credentials) {
      const connection = plainHttp ? [toPlainHttpFlag(helm.version)] : trust;
      const result = await login(helm, { host, credentials, connection }, configuration);
      if (result.code !== 0) return { ...result, step: 'login' };
    }
    const args = [
      ...toPullArguments(toReference(chart), archives, configuration),
      ...toVersionArguments(chart),
      ...toKeyringArguments(chart),
      ...(plainHttp ? ['--plain-http'] : trust),
    ];
    return { ...(await helm.run(args)), step: 'pull' };
  });
}

/**
 * A digest alone says which chart. helm 3.17 takes the version when both are given, whatever digest
 * it has, so the version is not told to helm then (measured with 3.17.3; helm 4 compares them).
 */
function toReference(chart: ChartOfRegistry): string {
  return isPinned(chart) ? `${chart.reference}@${chart.digest}` : chart.reference;
}

function toVersionArguments(chart: ChartOfRegistry | ChartOfRepository): string[] {
  return chart.version === '' || isPinned(chart) ? [] : [`--version=${chart.version}`];
}

function isPinned(chart: ChartOfRegistry | ChartOfRepository): boolean {
  return chart.type === 'registry' && chart.digest !== '';
}

function pullFromRepository(
  chart: ChartOfRepository,
  folders: { readonly archives: string; readonly cache: string },
  helm: RunnableHelm,
): Promise<PullResult> {
  const { url, credentials, caFile } = chart;
  const repositories = [{ name: REPOSITORY, url, credentials, caFile }];
  const cached = ['--repository-cache', folders.cache];
  return withConfiguration(helm.home, { repositories, hosts: [] }, async (configuration) => {
    const update = await helm.run([
      ...['repo', 'update', REPOSITORY, ...toConfigurationArguments(configuration), ...cached],
      // Without it helm 3 says that all is well; helm 4 has no such flag.
      ...(helm.version.startsWith('3.') ? ['--fail-on-repo-update-fail'] : []),
    ]);
    if (update.code !== 0) return { ...update, step: 'index' };
    const pull: CommandResult = await helm.run([
      ...toPullArguments(`${REPOSITORY}/${chart.name}`, folders.archives, configuration),
      ...toVersionArguments(chart),
      ...toKeyringArguments(chart),
      ...cached,
    ]);
    const index = path.join(folders.cache, `${REPOSITORY}-index.yaml`);
    return { ...pull, step: 'pull', index };
  });
}

function toPullArguments(name: string, destination: string, files: Configuration): string[] {
  return ['pull', name, '--destination', destination, ...toConfigurationArguments(files)];
}

function toKeyringArguments(chart: ChartOfRegistry | ChartOfRepository): string[] {
  if (chart.keyring === '') return [];
  return isPinned(chart) ? ['--prov'] : ['--verify', '--keyring', chart.keyring];
}
