import type { Files } from '../ports.ts';
import type { ClusterSpec, EksCluster, GkeCluster } from '../release/cluster-spec.ts';
import { type ExecConfig, renderExecConfig } from './exec-config.ts';
import { toClusterFields, writeParts } from './kubeconfig-parts.ts';
import type { Login } from './login.ts';

/** Who makes tokens for later steps. */
export interface TokenProgram {
  readonly files: Pick<Files, 'writePrivate'>;
  /** Path of this Node, which later steps of the job have as well, though not in their PATH. */
  readonly node: string;
  /** Path of the exec plugin's own bundle. */
  readonly plugin: string;
  readonly session: string;
  readonly fromFork: boolean;
}

/**
 * The kubeconfig for later steps of the job, as a path: of EKS and GKE one that asks a program of ours
 * for tokens, because this process has ended by then; the others last by themselves.
 * @throws DeployError `input-invalid` when only this step could log in
 */
export function writeSetupKubeconfig(
  spec: ClusterSpec,
  login: Login,
  program: TokenProgram,
): string {
  const { access } = login;
  if (!access || !isRenewed(spec)) return login.kubeconfig.path;
  const { files, node, plugin, session, fromFork } = program;
  const config: ExecConfig = { cluster: spec, session, fromFork };
  const configFile = files.writePrivate('credential.json', renderExecConfig(config));
  const exec = {
    apiVersion: 'client.authentication.k8s.io/v1',
    command: node,
    args: [plugin, '--config', configFile],
    interactiveMode: 'Never',
    provideClusterInfo: false,
    installHint:
      'This kubeconfig was made by Slipway (command: setup) and works in later steps of the same job only.',
  };
  const cluster = toClusterFields(access.endpoint, access.connection);
  return writeParts('setup-kubeconfig.json', { name: spec.name, cluster, user: { exec } }, files);
}

/** An access token ends when it ends. */
function isRenewed(spec: ClusterSpec): spec is EksCluster | GkeCluster {
  if (spec.provider === 'gke') return spec.login.source.type !== 'access-token';
  return spec.provider === 'eks';
}
