/**
 * Everything of ours that goes to the network, in a process of its own: Node and the libraries read
 * proxies and CAs of the environment when they start. Prints what it got.
 */
import path from 'node:path';
import { withCertificates } from '../../src/adapters/certificates.ts';
import { createCluster } from '../../src/adapters/cluster.ts';
import { runCommand } from '../../src/adapters/command.ts';
import { createFiles } from '../../src/adapters/files.ts';
import { createGitHub } from '../../src/adapters/github.ts';
import { toHelmEnvironment } from '../../src/adapters/helm-environment.ts';
import { installKubectl } from '../../src/adapters/tools/install.ts';

/** The argument, as JSON. */
export interface Task {
  /** Of the only server there is. */
  readonly address: string;
  /** An absolute path. */
  readonly folder: string;
  readonly kubeconfig: string;
  /** Paths of the binaries. */
  readonly helms: readonly string[];
}

const { address, folder, kubeconfig, helms } = JSON.parse(process.argv[2] ?? '') as Task;

const tool = await installKubectl({
  version: '1.36.2',
  mirror: `${address}/tools`,
  platform: 'linux',
  arch: 'x64',
  toolCache: path.join(folder, 'tools'),
  temp: folder,
  log: () => undefined,
});
const github = createGitHub({ token: 'abc', repository: 'o/r', apiUrl: `${address}/api/v3` });
const files = createFiles(folder);
const environment = toHelmEnvironment(withCertificates(process.env, files), {
  home: path.join(folder, 'helm'),
  kubeconfig: { path: kubeconfig, usesExec: false },
});
const show = async (helm: string) => {
  const args = ['show', 'chart', `${address}/charts/api-1.0.0.tgz`];
  const { stdout, stderr } = await runCommand({ path: helm, args, environment });
  return stdout || stderr;
};

process.stdout.write(
  `\n${JSON.stringify({
    kubectl: tool.verifiedBy,
    pullRequest: await github.findPullRequest('abc'),
    server: await createCluster(kubeconfig).readServerVersion(),
    charts: await Promise.all(helms.map(show)),
  })}\n`,
);
files.dispose();
