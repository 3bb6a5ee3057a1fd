import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/*
 * What we use of a kubeconfig, under its own names:
 * https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/. Paths in it are absolute (`auth/kubeconfig.ts`).
 */

export interface ClusterFields {
  readonly server: string;
  readonly 'certificate-authority'?: string;
  readonly 'certificate-authority-data'?: string;
  readonly 'insecure-skip-tls-verify'?: boolean;
  readonly 'proxy-url'?: string;
  readonly 'tls-server-name'?: string;
}

export interface UserFields {
  readonly 'client-certificate'?: string;
  readonly 'client-certificate-data'?: string;
  readonly 'client-key'?: string;
  readonly 'client-key-data'?: string;
  readonly token?: string;
  readonly tokenFile?: string;
  readonly username?: string;
  readonly password?: string;
  readonly as?: string;
  readonly 'as-uid'?: string;
  readonly 'as-groups'?: readonly string[];
  readonly 'as-user-extra'?: Readonly<Record<string, readonly string[]>>;
  readonly exec?: ExecFields;
  readonly 'auth-provider'?: { readonly name: string; readonly config?: OidcFields };
}

export interface ExecFields {
  readonly apiVersion?: string;
  readonly command?: string;
  readonly args?: readonly string[] | null;
  readonly env?: readonly { readonly name: string; readonly value: string }[] | null;
  readonly provideClusterInfo?: boolean;
}

export type OidcFields = Readonly<Record<string, string>>;

/** The cluster and the user of the current context. */
export interface Access {
  readonly cluster: ClusterFields;
  readonly user: UserFields;
}

interface Config {
  readonly 'current-context': string;
  readonly contexts: readonly {
    readonly name: string;
    readonly context: { readonly cluster: string; readonly user: string };
  }[];
  readonly clusters: readonly { readonly name: string; readonly cluster: ClusterFields }[];
  readonly users: readonly { readonly name: string; readonly user?: UserFields | null }[];
}

/** Throws when it is not one of ours; what users can get wrong was refused before it was written. */
export function readAccess(path: string): Access {
  const config = parse(readFileSync(path, 'utf8')) as Config;
  const named = <T extends { readonly name: string }>(entries: readonly T[], name?: string) =>
    entries.find((entry) => entry.name === name);
  const context = named(config.contexts, config['current-context'])?.context;
  const cluster = named(config.clusters, context?.cluster)?.cluster;
  const user = named(config.users, context?.user);
  if (!cluster || !user) throw new TypeError(`${path} was not written by us`);
  return { cluster, user: user.user ?? {} };
}
