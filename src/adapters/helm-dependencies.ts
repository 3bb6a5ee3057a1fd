import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { CommandResult, DependencyLogins } from '../ports.ts';
import { parseChartYaml, withRequirements } from '../release/chart.ts';
import { hostOf } from '../release/registry-host.ts';
import type { Credentials } from '../release/spec.ts';
import { login, type RunnableHelm } from './helm-login.ts';
import { type Configuration, toConfigurationArguments, withConfiguration } from './repositories.ts';

/** What helm and the libraries below it say when a server wants a login (helm.md §4.2). */
const WANTS_LOGIN =
  /\b40[13] (?:Unauthorized|Forbidden)|code 40[13]|basic credential not found|credential required|no basic auth credentials|pull access denied/i;

/**
 * Builds a chart's dependencies. A registry with a login of its own gets that at once. The general
 * credentials go to nobody unasked: a server gets them when it has refused to answer without, so a
 * public repository beside a private one never sees them.
 */
export async function buildDependencies(
  chart: string,
  { credentials, ofHosts }: DependencyLogins,
  helm: RunnableHelm,
): Promise<CommandResult> {
  const addresses = readAddresses(chart);
  const logins = new Map(ofHosts);
  for (;;) {
    const result = await build({ chart, addresses, logins }, helm);
    if (result.code === 0 || !credentials) return result;
    const more = findRefusing(result, addresses).filter((host) => !logins.has(host));
    if (more.length === 0) return result;
    for (const host of more) logins.set(host, credentials);
  }
}

interface Build {
  readonly chart: string;
  readonly addresses: readonly string[];
  /** By host, with its port. */
  readonly logins: ReadonlyMap<string, Credentials>;
}

function build(request: Build, helm: RunnableHelm): Promise<CommandResult> {
  const { chart, addresses, logins } = request;
  // helm refuses a repository that was not added before; a file does what `repo add` does.
  const repositories = addresses
    .filter((url) => /^https?:/.test(url))
    .map((url, index) => {
      return { name: `dependency-${index}`, url, credentials: logins.get(hostOf(url)), caFile: '' };
    });
  const registries = addresses.filter((url) => url.startsWith('oci:') && logins.has(hostOf(url)));
  const hosts = [...new Set(registries.map(hostOf))];
  return withConfiguration(helm.home, { repositories, hosts }, async (configuration) => {
    const refused = await logInToAll(hosts, { logins, configuration }, helm);
    if (refused) return refused;
    return helm.run([
      ...['dependency', 'build', chart, ...toConfigurationArguments(configuration)],
      // Another release's dependencies may be built at the same time, under the same names.
      ...['--repository-cache', path.join(configuration.folder, 'cache')],
      // Indexes are only downloaded when there are any: `oci://` and `file://` have none.
      ...(repositories.length === 0 ? ['--skip-refresh'] : []),
    ]);
  });
}

/** The answer of the first registry that does not take its login. */
async function logInToAll(
  hosts: readonly string[],
  { logins, configuration }: Pick<Build, 'logins'> & { readonly configuration: Configuration },
  helm: RunnableHelm,
): Promise<CommandResult | undefined> {
  for (const host of hosts) {
    const credentials = logins.get(host);
    if (!credentials) continue;
    const result = await login(helm, { host, credentials, connection: [] }, configuration);
    if (result.code !== 0) return result;
  }
  return undefined;
}

/** Hosts of dependencies that helm names in a line with a refusal. */
function findRefusing(
  { stdout, stderr }: CommandResult,
  addresses: readonly string[],
): readonly string[] {
  const lines = `${stdout}\n${stderr}`.split('\n').filter((line) => WANTS_LOGIN.test(line));
  const named = lines.flatMap((line) => line.match(/\b(?:https?|oci):\/\/[^/\s"]+/g) ?? []);
  const known = new Set(addresses.map(hostOf));
  return [...new Set(named.map(hostOf))].filter((host) => known.has(host));
}

/** Addresses of the repositories and registries that the dependencies come from, each once. */
function readAddresses(chart: string): readonly string[] {
  const read = (name: string) => {
    const file = path.join(chart, name);
    return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  };
  const metadata = parseChartYaml(read('Chart.yaml') ?? '', { file: 'Chart.yaml' });
  const file = 'requirements.yaml';
  const { dependencies } = withRequirements(metadata, read(file), { file });
  const addresses = new Set(dependencies.map(({ repository }) => repository));
  return [...addresses].filter((url) => /^(?:https?|oci):\/\//.test(url));
}
