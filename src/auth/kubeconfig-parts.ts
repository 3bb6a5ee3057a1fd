import type { Files } from '../ports.ts';
import type { Connection, Endpoint } from '../release/cluster-spec.ts';

/** Cluster and user as a kubeconfig has them: https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/ */
export interface KubeconfigParts {
  /** Of cluster and context. */
  readonly name: string;
  readonly cluster: Readonly<Record<string, unknown>>;
  readonly user: Readonly<Record<string, unknown>>;
}

/** Writes a private kubeconfig with one context, and returns its path. JSON is YAML. */
export function writeParts(
  file: string,
  { name, cluster, user }: KubeconfigParts,
  files: Pick<Files, 'writePrivate'>,
): string {
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': name,
    contexts: [{ name, context: { cluster: name, user: USER } }],
    clusters: [{ name, cluster }],
    users: [{ name: USER, user }],
  };
  return files.writePrivate(file, JSON.stringify(config, null, 2));
}

const USER = 'slipway';

export function toClusterFields(
  { server, ca }: Endpoint,
  { proxyUrl, tlsServerName }: Connection,
): KubeconfigParts['cluster'] {
  return {
    server,
    ...(ca && { 'certificate-authority-data': Buffer.from(ca).toString('base64') }),
    ...(tlsServerName && { 'tls-server-name': tlsServerName }),
    ...(proxyUrl && { 'proxy-url': proxyUrl }),
  };
}
