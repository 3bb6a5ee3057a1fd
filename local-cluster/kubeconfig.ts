/** Kubeconfig files: written for the users, read to reach a cluster. */
import { readFileSync, writeFileSync } from 'node:fs';
import { Agent } from 'node:https';
import { parse, stringify } from 'yaml';

/** All that a request needs to know. */
export interface Connection {
  readonly server: string;
  readonly agent: Agent;
  readonly token?: string | undefined;
}

interface Login {
  readonly user: string;
  readonly server: string;
  /** PEM */
  readonly authority: string;
  readonly token: string;
}

export function writeKubeconfig(file: string, { user, server, authority, token }: Login): void {
  const cluster = { server, 'certificate-authority-data': encode(authority) };
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'slipway', cluster }],
    users: [{ name: user, user: { token } }],
    contexts: [{ name: user, context: { cluster: 'slipway', user } }],
    'current-context': user,
  };
  writeFileSync(file, stringify(config), { mode: 0o600 });
}

/** Understands tokens and certificates inside the file, as we and kind write them; login programs it does not. */
export function connect(kubeconfig: string): Connection {
  const config = parse(readFileSync(kubeconfig, 'utf8'));
  const context = named(config.contexts, config['current-context'])?.context;
  const cluster = named(config.clusters, context?.cluster)?.cluster;
  const user = named(config.users, context?.user)?.user;
  if (!cluster?.server || !(user?.token || user?.['client-certificate-data'])) {
    throw new Error(
      `Reading ${kubeconfig}: its current context has no server, or no token or client certificate in the file itself. ` +
        'Write one that has, for example with: kubectl config view --raw --flatten --minify',
    );
  }
  const agent = new Agent({
    keepAlive: true,
    ca: decode(cluster['certificate-authority-data']),
    cert: decode(user['client-certificate-data']),
    key: decode(user['client-key-data']),
  });
  return { server: cluster.server, agent, token: user.token };
}

// biome-ignore lint/suspicious/noExplicitAny: the entries of a kubeconfig, looked at field by field
function named(entries: any[] | undefined, name: string): any {
  return entries?.find((entry) => entry.name === name);
}

function encode(text: string): string {
  return Buffer.from(text).toString('base64');
}

function decode(data: string | undefined): Buffer | undefined {
  return data === undefined ? undefined : Buffer.from(data, 'base64');
}
