import path from 'node:path';
import { withCertificates } from './adapters/certificates.ts';
import { createClock } from './adapters/clock.ts';
import { createCluster } from './adapters/cluster.ts';
import type { DisposableFiles } from './adapters/files.ts';
import { createHelm } from './adapters/helm.ts';
import type { RunContext } from './adapters/run.ts';
import { createSops } from './adapters/sops.ts';
import { installHelm, installKubectl } from './adapters/tools/install.ts';
import { writeKubeconfig } from './auth/kubeconfig.ts';
import type { Ports } from './commands/plan.ts';
import type { ToolSource } from './config/tools.ts';
import { createLearning, parseYamlOrNothing } from './learn-secrets.ts';
import type { Host } from './ports.ts';
import type { ReleaseSpec } from './release/spec.ts';
import { createNarrator, line } from './report/log.ts';
import { findNamedSecrets } from './secrecy/named-secrets.ts';
import type { Redactor } from './secrecy/redactor.ts';
import { findUrlSecrets } from './secrecy/url-secrets.ts';

/** What a run has before it knows what to do. */
export interface World {
  readonly run: RunContext;
  /** Aborts when the run is cancelled. */
  readonly signal: AbortSignal;
  readonly host: Host;
  readonly files: DisposableFiles;
  readonly redactor: Redactor;
}

/** For later steps of the job, when asked for; its version. */
export async function installKubectlFor(
  tools: ToolSource,
  world: World,
): Promise<string | undefined> {
  if (tools.kubectlVersion === '') return undefined;
  const tool = await installKubectl(toToolRequest(tools, tools.kubectlVersion, world));
  world.host.addPath(path.dirname(tool.path));
  return tool.version;
}

/** Tools and the way to the cluster: from here on every part of the run shares one world. */
export async function connect(
  specs: readonly ReleaseSpec[],
  tools: ToolSource,
  world: World,
): Promise<Ports> {
  const { host, files, redactor } = world;
  const emit = createNarrator(host, redactor);
  // A job has one cluster; each of its releases says the same.
  const { cluster } = specs[0] as ReleaseSpec;
  const kubeconfig = writeKubeconfig(cluster, files);
  hideAccess(specs, redactor);
  const environment = withCertificates(process.env, files);
  const tool = await installHelm(toToolRequest(tools, tools.helmVersion, world));
  host.addPath(path.dirname(tool.path));
  return {
    cluster: createCluster(kubeconfig.path),
    helm: createHelm({
      path: tool.path,
      version: tool.version,
      kubeconfig,
      home: path.join(files.privateFolder(), 'helm'),
      environment,
      signal: world.signal,
    }),
    decryptor: createSops(environment, world),
    files,
    clock: createClock(),
    signal: world.signal,
    emit,
    ...createLearning(redactor),
  };
}

/** Whatever lets somebody in: to the cluster, to registries, through a proxy. */
function hideAccess(specs: readonly ReleaseSpec[], redactor: Redactor): void {
  for (const { cluster, chart } of specs) {
    for (const secret of findNamedSecrets(parseYamlOrNothing(cluster.kubeconfig))) {
      redactor.add(secret);
    }
    redactor.add(chart.credentials?.password ?? '');
  }
  for (const name of PROXIES) {
    for (const secret of findUrlSecrets(process.env[name] ?? '')) redactor.add(secret);
  }
}

const PROXIES = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'] as const;

function toToolRequest({ mirror }: ToolSource, version: string, { run, host, redactor }: World) {
  // @actions/tool-cache prints addresses into the debug log by itself.
  for (const secret of findUrlSecrets(mirror)) {
    redactor.add(secret);
    host.mask(secret);
  }
  return {
    version,
    mirror: mirror || undefined,
    toolCache: run.toolCache,
    temp: run.temp,
    log: (text: string) => host.info(redactor.safe(line(text))),
  };
}
