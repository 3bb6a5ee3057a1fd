import { isIPv6 } from 'node:net';
import { DeployError } from '../errors.ts';
import type { LoginWorld } from './access.ts';
import { parseClaims } from './claims.ts';
import type { KubeconfigParts } from './kubeconfig-parts.ts';

/** Where Kubernetes mounts it: https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/ */
const MOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';

/** How the pod that this runner is reaches its own cluster. */
export interface Pod {
  readonly identity: string;
  readonly server: string;
  /** With paths: the token in the file is replaced before it ends, so it is never copied. */
  readonly parts: KubeconfigParts;
}

/** @throws DeployError `login-missing` */
export function findPod({ environment, files, hide }: LoginWorld, mount: string = MOUNT): Pod {
  const { KUBERNETES_SERVICE_HOST: host = '', KUBERNETES_SERVICE_PORT: port } = environment;
  if (host === '') {
    throw new DeployError(
      'login-missing',
      '`cluster-provider` is in-cluster, but this runner is no pod of a cluster: KUBERNETES_SERVICE_HOST is not set.',
      {
        hint: 'Run the job on a runner inside the cluster, or say which cluster with `cluster-name` or `kubeconfig`.',
      },
    );
  }
  const tokenFile = `${mount}/token`;
  const token = files.read(tokenFile)?.trim() ?? '';
  if (token === '') {
    throw new DeployError(
      'login-missing',
      `No service-account token in this pod: ${tokenFile} is not there.`,
      {
        hint: 'Its `automountServiceAccountToken` may be false, or `containerMode: kubernetes` runs jobs in another pod: give that pod a service account.',
      },
    );
  }
  hide(token);
  const server = `https://${isIPv6(host) ? `[${host}]` : host}:${port || '443'}`;
  const ca = `${mount}/ca.crt`;
  const trust = files.kind(ca) === 'file' ? { 'certificate-authority': ca } : {};
  return {
    identity: parseClaims(token).sub || 'the service account of this pod',
    server,
    parts: { name: 'in-cluster', cluster: { server, ...trust }, user: { tokenFile } },
  };
}
