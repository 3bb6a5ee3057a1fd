import { type Document, LineCounter, parseDocument } from 'yaml';
import { DeployError } from '../errors.ts';
import { isMap, type JsonMap } from '../release/json.ts';

/** What a kubeconfig says of the one context that is used; its other fields are kept as they are. */
export interface ChosenContext {
  readonly name: string;
  readonly fields: JsonMap;
  readonly cluster: { readonly name: string; readonly fields: JsonMap };
  /** An anonymous one, without fields, where the context has none, as behind `kubectl proxy`. */
  readonly user: { readonly name: string; readonly fields: JsonMap };
}

/**
 * Reads the context `wanted` of a kubeconfig, or its current one.
 * @throws DeployError `kubeconfig-invalid`, `kube-context-missing`, `kube-context-unknown`; no message quotes
 * the text, which is a secret
 */
export function parseContext(text: string, wanted: string): ChosenContext {
  const config = parseConfig(text);
  const { name, fields } = chooseContext(config, wanted);
  const { cluster: clusterName, user: userName } = fields as {
    readonly cluster?: string;
    readonly user?: string;
  };
  const cluster = find(config.clusters, clusterName)?.cluster;
  if (!cluster) throw dangling(name, 'cluster', clusterName);
  const user = userName ? find(config.users, userName)?.user : {};
  if (!user) throw dangling(name, 'user', userName);
  refuseUnusable(cluster, user);
  return {
    name,
    fields,
    cluster: { name: clusterName ?? '', fields: cluster },
    user: { name: userName || 'anonymous', fields: user },
  };
}

/** What we read of https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/; the rest is kept as it is. */
interface Config {
  readonly clusters: readonly Named<'cluster'>[];
  readonly contexts: readonly Named<'context'>[];
  readonly users: readonly Named<'user'>[];
  readonly 'current-context'?: string;
}

type Named<Key extends string> = { readonly name: string } & {
  readonly [K in Key]?: JsonMap | null;
};

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

function toMap(document: Document): JsonMap {
  try {
    const value: unknown = document.toJS();
    if (isMap(value)) return value;
  } catch {
    // Aliases that name nothing, or too many of them.
  }
  throw invalid('is not a map');
}

function toList<Key extends string>(value: unknown): readonly Named<Key>[] {
  return (Array.isArray(value) ? value.filter(isMap) : []) as unknown as readonly Named<Key>[];
}

function chooseContext(
  config: Config,
  wanted: string,
): { readonly name: string; readonly fields: JsonMap } {
  const name = wanted || config['current-context'];
  const fields = find(config.contexts, name)?.context;
  if (name && fields) return { name, fields };
  const lacking = name ? `context ${name}` : 'current-context';
  const known = config.contexts.map((context) => context.name).join(', ');
  throw new DeployError('kube-context-missing', `Reading the kubeconfig: it has no ${lacking}.`, {
    hint: `Set \`kube-context\` to one of: ${known}.`,
  });
}

function refuseUnusable(cluster: JsonMap, user: JsonMap): void {
  const { server } = cluster;
  if (typeof server !== 'string' || !/^https?:\/\//.test(server) || !URL.canParse(server)) {
    throw invalid('has no server address that begins with https:// for the chosen context');
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
