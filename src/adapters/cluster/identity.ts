import { readFileSync } from 'node:fs';
import { Agent as HttpAgent } from 'node:http';
import { Agent, type RequestOptions } from 'node:https';
import { type Cluster as KubeCluster, KubeConfig, type User } from '@kubernetes/client-node';
import { parse } from 'yaml';
import { ApiError } from '../../ports.ts';

/** Who we are and how the server is reached. */
export interface Identity {
  /** Address of the API server, without a slash at the end. */
  readonly server: string;
  /** Certificates, headers and the shared agent for one request. Throws `ApiError` when a login fails. */
  options(use: Use): Promise<RequestOptions>;
  /** After a 401: the next `options` are made anew. */
  forget(): void;
}

/** A watch holds its connection for minutes, so watches are not counted among the requests. */
export type Use = 'request' | 'watch';

/** Connections at once; more do not make 400 previews faster, and an API server of a small cluster is busy with it. */
export const CONNECTIONS = 24;
/** Milliseconds after which a connection that nobody uses is closed, before any load balancer does it unseen. */
const IDLE = 30_000;
/** Milliseconds for which options are reused: a login program would otherwise be asked at every request. */
const REUSE = 5_000;

/** Fields of a kubeconfig's user that client-node 2.0.1 does not know. */
interface ExtraUser {
  readonly tokenFile?: string;
  readonly 'as-uid'?: string;
  readonly 'as-groups'?: readonly string[];
}

/** `path`: the private kubeconfig of this run, with one context (`auth/kubeconfig.ts`). */
export function readIdentity(path: string): Identity {
  const text = readFileSync(path, 'utf8');
  const config = new KubeConfig();
  config.loadFromString(text);
  const cluster = config.getCurrentCluster();
  const user = config.getCurrentUser();
  if (!cluster || !user) throw new TypeError(`${path} was not written by us`);
  // client-node wants this before it talks to a plain address; there is nothing to verify there.
  if (cluster.server.startsWith('http:')) Object.assign(cluster, { skipTLSVerify: true });
  const extra = (parse(text) as { users: { user?: ExtraUser }[] }).users[0]?.user ?? {};
  tellExecTheCluster(user, cluster);
  const agents = createAgents(cluster);

  let made: { readonly at: number; readonly options: Promise<RequestOptions> } | undefined;
  function remake() {
    const options = makeOptions(config, extra);
    options.catch(() => {
      made = undefined;
    });
    return { at: performance.now(), options };
  }
  return {
    server: cluster.server,
    async options(use) {
      if (!made || performance.now() - made.at > REUSE) made = remake();
      const options = await made.options;
      return agents ? { ...options, agent: agents[use] } : options;
    },
    forget() {
      made = undefined;
    },
  };
}

async function makeOptions(config: KubeConfig, extra: ExtraUser): Promise<RequestOptions> {
  try {
    const options: RequestOptions = { headers: {} };
    await config.applyToHTTPSOptions(options);
    // Only a SOCKS proxy keeps this one; it makes a connection for each request unless told otherwise.
    Object.assign(options.agent as HttpAgent, { keepAlive: true });
    return { ...options, headers: { ...(options.headers as object), ...toHeaders(extra) } };
  } catch (cause) {
    const why = String((cause as Error).message ?? cause).trim();
    throw new ApiError(0, '', `logging in with the kubeconfig's user failed: ${why}`, { cause });
  }
}

function toHeaders(user: ExtraUser): Record<string, string | string[]> {
  return {
    // As client-go: the file is preferred to a token beside it, and read again and again.
    ...(user.tokenFile
      ? { Authorization: `Bearer ${readFileSync(user.tokenFile, 'utf8').trim()}` }
      : {}),
    ...(user['as-uid'] ? { 'Impersonate-Uid': user['as-uid'] } : {}),
    ...(user['as-groups'] ? { 'Impersonate-Group': [...user['as-groups']] } : {}),
  };
}

/** Our own, because client-node's do not follow HTTPS_PROXY as helm does; Node knows no SOCKS. */
function createAgents({ server, proxyUrl }: KubeCluster): Record<Use, HttpAgent> | undefined {
  if (proxyUrl?.startsWith('socks')) return undefined;
  const proxyEnv = proxyUrl ? { HTTP_PROXY: proxyUrl, HTTPS_PROXY: proxyUrl } : process.env;
  const options = { keepAlive: true, timeout: IDLE, proxyEnv };
  const create = (extra: { readonly maxSockets?: number }) =>
    server.startsWith('http:')
      ? new HttpAgent({ ...options, ...extra })
      : new Agent({ ...options, ...extra });
  return { request: create({ maxSockets: CONNECTIONS }), watch: create({}) };
}

/**
 * Login programs are told the cluster by KUBERNETES_EXEC_INFO, without which gke-gcloud-auth-plugin
 * refuses to work; client-node 2.0.1 leaves it out.
 * https://kubernetes.io/docs/reference/access-authn-authz/authentication/#input-and-output-formats
 */
function tellExecTheCluster(user: User, cluster: KubeCluster): void {
  if (!user.exec) return;
  const info = {
    apiVersion: user.exec.apiVersion ?? 'client.authentication.k8s.io/v1',
    kind: 'ExecCredential',
    spec: {
      interactive: false,
      ...(user.exec.provideClusterInfo
        ? { cluster: { server: cluster.server, 'certificate-authority-data': cluster.caData } }
        : {}),
    },
  };
  const env = [
    ...(user.exec.env ?? []),
    { name: 'KUBERNETES_EXEC_INFO', value: JSON.stringify(info) },
  ];
  Object.assign(user, { exec: { ...user.exec, env } });
}
