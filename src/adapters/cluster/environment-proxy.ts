import { BlockList, isIP, isIPv6 } from 'node:net';

/** The kinds of proxies that net/http knows. */
const SCHEMES: readonly string[] = ['http:', 'https:', 'socks5:', 'socks5h:'];

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy that the environment names for a server, by the rules of Go, because helm beside us goes by
 * them (https://pkg.go.dev/golang.org/x/net/http/httpproxy#Config): upper case is read first, this
 * machine is never reached through a proxy, a name in NO_PROXY means its subdomains as well, and an
 * address may be a network such as `10.0.0.0/8`. Node's own rules know none of these.
 * Undefined: straight. Throws a TypeError for what is no URL, or one of a proxy that Go does not know.
 */
export function findProxy(server: URL, environment: Environment): URL | undefined {
  const read = (name: string) => environment[name] || environment[name.toLowerCase()] || '';
  const proxy = read(server.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY');
  if (proxy === '' || isDirect(server, read('NO_PROXY'))) return undefined;
  const url = new URL(/^[a-z][a-z0-9+.-]*:\/\//i.test(proxy) ? proxy : `http://${proxy}`);
  if (SCHEMES.includes(url.protocol)) return url;
  throw new TypeError('a proxy of an unknown kind');
}

function isDirect({ hostname, port, protocol }: URL, noProxy: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '');
  if (host === 'localhost' || host === '::1' || isIn('127.0.0.0/8', host)) return true;
  const actual = port || (protocol === 'https:' ? '443' : '80');
  const rules = noProxy
    .toLowerCase()
    .split(',')
    .map((rule) => rule.trim());
  return rules.some((rule) => rule !== '' && applies(rule, host, actual));
}

function applies(rule: string, host: string, port: string): boolean {
  if (rule === '*') return true;
  if (rule.includes('/')) return isIn(rule, host);
  const [, name = rule, ofPort] = /^(\[.+\]|[^:]+):(\d+)$/.exec(rule) ?? [];
  if (ofPort !== undefined && ofPort !== port) return false;
  const wanted = name.replace(/^\[|\]$|^\*(?=\.)/g, '');
  return host === wanted || host.endsWith(wanted.startsWith('.') ? wanted : `.${wanted}`);
}

/** `network`: in CIDR notation; anything else holds nothing, and a name is in none. */
function isIn(network: string, address: string): boolean {
  if (isIP(address) === 0) return false;
  const [base = '', bits] = network.split('/');
  const list = new BlockList();
  try {
    list.addSubnet(base, Number(bits), familyOf(base));
  } catch {
    return false;
  }
  return list.check(address, familyOf(address));
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIPv6(address) ? 'ipv6' : 'ipv4';
}
