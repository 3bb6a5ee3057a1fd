import type { ApiError } from '../ports.ts';

/** How the API server did not let us in. */
export interface AccessFailure {
  readonly type: 'name' | 'connection' | 'certificate' | 'proxy' | 'unauthorized' | 'forbidden';
  /** What Node or the server said, one line. */
  readonly said: string;
}

/** How messages call what the user gave for the cluster. */
export interface AccessWords {
  /** What the cluster does not accept. */
  readonly credentials: string;
  /** A sentence: how they become good again. */
  readonly renewal: string;
  /** Where its address is written. */
  readonly address: string;
  /** A sentence: what makes its certificate trusted. */
  readonly trust: string;
  /** A sentence: which rights are missing. */
  readonly rights: string;
}

export interface Explanation {
  readonly code: string;
  /** Goes after `Doing this: `. */
  readonly cause: string;
  readonly hint: string;
}

/** Undefined when we were let in, and something else went wrong. */
export function toAccessFailure(error: ApiError): AccessFailure | undefined {
  const { status, message } = error;
  if (status === 401) return { type: 'unauthorized', said: message };
  if (status === 403) return { type: 'forbidden', said: message };
  if (status === 407) return { type: 'proxy', said: `HTTP 407: ${message}` };
  if (status !== 0 || error.reason === 'Login') return undefined;
  const code = String((error.cause as NodeJS.ErrnoException | undefined)?.code ?? '');
  const [type] = SILENCES.find(([, pattern]) => pattern.test(code)) ?? (['connection'] as const);
  return { type, said: toUseful(message) };
}

/** By the codes of Node and OpenSSL; what is none of these is a connection that did not come to be, or broke. */
const SILENCES = [
  ['name', /^(?:ENOTFOUND|EAI_)/],
  ['proxy', /^ERR_PROXY_/],
  // Also Node's for a certificate with another name (https://nodejs.org/api/errors.html, tls).
  ['certificate', /CERT|ISSUER|UNABLE_TO_VERIFY/],
] as const;

function toUseful(message: string): string {
  // Node appends a piece of advice for those who start Node.
  const [said = message] = message.split('; if the root CA is installed locally');
  const [, host, proxy, status] = /tunnel to (\S+) via (\S+?)\/?: HTTP\/\S+ (\d+)/.exec(said) ?? [];
  return host ? `proxy ${proxy} refused ${host} with HTTP ${status}` : said;
}

type Explain = (said: string, words: AccessWords) => Explanation;

const EXPLANATIONS: Readonly<Record<AccessFailure['type'], Explain>> = {
  name: (said, { address }) => ({
    code: 'cluster-unreachable',
    cause: `the name of the API server is not known here (${said})`,
    hint: `Check ${address}; a name of a private network is known only in that network.`,
  }),
  connection: (said, { address }) => ({
    code: 'cluster-unreachable',
    cause: `the cluster was not reached (${said})`,
    hint: `Check ${address}, and that this runner may reach it (private endpoint, firewall, VPN).`,
  }),
  certificate: (said, { trust }) => ({
    code: 'certificate-untrusted',
    cause: `the certificate of the cluster is not trusted (${said})`,
    hint: `${trust} Behind a proxy that inspects TLS, name the cluster in NO_PROXY.`,
  }),
  proxy: (said) => ({
    code: 'proxy-refused',
    cause: `the connection was not let through (${said})`,
    hint: 'Put the user and the password that the proxy asks for into its address (HTTPS_PROXY, `cluster.proxy-url`, or proxy-url of `kubeconfig`), or list the cluster in NO_PROXY.',
  }),
  unauthorized: (_, { credentials, renewal }) => ({
    code: 'unauthorized',
    cause: `the cluster does not accept ${credentials}`,
    hint: renewal,
  }),
  forbidden: (said, { rights }) => ({ code: 'forbidden', cause: said, hint: rights }),
};

export function explainAccess({ type, said }: AccessFailure, words: AccessWords): Explanation {
  return EXPLANATIONS[type](said, words);
}
