import { DeployError } from '../errors.ts';
import { ApiError } from '../ports.ts';

/** What the API server refused, as an error for the user; anything else is passed on. */
export function toDeployError(error: unknown, doing: string, needs: string): unknown {
  if (!(error instanceof ApiError)) return error;
  const { status, message } = error;
  if (status === 0) {
    return new DeployError(
      'cluster-unreachable',
      `${doing}: the cluster was not reached: ${message}`,
      {
        hint: 'Check the server and CA in `kubeconfig`, and that this runner may reach it (private endpoint, firewall, VPN).',
        cause: error,
      },
    );
  }
  if (status === 401) {
    return new DeployError(
      'unauthorized',
      `${doing}: the cluster does not accept these credentials: ${message}`,
      {
        hint: 'Renew the token or certificate in `kubeconfig`; it may have expired.',
        cause: error,
      },
    );
  }
  if (status === 403) {
    return new DeployError('forbidden', `${doing}: ${message}`, {
      hint: `Give this identity ${needs}; the ClusterRole \`edit\` bound in the namespace is enough for most charts.`,
      cause: error,
    });
  }
  return new DeployError('cluster-error', `${doing}: ${message}`, {
    hint: 'Start the run again; if it happens again, ask who runs the cluster.',
    cause: error,
  });
}
