import type { RequestOptions } from 'node:https';
import type { ExecAuth } from '@kubernetes/client-node/dist/exec_auth.js';
import type { ClusterFields, ExecFields } from './kubeconfig.ts';

/** A login that needs more than what the kubeconfig holds. */
export interface Plugin {
  /** Adds what it gives to the options of a request. Throws with the reason. */
  complete(options: RequestOptions): Promise<void>;
  /** After a 401: what it gave is no longer good. */
  forget(): void;
}

/** What a login program is told about the cluster when it asks for that. */
const TOLD = [
  'server',
  'tls-server-name',
  'insecure-skip-tls-verify',
  'certificate-authority-data',
  'proxy-url',
] as const;

/** By a program, which is asked again when what it gave has expired or is no longer good. */
export function createExecPlugin(exec: ExecFields, cluster: ClusterFields): Plugin {
  const env = [...(exec.env ?? []), { name: 'KUBERNETES_EXEC_INFO', value: toInfo(exec, cluster) }];
  const user = { name: 'user', exec: { ...exec, env } };
  let auth: Promise<ExecAuth> | undefined;
  return {
    async complete(options) {
      auth ??= loadExecAuth();
      try {
        await (await auth).applyAuthentication(user, options);
      } catch (cause) {
        throw new Error(explain(cause as Error, exec), { cause });
      }
    },
    forget() {
      auth = undefined;
    },
  };
}

/** A part of client-node that takes 8 ms to load (docs/decisions/0001-client-node-in-parts.md). */
async function loadExecAuth(): Promise<ExecAuth> {
  const { ExecAuth } = await import('@kubernetes/client-node/dist/exec_auth.js');
  return new ExecAuth();
}

/** The words of the program; those of a parser would quote what it printed, which may be a secret. */
function explain(error: Error, { command }: ExecFields): string {
  if (error instanceof SyntaxError || error instanceof TypeError) {
    return `${command} did not print an ExecCredential with a status`;
  }
  return error.message.trim() || `${command} failed and said nothing`;
}

/**
 * Login programs are told the cluster by KUBERNETES_EXEC_INFO, without which gke-gcloud-auth-plugin
 * refuses to work; client-node 2.0.1 leaves it out.
 * https://kubernetes.io/docs/reference/access-authn-authz/authentication/#input-and-output-formats
 */
function toInfo(exec: ExecFields, cluster: ClusterFields): string {
  const told = Object.fromEntries(TOLD.map((name) => [name, cluster[name]]));
  return JSON.stringify({
    apiVersion: exec.apiVersion ?? 'client.authentication.k8s.io/v1',
    kind: 'ExecCredential',
    spec: { interactive: false, ...(exec.provideClusterInfo ? { cluster: told } : {}) },
  });
}
