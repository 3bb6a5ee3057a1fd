import path from 'node:path';
import { writeSetupKubeconfig } from './auth/setup-kubeconfig.ts';
import type { ToolSource } from './config/tools.ts';
import type { Connected } from './connect.ts';
import { installHelmFor, installKubectlFor } from './install-tools.ts';
import { isFromFork, toSession } from './login-world.ts';
import type { ClusterSpec } from './release/cluster-spec.ts';
import { checkSkew } from './release/skew.ts';
import { toReadyTarget } from './report/build.ts';
import type { Report } from './report/report.ts';
import type { World } from './world.ts';

/** The bundle of the exec plugin lies beside the one that the runner started. */
const PLUGIN = path.join(path.dirname(process.argv[1] ?? ''), 'credential', 'index.js');

export interface SetUp {
  readonly cluster: ClusterSpec;
  readonly environment: string;
  readonly tools: ToolSource;
}

/** `command: setup`: tools on PATH, and a kubeconfig that lasts until the job ends. */
export async function setUp(
  { cluster, environment, tools }: SetUp,
  { login, kubernetes }: Connected,
  world: World,
): Promise<Pick<Report, 'targets' | 'warnings'>> {
  const { run, host, files } = world;
  const helm = await installHelmFor(tools, world);
  const kubectl = await installKubectlFor(tools, world);
  const kubeconfig = writeSetupKubeconfig(cluster, login, {
    files,
    node: process.execPath,
    plugin: PLUGIN,
    session: toSession(run),
    fromFork: isFromFork(run),
  });
  host.exportVariable('KUBECONFIG', kubeconfig);
  const skew = checkSkew(kubectl.version, kubernetes);
  const target = toReadyTarget({
    environment,
    server: login.kubeconfig.server,
    kubernetes,
    identity: login.identity,
    helm: helm.version,
    kubectl: kubectl.version,
    kubeconfig,
  });
  return { targets: [target], warnings: skew ? [skew] : [] };
}
