import path from 'node:path';
import { type Document, LineCounter, parseDocument } from 'yaml';
import { DeployError } from '../errors.ts';
import type { Files } from '../ports.ts';
import type { KubeconfigCluster } from '../release/cluster-spec.ts';

/** A kubeconfig of our own, readable by us alone, with one context: the chosen one. */
export interface Kubeconfig {
  readonly path: string;
  /** Whether its user logs in through a program, which then needs the cloud's variables. */
  readonly usesExec: boolean;
  /** That program, as it is called; undefined: there is none. */
  readonly program?: string | undefined;
  /** Address of the API server. */
  readonly server: string;
  /** Name of its user, for messages. */
  readonly user: string;
}

/** What we read of https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/; the rest is kept as it is. */
interface Config {
  readonly clusters: readonly Named<'cluster'>[];
  readonly contexts: readonly Named<'context'>[];
  readonly users: readonly Named<'user'>[];
  readonly 'current-context'?: string;
}

type Fields = Readonly<Record<string, unknown>>;
type Named<Key extends string> = { readonly name: string } & {
  readonly [K in Key]?: Fields | null;
};

/** In the file system of the machine that wrote the kubeconfig these are paths. */
const CLUSTER_FILES = ['certificate-authority'] as const;
const USER_FILES = ['client-certificate', 'client-key', 'tokenFile'] as const;

/**
 * Writes the private kubeconfig for a run. Throws `DeployError` with a sentence for whatever could
 * not work; its messages never quote the text, which is a secret.
 */
export function writeKubeconfig(spec: KubeconfigCluster, files: Files): Kubeconfig {
  const config = parseConfig(spec.kubeconfig);
  const context = chooseContext(config, spec.context);
  const { cluster: clusterName, user: userName } = context.context as {
    readonly cluster?: string;
    readonly user?: string;
  };
  const cluster = find(config.clusters, clusterName)?.cluster;
  if (!cluster) throw dangling(context.name, 'cluster', clusterName);
  // A context without a user is an anonymous one, as behind `kubectl proxy`.
  const user = userName ? find(config.users, userName)?.user : {};
  if (!user) throw dangling(context.name, 'user', userName);
  refuseUnusable(cluster, user);

  const resolve = (fields: Fields, names: readonly string[]) =>
    resolveFiles(fields, names, { directory: spec.directory, files });
  const name = userName || 'anonymous';
  const own = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': context.name,
    contexts: [{ name: context.name, context: { ...context.context, user: name } }],
    clusters: [{ name: clusterName, cluster: resolve(cluster, CLUSTER_FILES) }],
    users: [{ name, user: resolveExec(resolve(user, USER_FILES), spec.directory) }],
  };
  return {
    path: files.writePrivate('kubeconfig.json', JSON.stringify(own, null, 2)),
    usesExec: Boolean(user['exec']),
    program: toProgram(own.users[0]?.user),
    server: String(cluster['server']),
    user: name,
  };
}

function toProgram(user: Fields | undefined): string | undefined {
  const exec = user?.['exec'];
  const command = isFields(exec) ? exec['command'] : undefined;
  return typeof command === 'string' ? command : undefined;
}

function parseConfig(text: string): Config {
  const lineCounter = new LineCounter();
  // `prettyErrors` would quote the text.
  const document = parseDocument(text, { prettyErrors: false, lineCounter, logLevel: 'silent' });
  const [error] = document.errors;
  if (error) {
    const { line, col } = lineCounter.linePos(error.pos[0]);
    throw invalid(`is not YAML (line ${line}, column ${col})`);
  }
  const config = toMap(document);
  const clusters = toList<'cluster'>(config['clusters']);
  const contexts = toList<'context'>(config['contexts']);
  if (clusters.length === 0) throw invalid('has no clusters');
  if (contexts.length === 0) throw invalid('has no contexts');
  const current = config['current-context'];
  return {
    clusters,
    contexts,
    users: toList<'user'>(config['users']),
    ...(typeof current === 'string' ? { 'current-context': current } : {}),
  };
}

function toMap(document: Document): Fields {
  try {
    const value: unknown = document.toJS();
    if (isFields(value)) return value;
  } catch {
    // Aliases that name nothing, or too many of them.
  }
  throw invalid('is not a map');
}

