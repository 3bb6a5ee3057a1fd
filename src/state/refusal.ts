import { DeployError } from '../errors.ts';
import { ApiError } from '../ports.ts';
import { FORBIDDEN, toForbidden } from '../release/forbidden.ts';
import { toSentence } from '../release/helm-error-rule.ts';

interface Explanation {
  readonly code: string;
  /** Goes after `Doing this: `. */
  readonly cause: string;
  readonly hint: string;
}

/** What the API server refused, as an error for the user; anything else is passed on. */
export function toDeployError(error: unknown, doing: string, needs: string): unknown {
  if (!(error instanceof ApiError)) return error;
  const { code, cause, hint } = explain(error, needs);
  return new DeployError(code, `${doing}: ${toSentence(cause)}`, { hint, cause: error });
}

function explain(error: ApiError, needs: string): Explanation {
  if (error.status === 0) return explainSilence(error);
  if (error.status === 401) {
    return {
      code: 'unauthorized',
      cause: 'the cluster does not accept the credentials in `kubeconfig`',
      hint: 'Renew its token or certificate; it may have expired, or belong to another cluster.',
    };
  }
  if (error.status === 403) {
    return {
      code: 'forbidden',
      cause: toRefused(error.message),
      hint: `Give this identity ${needs}; the ClusterRole \`edit\` bound in the namespace is enough for most charts.`,
    };
  }
  return {
    code: 'cluster-error',
    cause: `the cluster answered ${error.status}: ${error.message}`,
    hint: 'Start the run again; if it happens again, ask who runs the cluster.',
  };
}

function toRefused(message: string): string {
  const match = FORBIDDEN.exec(message);
  if (!match) return message;
  const { user, right } = toForbidden((name) => match.groups?.[name] ?? '');
  return `${user} may not ${right}`;
}

/** Of OpenSSL, and of Node for a certificate with another name (https://nodejs.org/api/errors.html, tls). */
const CERTIFICATE = /CERT|ISSUER|UNABLE_TO_VERIFY/;

function explainSilence({ message, cause }: ApiError): Explanation {
  const code = 'cluster-unreachable';
  // Node appends a piece of advice for those who start Node.
  const [said = message] = message.split('; if the root CA is installed locally');
  if (CERTIFICATE.test((cause as NodeJS.ErrnoException | undefined)?.code ?? '')) {
    return {
      code,
      cause: `the certificate of the cluster is not trusted (${said})`,
      hint: 'Put the CA of the cluster into `kubeconfig` as certificate-authority-data, and check the name in its `server`.',
    };
  }
  return {
    code,
    cause: `the cluster was not reached (${said})`,
    hint: 'Check `server` in `kubeconfig`, and that this runner may reach it (private endpoint, firewall, VPN).',
  };
}
