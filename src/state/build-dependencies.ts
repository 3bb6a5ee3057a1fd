import { DeployErrors, type Problem } from '../errors.ts';
import { resolvePath } from '../paths.ts';
import type { CommandResult, DependencyLogins, Registries } from '../ports.ts';
import { type ChartYaml, missingDependencies } from '../release/chart.ts';
import { parseHelmError } from '../release/helm-error.ts';
import { parseFetchError, toFetchText } from '../release/helm-error-fetch.ts';
import { hostOf } from '../release/registry-host.ts';
import type { ChartFolder, Credentials, Target } from '../release/spec.ts';
import type { FetchPorts } from './fetch-chart.ts';
import { toPrivateName } from './private-name.ts';

/**
 * The path of the chart's folder with all dependencies: those already in `charts/` are used as they
 * are, without network. Missing ones are fetched by Chart.lock into a private copy, because the
 * checkout is the user's.
 * @throws DeployErrors when a dependency cannot be fetched
 */
export async function buildMissing(
  { target, chart }: { readonly target: Target; readonly chart: ChartFolder },
  metadata: ChartYaml,
  { helm, files, registries, log }: FetchPorts,
): Promise<string> {
  const folder = `${chart.path}/charts/`;
  const entries = files
    .walk(chart.path)
    .filter((file) => file.startsWith(folder))
    .map((file) => file.slice(folder.length).split('/')[0] ?? '');
  const missing = missingDependencies(metadata, entries);
  if (missing.length === 0) return chart.path;
  const doing = `Fetching the dependencies of ${chart.written}`;
  log(`${doing}: ${missing.join(', ')}.`);
  const copy = files.copyPrivate(
    chart.path,
    toPrivateName('chart', target.namespace.name, target.release),
    toFolders(metadata),
  );
  const { credentials } = chart;
  // What was given wins.
  const ofHosts = credentials ? new Map() : await findLogins(metadata, registries);
  const logins = { credentials, ofHosts };
  const result = await helm.buildDependencies(copy, logins);
  if (result.code === 0) return copy;
  throw new DeployErrors([toProblem(result, doing, { target, chart, metadata, logins })]);
}

/** Of registries that the login to the cluster opens as well. */
async function findLogins(
  { dependencies }: ChartYaml,
  registries: Registries,
): Promise<ReadonlyMap<string, Credentials>> {
  const addresses = dependencies.map(({ repository }) => repository);
  const hosts = new Set(addresses.filter((url) => url.startsWith('oci:')).map(hostOf));
  const found = new Map<string, Credentials>();
  for (const host of hosts) {
    const login = await registries.findLogin(host);
    if (login) found.set(host, login);
  }
  return found;
}

/** Folders that dependencies are taken from, relative to the chart: `file://../library`. */
function toFolders({ dependencies }: ChartYaml): readonly string[] {
  return dependencies
    .map(({ repository }) => /^file:\/\/(?<path>.*)/.exec(repository)?.groups?.['path'] ?? '')
    .filter((path) => path !== '' && resolvePath('/', path) !== path);
}

function toProblem(
  result: CommandResult,
  doing: string,
  {
    target,
    chart,
    metadata,
    logins,
  }: { target: Target; chart: ChartFolder; metadata: ChartYaml; logins: DependencyLogins },
): Problem {
  const said = `${result.stdout}\n${result.stderr}`.trim();
  const problem = parseFetchError(toFetchText(result), {
    doing,
    from: 'dependency',
    version: '',
    credentials: logins.credentials ? 'given' : logins.ofHosts.size > 0 ? 'cloud' : 'none',
  });
  if (problem) {
    const isOurs = ['chart-not-found', 'chart-version-not-found'].includes(problem.code);
    return { ...problem, ...(isOurs && { at: { file: `${chart.folder}/Chart.yaml` } }), said };
  }
  const told = parseHelmError(result.stderr, {
    doing,
    release: target.release,
    namespace: target.namespace.name,
    chart: { name: metadata.name, folder: chart.folder },
  });
  return { ...told, said };
}