function toList<Key extends string>(value: unknown): readonly Named<Key>[] {
  return (Array.isArray(value) ? value.filter(isFields) : []) as unknown as readonly Named<Key>[];
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function chooseContext(config: Config, wanted: string): Named<'context'> {
  const known = config.contexts.map(({ name }) => name).join(', ');
  const name = wanted || config['current-context'];
  if (!name) {
    throw new DeployError(
      'kube-context-missing',
      'Reading the kubeconfig: it has no current-context.',
      { hint: `Set \`kube-context\` to one of: ${known}.` },
    );
  }
  const context = find(config.contexts, name);
  if (context?.context) return context;
  throw new DeployError(
    'kube-context-missing',
    `Reading the kubeconfig: it has no context ${name}.`,
    { hint: `Set \`kube-context\` to one of: ${known}.` },
  );
}

function refuseUnusable(cluster: Fields, user: Fields): void {
  const { server } = cluster;
  if (typeof server !== 'string' || !/^https?:\/\//.test(server) || !URL.canParse(server)) {
    throw invalid('has no usable server address for the chosen context');
  }
  const provider = (user['auth-provider'] as { readonly name?: string } | undefined)?.name;
  // client-go has dropped `gcp` and `azure` (Kubernetes 1.26); `oidc` still works.
  if (provider === undefined || provider === 'oidc') return;
  throw new DeployError(
    'kubeconfig-invalid',
    `Reading the kubeconfig: its user logs in with the auth-provider ${provider}, which no longer works.`,
    { hint: PROVIDER_HINTS[provider] ?? INSTEAD },
  );
}

const INSTEAD = 'Use an exec entry, a token, a tokenFile or a client certificate instead.';
const PROVIDER_HINTS: Readonly<Record<string, string>> = {
  gcp: 'Kubernetes clients dropped it in 1.26: set `cluster-provider: gke` with `cluster-name` and `cluster-location` instead of `kubeconfig`.',
  azure:
    'Kubernetes clients dropped it in 1.26: run azure/login and azure/aks-set-context before this step, and give `kubeconfig` the path in KUBECONFIG.',
};

/** Relative paths count from the kubeconfig's own folder, for kubectl and for us. */
function resolveFiles(
  fields: Fields,
  names: readonly string[],
  { directory, files }: { readonly directory: string; readonly files: Files },
): Fields {
  const resolved: Record<string, unknown> = { ...fields };
  for (const name of names) {
    const written = fields[name];
    if (typeof written !== 'string' || written === '') continue;
    const file = path.resolve(directory, written);
    if (files.kind(file) !== 'file') {
      throw new DeployError(
        'kubeconfig-invalid',
        `Reading the kubeconfig: its ${name} ${written} is not a file.`,
        {
          hint: `It was looked for at ${file}; put the content into ${name}-data or token instead.`,
        },
      );
    }
    resolved[name] = file;
  }
  return resolved;
}

/** A command with a slash is relative as well; one without is looked up in PATH. */
function resolveExec(user: Fields, directory: string): Fields {
  const { exec } = user;
  if (!isFields(exec)) return user;
  const { command } = exec;
  if (typeof command !== 'string' || !command.includes('/')) return user;
  return { ...user, exec: { ...exec, command: path.resolve(directory, command) } };
}

function find<T extends { readonly name: string }>(
  list: readonly T[],
  name: string | undefined,
): T | undefined {
  return name ? list.find((entry) => entry.name === name) : undefined;
}

function dangling(context: string, kind: string, name: string | undefined): DeployError {
  return new DeployError(
    'kube-context-unknown',
    name
      ? `Reading the kubeconfig: its context ${context} names the ${kind} ${name}, which it does not have.`
      : `Reading the kubeconfig: its context ${context} names no ${kind}.`,
    {
      hint: `Correct that context, or give what \`kubectl config view --raw --minify --flatten\` prints.`,
    },
  );
}

function invalid(what: string): DeployError {
  return new DeployError('kubeconfig-invalid', `Reading the kubeconfig: it ${what}.`, {
    hint: 'Give `kubeconfig` what `kubectl config view --raw --minify --flatten` prints, raw or as base64, or its path.',
  });
}
