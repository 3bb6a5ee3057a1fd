import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { ApiError } from '../../ports.ts';
import { findProxy } from './environment-proxy.ts';
import type { ClusterFields } from './kubeconfig.ts';

/** Connections are kept open, and used again. */
export interface Agents {
  readonly request: HttpAgent;
  readonly watch: HttpAgent;
}

/** Connections at once; more do not make 400 previews faster, and an API server of a small cluster is busy with it. */
const CONNECTIONS = 24;
/** Milliseconds after which a connection that nobody uses is closed, before any load balancer does it unseen. */
const IDLE = 30_000;
/** The kinds of proxies that client-go knows in a kubeconfig (clientcmd/helpers.go): helm has to go the same way. */
const OF_KUBECONFIG: readonly string[] = ['http:', 'https:', 'socks5:'];

/** Through the kubeconfig's proxy, or the environment's, as helm does. Throws `ApiError` for a proxy it cannot use. */
export async function createAgents(cluster: ClusterFields): Promise<Agents> {
  const proxy = readProxy(cluster);
  if (proxy?.protocol.startsWith('socks5')) return createSocksAgents(proxy);
  const proxyEnv = proxy ? { HTTP_PROXY: proxy.href, HTTPS_PROXY: proxy.href } : {};
  const options = { keepAlive: true, timeout: IDLE, proxyEnv };
  const Agent = cluster.server.startsWith('http:') ? HttpAgent : HttpsAgent;
  return {
    request: new Agent({ ...options, maxSockets: CONNECTIONS }),
    watch: new Agent(options),
  };
}

/** As client-go: `proxy-url` wins, and NO_PROXY means nothing to it. No message quotes what may hold a password. */
function readProxy(cluster: ClusterFields): URL | undefined {
  const written = cluster['proxy-url'];
  if (written) {
    const url = URL.parse(written);
    if (url && OF_KUBECONFIG.includes(url.protocol)) return url;
    const message =
      "the kubeconfig's proxy-url is not a URL that starts with http://, https:// or socks5://";
    throw new ApiError(0, '', message);
  }
  try {
    return findProxy(new URL(cluster.server), process.env);
  } catch {
    throw new ApiError(0, '', 'the proxy that HTTPS_PROXY names is not a usable URL');
  }
}

async function createSocksAgents(proxy: URL): Promise<Agents> {
  const { SocksProxyAgent } = await import('socks-proxy-agent');
  // Go lets the proxy look names up, which this package calls socks5h.
  const url = proxy.href.replace(/^socks5:/, 'socks5h:');
  const create = () => {
    const agent = new SocksProxyAgent(url, { keepAlive: true, timeout: IDLE });
    // Node closes idle connections by the option; the package would cut quiet watches by this one too.
    agent.timeout = null;
    return agent;
  };
  // Without a limit: requests that wait for a connection would hang when the proxy refuses one (agent-base 9.0.0).
  return { request: create(), watch: create() };
}
