import type { Problem } from '../errors.ts';
import type {
  ClusterSpec,
  Connection,
  InCluster,
  KubeconfigCluster,
} from '../release/cluster-spec.ts';
import type { Credentials } from '../release/spec.ts';
import { findUrlSecrets } from '../secrecy/url-secrets.ts';
import type { AccessFailure, Advice, ClusterAccess, LoginWorld, Token } from './access.ts';
import { findPod } from './in-cluster.ts';
import { type Kubeconfig, writeKubeconfig } from './kubeconfig.ts';
import { toClusterFields, writeParts } from './kubeconfig-parts.ts';
import { checkLoginProgram } from './login-program.ts';
import { startRefresher } from './refresher.ts';
import { openServer } from './server.ts';

/** Into the cluster of a job, for as long as the run lasts. */
export interface Login {
  readonly provider: ClusterSpec['provider'];
  /** Ours: helm and our own requests use it. */
  readonly kubeconfig: Kubeconfig;
  /** Whom the cluster sees, for messages. */
  readonly identity: string;
  /** Where tokens come from; undefined: the kubeconfig needs none of us. */
  readonly access?: ClusterAccess | undefined;
  /** The same login for a registry of the same cloud; undefined: the host is none. */
  registry(host: string): Promise<Credentials | undefined>;
  /** What it means here that the API server does not let us in; undefined: nothing special. */
  explain(failure: AccessFailure): Advice | undefined;
  /** What has gone wrong since, such as a login that could not be renewed. */
  problems(): readonly Problem[];
  /** Ends the renewal; nothing is awake afterwards. */
  stop(): void;
}

/** @throws DeployError for whatever could not work */
export async function logIn(spec: ClusterSpec, world: LoginWorld): Promise<Login> {
  warnOfHelmVariables(world);
  if ('connection' in spec) hideProxy(spec.connection, world);
  switch (spec.provider) {
    case 'kubeconfig':
      return logInByKubeconfig(spec, world);
    case 'in-cluster':
      return logInAsPod(spec, world);
    case 'server':
      return logInByTokens(openServer(spec, world), { ...spec, name: 'cluster' }, world);
    case 'eks': {
      const { openEks } = await import('./aws/eks.ts');
      return logInByTokens(await openEks(spec, world), spec, world);
    }
    case 'gke': {
      const { openGke } = await import('./google/gke.ts');
      return logInByTokens(await openGke(spec, world), spec, world);
    }
  }
}

/** Helm reads them before the kubeconfig; what we start does not see them (`toHelmEnvironment`). */
function warnOfHelmVariables({ environment, warn }: LoginWorld): void {
  const names = Object.keys(environment).filter((it) => /^HELM_KUBE/i.test(it) && environment[it]);
  if (names.length === 0) return;
  const [is, it] = names.length === 1 ? ['is', 'it'] : ['are', 'them'];
  warn({
    code: 'helm-variables-ignored',
    message: `${names.toSorted().join(', ')} ${is} set and would override the cluster login; ignored.`,
    hint: `Remove ${it} from the job: the inputs of this step name its cluster, and helm of other steps still follows ${it}.`,
  });
}

/** A proxy's address may hold a password. */
function hideProxy({ proxyUrl }: Connection, { hide }: LoginWorld): void {
  for (const secret of findUrlSecrets(proxyUrl)) hide(secret);
}

function logInByKubeconfig(spec: KubeconfigCluster, world: LoginWorld): Login {
  const kubeconfig = writeKubeconfig(spec, world.files);
  if (kubeconfig.program !== undefined) checkLoginProgram(kubeconfig.program, world);
  return { ...LASTING, provider: spec.provider, kubeconfig, identity: `user ${kubeconfig.user}` };
}

function logInAsPod({ provider }: InCluster, world: LoginWorld): Login {
  const { identity, server, parts } = findPod(world);
  const path = writeParts('kubeconfig.json', parts, world.files);
  const kubeconfig = { path, server, usesExec: false, user: identity };
  return { ...LASTING, provider, kubeconfig, identity };
}

/** Nothing to renew, and nothing more to know. */
const LASTING = {
  registry: async () => undefined,
  explain: () => undefined,
  problems: () => [],
  stop: () => undefined,
};

/**
 * A token that lives for less may end while helm still uses it: client-go keeps what it has read for 50 s, by
 * when 60 % of the life were left at worst (`refresher.ts`).
 */
const SHORTEST_LIFE = 85_000;

function warnOfShortLife({ expiresAt }: Token, { clock, warn }: LoginWorld): void {
  const left = (expiresAt ?? Number.POSITIVE_INFINITY) - clock.now().getTime();
  if (left >= SHORTEST_LIFE) return;
  warn({
    code: 'login-expired',
    message: `The login to the cluster lives for ${Math.round(left / 1000)} s only, and helm looks for a newer one every 50 s: the cluster may refuse it in between.`,
    hint: 'Let the credentials that this login begins with live for at least two minutes more.',
  });
}

/** The kubeconfig names a file, in which there is always a token that is good; helm and we read it again and again. */
async function logInByTokens(
  access: ClusterAccess,
  { provider, name }: { readonly provider: ClusterSpec['provider']; readonly name: string },
  world: LoginWorld,
): Promise<Login> {
  const { files, clock, signal, warn, log } = world;
  const first = await access.mint();
  warnOfShortLife(first, world);
  const write = (token: string) => files.replacePrivate('cluster-token', token);
  const tokenFile = write(first.token);
  const cluster = toClusterFields(access.endpoint, access.connection);
  const path = writeParts('kubeconfig.json', { name, cluster, user: { tokenFile } }, files);
  const { identity, endpoint } = access;
  const refresher = startRefresher({ first, mint: access.mint, write, clock, signal, warn, log });
  return {
    provider,
    kubeconfig: { path, server: endpoint.server, usesExec: false, user: identity },
    identity,
    access,
    registry: access.registry,
    explain: access.explain,
    problems: () => [refresher.problem()].filter((it) => it !== undefined),
    stop: refresher.stop,
  };
}
