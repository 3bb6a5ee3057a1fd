import { DeployError } from '../errors.ts';
import type { EksCluster, GkeCluster } from '../release/cluster-spec.ts';
import { isMap, parseJsonMap } from '../release/json.ts';

/** What the exec plugin reads, beside the environment of the step that it runs in: no secret is in it. */
export interface ExecConfig {
  readonly cluster: EksCluster | GkeCluster;
  /** As of `AuthWorld`. */
  readonly session: string;
  readonly fromFork: boolean;
}

/**
 * The config as a file's text.
 * @throws DeployError `input-invalid` for a login that only this step can do
 */
export function renderExecConfig({ cluster, session, fromFork }: ExecConfig): string {
  if (cluster.provider === 'gke') refuseKey(cluster);
  // Tokens are made without them, and a proxy's address may hold a password.
  const connection = { proxyUrl: '', tlsServerName: '' };
  const kept =
    cluster.provider === 'eks'
      ? { ...cluster, endpoint: undefined, connection }
      : { ...cluster, connection };
  return JSON.stringify({ cluster: kept, session, fromFork } satisfies ExecConfig);
}

/** @throws DeployError `login-missing` for a file that is not (all of) what we wrote */
export function parseExecConfig(text: string): ExecConfig {
  const config = parseJsonMap(text);
  if (config && isMap(config['cluster'])) return config as unknown as ExecConfig;
  throw new DeployError('login-missing', 'The login of this kubeconfig is broken.', {
    hint: 'Run `command: setup` again, and let nothing else write into its folder in RUNNER_TEMP.',
  });
}

function refuseKey({ login: { source } }: GkeCluster): void {
  if (source.type !== 'credentials') return;
  throw new DeployError(
    'input-invalid',
    '`cluster.credentials` holds for its own step only: `command: setup` would have to write the key into a file for later steps.',
    {
      hint: 'Use `gcp-workload-identity-provider`, or write the key into a file yourself and name it in GOOGLE_APPLICATION_CREDENTIALS for the whole job instead of `cluster.credentials`.',
    },
  );
}
