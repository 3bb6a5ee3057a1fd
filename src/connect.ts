import path from 'node:path';
import { withCertificates } from './adapters/certificates.ts';
import { createClock } from './adapters/clock.ts';
import { createCluster } from './adapters/cluster.ts';
import { createHelm } from './adapters/helm.ts';
import { createSops } from './adapters/sops.ts';
import { type Login, logIn } from './auth/login.ts';
import { preflight } from './auth/preflight.ts';
import type { Ports } from './commands/plan.ts';
import { type SpokenNames, speak } from './config/cluster/spoken-names.ts';
import type { ToolSource } from './config/tools.ts';
import { DeployError, DeployErrors, type Problem } from './errors.ts';
import { installHelmFor } from './install-tools.ts';
import { createLearning, parseYamlOrNothing } from './learn-secrets.ts';
import { toLoginWorld } from './login-world.ts';
import type { Cluster } from './ports.ts';
import type { ClusterSpec } from './release/cluster-spec.ts';
import { createNarrator } from './report/log.ts';
import { findNamedSecrets } from './secrecy/named-secrets.ts';
import type { Redactor } from './secrecy/redactor.ts';
import { findUrlSecrets } from './secrecy/url-secrets.ts';
import type { World } from './world.ts';

/** A job has one cluster, and one login to it for as long as it runs. */
export interface Connected {
  readonly login: Login;
  readonly cluster: Cluster;
  /** Such as `v1.36.3`. */
  readonly kubernetes: string;
  /** What went wrong with the login and stopped nothing, so far. */
  warnings(): readonly Problem[];
}

export interface Destination {
  readonly cluster: ClusterSpec;
  readonly names: SpokenNames;
}

/**
 * Logs in, and asks the cluster for its version: before helm or anything else is started.
 * @throws DeployErrors in the words of who wrote the inputs or slipway.yaml
 */
export async function connect({ cluster, names }: Destination, world: World): Promise<Connected> {
  try {
    const connected = await open(cluster, world);
    const { login, warnings } = connected;
    const tell = (problems: readonly Problem[]) => problems.map((one) => speak(one, names));
    return {
      ...connected,
      login: { ...login, problems: () => tell(login.problems()) },
      warnings: () => tell(warnings()),
    };
  } catch (error) {
    if (!(error instanceof DeployError || error instanceof DeployErrors)) throw error;
    const told = new DeployErrors(error.problems.map((one) => speak(one, names)));
    throw Object.assign(told, { cause: error.cause ?? error });
  }
}

async function open(spec: ClusterSpec, world: World): Promise<Connected> {
  hideAccess(spec, world.redactor);
  const warnings: Problem[] = [];
  // A cancel ends the waiting for a login. Once there is one it is renewed until the end: a rollback
  // under way goes on after a cancel.
  const patience = new AbortController();
  const onCancel = () => patience.abort();
  if (world.signal.aborted) onCancel();
  world.signal.addEventListener('abort', onCancel);
  const loginWorld = toLoginWorld({ ...world, signal: patience.signal }, warnings);
  const { log } = loginWorld;
  log(`Logging in: ${tell(spec)}.`);
  const opened = await logIn(spec, loginWorld);
  // A renewal under way would keep the process awake for as long as its cloud does not answer.
  const stop = () => {
    opened.stop();
    patience.abort();
  };
  const login = { ...opened, stop };
  try {
    const cluster = createCluster(login.kubeconfig.path);
    const readServerVersion = () => cluster.readServerVersion(patience.signal);
    const kubernetes = await preflight({ readServerVersion }, login);
    log(`Connected to ${login.kubeconfig.server} (Kubernetes ${kubernetes}) as ${login.identity}.`);
    return { login, cluster, kubernetes, warnings: () => toWarnings(warnings, login) };
  } catch (error) {
    login.stop();
    throw error;
  } finally {
    world.signal.removeEventListener('abort', onCancel);
  }
}

/** Once a login has ended, it is no longer of use to hear that it may end. */
function toWarnings(warnings: readonly Problem[], login: Login): readonly Problem[] {
  const problems = login.problems();
  const codes = problems.map(({ code }) => code);
  return [...warnings.filter(({ code }) => !codes.includes(code)), ...problems];
}

function tell(spec: ClusterSpec): string {
  switch (spec.provider) {
    case 'eks':
      return `EKS cluster ${spec.name} in ${spec.region}`;
    case 'gke':
      return `GKE cluster ${spec.name} in ${spec.location}, project ${spec.project}`;
    case 'server':
      return spec.endpoint.server;
    case 'in-cluster':
      return 'the cluster that this runner is in';
    case 'kubeconfig':
      return 'the cluster of `kubeconfig`';
  }
}

/** Tools and the way to the cluster: from here on every part of the run shares one world. */
export async function createPorts(
  { login, cluster }: Connected,
  tools: ToolSource,
  world: World,
): Promise<Ports> {
  const { host, files, redactor, signal } = world;
  const environment = withCertificates(process.env, files);
  const tool = await installHelmFor(tools, world);
  return {
    cluster,
    helm: createHelm({
      ...tool,
      kubeconfig: login.kubeconfig,
      home: path.join(files.privateFolder(), 'helm'),
      environment,
      signal,
    }),
    decryptor: createSops(environment, world),
    registries: { findLogin: login.registry },
    files,
    clock: createClock(),
    signal,
    emit: createNarrator(host, redactor),
    ...createLearning(redactor),
  };
}

/** Whatever lets somebody in: to the cluster, or through a proxy. */
function hideAccess(spec: ClusterSpec, redactor: Redactor): void {
  if (spec.provider === 'kubeconfig') {
    for (const secret of findNamedSecrets(parseYamlOrNothing(spec.kubeconfig))) {
      redactor.add(secret);
    }
  }
  for (const name of PROXIES) {
    for (const secret of findUrlSecrets(process.env[name] ?? '')) redactor.add(secret);
  }
}

const PROXIES = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'] as const;
