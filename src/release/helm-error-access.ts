import { FORBIDDEN, toForbidden } from './forbidden.ts';
import type { Rule } from './helm-error-rule.ts';

/** The cluster is not reached, or does not let us. */
export const ACCESS_RULES: readonly Rule[] = [
  {
    code: 'unauthorized',
    pattern: /the server has asked for the client to provide credentials|\bUnauthorized\b/,
    explain: () => ({
      cause: 'the cluster does not accept the credentials of this run',
      hint: 'Their token or certificate may have expired or been withdrawn meanwhile: renew what you gave for the cluster, and start the run again.',
    }),
  },
  {
    code: 'cluster-unreachable',
    pattern: /context "(?<name>[^"\n]*)" does not exist/,
    explain: (groups) => ({
      cause: `the kubeconfig has no context "${groups('name')}"`,
      hint: 'Correct `kube-context`, or leave it out to use the current context.',
    }),
  },
  {
    code: 'certificate-untrusted',
    pattern: /x509: (?<said>[^\n]*)/,
    explain: (groups) => ({
      cause: `the certificate of the cluster is not trusted: ${groups('said')}`,
      hint: 'Give the CA of the cluster together with its address. Behind a proxy that inspects TLS, name the cluster in NO_PROXY.',
    }),
  },
  {
    code: 'cluster-unreachable',
    pattern: /kubernetes cluster unreachable: (?<said>[^\n]*)/i,
    explain: (groups) => ({
      cause: `the cluster is not reachable: ${groups('said')}`,
      hint: 'Check the address of the cluster, and that this runner may reach it (private endpoint, firewall, VPN).',
    }),
  },
  {
    code: 'cluster-unreachable',
    pattern:
      /(?<said>[^\n]*(?:dial tcp|no such host|i\/o timeout|TLS handshake timeout|connection reset by peer|client connection lost|unexpected EOF|"https?:\/\/[^"\n]*\/apis?\/[^"\n]*": EOF)[^\n]*)/,
    explain: (groups) => ({
      cause: `the connection to the cluster was lost: ${groups('said')}`,
      hint: 'Run it again; if it stays, check the network between this runner and the cluster.',
    }),
  },
  {
    // Helm 4 says so when its watch broke off: it has seen neither success nor failure.
    code: 'cluster-unreachable',
    pattern:
      /(?:(?<event>(?:pre|post)-\w+) hooks failed: )?resource (?<object>\S+) not ready\. status: Unknown/,
    explain: (groups) => ({
      cause: `helm could no longer see what became of ${groups('object')}${groups('event') && ` (a ${groups('event')} hook)`}`,
      hint: 'It may have ended well or run on; the next deploy waits for a hook that still runs. Check the network between this runner and the cluster, and that this identity may get, list and watch such objects.',
    }),
  },
  {
    code: 'cluster-error',
    pattern: /(?<said>etcdserver: [^\n]*)/,
    explain: (groups) => ({
      cause: `the cluster could not answer: ${groups('said')}`,
      hint: 'Start the run again; if it happens again, ask who runs the cluster.',
    }),
  },
  {
    code: 'forbidden',
    pattern: FORBIDDEN,
    explain: (groups) => {
      const { user, right, kind } = toForbidden(groups);
      return {
        cause: `${user} may not ${right}`,
        hint: `Give ${user} the right to ${right}: a ${kind} and its binding.`,
      };
    },
  },
  {
    code: 'forbidden',
    pattern:
      /(?<kind>\w+)(?:\.\S+)? "(?<name>[^"\n]+)" is forbidden: user "(?<user>[^"\n]+)"[^\n]* is attempting to grant RBAC permissions not currently held/i,
    explain: (groups) => ({
      cause: `${groups('user')} may not create ${groups('kind')} ${groups('name')}, because it grants rights that ${groups('user')} does not have`,
      hint: `Give ${groups('user')} those rights, or the verbs \`escalate\` and \`bind\` on roles.`,
    }),
  },
  {
    code: 'forbidden',
    pattern: /(?<said>[^\n]*\bis forbidden: [^\n]*)/,
    explain: (groups) => ({
      cause: groups('said'),
      hint: 'Give the identity of this run that right, or change the object.',
    }),
  },
];
