import { type ClientRequest, Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Duplex } from 'node:stream';
import { Agent, type AgentConnectOpts } from 'agent-base';
import { findProxy } from '../adapters/cluster/environment-proxy.ts';
import type { Environment } from '../adapters/helm-environment.ts';
import { DeployError } from '../errors.ts';

/** Milliseconds after which a connection that nobody uses is closed, before a load balancer does it unseen. */
const IDLE = 30_000;

/**
 * One agent for all servers of all logins, which the clouds' own clients take as well: it goes straight
 * or through the environment's proxy, by Go's rules (`findProxy`), server by server. Connections are
 * kept and used again; idle ones do not keep the process alive. Plain http always goes straight:
 * only a machine's own metadata service speaks it.
 */
export function createProxyAgent(environment: Environment): HttpAgent {
  return new EnvironmentAgent(environment);
}

class EnvironmentAgent extends Agent {
  readonly #environment: Environment;
  readonly #plain = new HttpAgent({ keepAlive: true, timeout: IDLE });
  /** By the proxy's address; empty: straight. */
  readonly #agents = new Map<string, HttpAgent>();

  constructor(environment: Environment) {
    // Node asks this agent whether to keep a connection that one of the inner ones has made.
    super({ keepAlive: true });
    this.#environment = environment;
  }

  override async connect(
    _request: ClientRequest,
    options: AgentConnectOpts,
  ): Promise<Duplex | HttpAgent> {
    if (!options.secureEndpoint) return this.#plain;
    const proxy = readProxy(new URL(`https://${toAddress(options)}`), this.#environment);
    const address = proxy?.href ?? '';
    const agent = this.#agents.get(address) ?? (await createAgent(proxy));
    this.#agents.set(address, agent);
    return agent;
  }

  override destroy(): void {
    for (const agent of [this.#plain, ...this.#agents.values()]) agent.destroy();
    super.destroy();
  }
}

interface Target {
  readonly host?: unknown;
  readonly port?: unknown;
}

/** `host:port` */
function toAddress({ host, port }: Target): string {
  const name = String(host ?? 'localhost');
  return `${name.includes(':') ? `[${name}]` : name}:${port}`;
}

/** The message does not quote what may hold a password. */
function readProxy(server: URL, environment: Environment): URL | undefined {
  try {
    return findProxy(server, environment);
  } catch {
    const message = 'The proxy that HTTPS_PROXY names is not a usable URL.';
    throw new DeployError('input-invalid', message, {
      hint: 'Write it as http://host:port, https://host:port or socks5://host:port, or list the server in NO_PROXY.',
    });
  }
}

async function createAgent(proxy: URL | undefined): Promise<HttpAgent> {
  const options = { keepAlive: true, timeout: IDLE };
  if (!proxy?.protocol.startsWith('socks5')) {
    return new HttpsAgent(proxy ? { ...options, proxyEnv: { HTTPS_PROXY: proxy.href } } : options);
  }
  return createSocksAgent(proxy);
}

/** Its failures are told as Node tells those of other proxies; the package's own hold the proxy's login. */
async function createSocksAgent(proxy: URL): Promise<HttpAgent> {
  const { SocksProxyAgent } = await import('socks-proxy-agent');
  // Go lets the proxy look names up, which this package calls socks5h.
  const address = proxy.href.replace(/^socks5:/, 'socks5h:');
  const agent = new SocksProxyAgent(address, { keepAlive: true, timeout: IDLE });
  const connect = agent.connect.bind(agent);
  agent.connect = async (request, options) => {
    try {
      return await connect(request, options);
    } catch (error) {
      const ends = `${toAddress(options)} via socks5://${proxy.host}`;
      const told = `Failed to establish tunnel to ${ends}: ${(error as Error).message}`;
      throw Object.assign(new Error(told), { code: 'ERR_PROXY_TUNNEL' });
    }
  };
  return agent;
}

/**
 * What the agent's connections fail with when a proxy refuses them for good; undefined for anything else,
 * as when it cannot reach the server. The clouds' own clients hand such errors on, some as the cause of theirs.
 */
export function toProxyRefusal(error: unknown): DeployError | undefined {
  if (error instanceof DeployError && error.code === 'proxy-refused') return error;
  const { message = '', cause }: { message?: string; cause?: unknown } = Object(error);
  // Node: `Failed to establish tunnel to HOST:PORT via PROXY: HTTP/1.1 407 …`
  const [, server, proxy = '', said = ''] = / tunnel to (\S+) via (\S+): (.*)/.exec(message) ?? [];
  const [, status] = /^HTTP\/\S+ (4\d\d)/.exec(said) ?? [];
  if (status || /NotAllowed|authentication/i.test(said)) {
    const why = status ? `HTTP ${status}` : said;
    return createRefusal(`Proxy ${withoutLogin(proxy)} refused ${server} (${why}).`);
  }
  return cause === undefined ? undefined : toProxyRefusal(cause);
}

function withoutLogin(proxy: string): string {
  const { protocol = '', host = '' } = URL.parse(proxy) ?? {};
  return `${protocol}//${host}`;
}

function createRefusal(message: string): DeployError {
  return new DeployError('proxy-refused', message, {
    hint: "Set NO_PROXY for this server or put the proxy's user and password into HTTPS_PROXY, in the `env` of the job.",
  });
}
