/** The program that verifies tokens for EKS, with a local STS in the place of AWS's. */
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { Agent } from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';
import { call } from '../../local-cluster/api.ts';
import { freePorts } from '../../local-cluster/ports.ts';
import { startKeeper } from '../../local-cluster/processes.ts';
import { buildTool } from '../../local-cluster/tools.ts';
import { until } from '../../local-cluster/wait.ts';
import type { Review } from './token-webhook.ts';

/** Who the holder of a role is in the cluster: what an access entry says. */
export interface AccessEntry {
  readonly rolearn: string;
  readonly username: string;
  readonly groups: readonly string[];
}

export interface AuthenticatorOptions {
  readonly cluster: string;
  readonly entries: readonly AccessEntry[];
  /** Port of a proxy that leads `sts.REGION.amazonaws.com` to the local STS. */
  readonly proxy: number;
  /** Path of the certificate of that STS's authority. */
  readonly authority: string;
}

export interface Authenticator {
  readonly review: Review;
  stop(): Promise<void>;
}

/** Its flags and files: https://github.com/kubernetes-sigs/aws-iam-authenticator. */
export async function startAuthenticator(options: AuthenticatorOptions): Promise<Authenticator> {
  const binary = await buildTool('aws-iam-authenticator-0.6.13');
  const folder = mkdtempSync(path.join(tmpdir(), 'slipway-authenticator-'));
  const at = (name: string) => path.join(folder, name);
  const [port] = await freePorts(1);
  mkdirSync(at('state'));
  const { cluster: clusterID, entries: mapRoles } = options;
  writeFileSync(at('config.yaml'), stringify({ clusterID, server: { mapRoles } }));
  const keeper = startKeeper(folder);
  const files = [`--config=${at('config.yaml')}`, `--state-dir=${at('state')}`];
  const kubeconfig = `--generate-kubeconfig=${at('webhook.yaml')}`;
  keeper.spawn(binary, ['server', ...files, kubeconfig, `--port=${port}`], {
    stdio: 'ignore',
    env: {
      HTTPS_PROXY: `http://127.0.0.1:${options.proxy}`,
      SSL_CERT_FILE: options.authority,
      AWS_EC2_METADATA_DISABLED: 'true',
    },
  });
  const server = `https://localhost:${port}`;
  const connection = await until('the authenticator', async () => {
    const agent = new Agent({ keepAlive: true, ca: readFileSync(at('state/cert.pem')) });
    const made = { server, agent };
    return (await call(made, '/healthz')).status === 200 && made;
  });
  return {
    async review(token) {
      const body = { spec: { token } };
      const answer = await call(connection, '/authenticate', { method: 'POST', body });
      return answer.body.status?.user?.username ? answer.body.status.user : undefined;
    },
    stop: () => keeper.end(),
  };
}
