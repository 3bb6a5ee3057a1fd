import path from 'node:path';
import { DeployError } from '../errors.ts';
import type { Files } from '../ports.ts';
import type { KubeconfigCluster } from '../release/cluster-spec.ts';
import { isMap, type JsonMap } from '../release/json.ts';
import { parseContext } from './kubeconfig-context.ts';

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

/** In the file system of the machine that wrote the kubeconfig these are paths. */
const CLUSTER_FILES = ['certificate-authority'] as const;
const USER_FILES = ['client-certificate', 'client-key', 'tokenFile'] as const;

/**
 * Writes the private kubeconfig for a run.
 * @throws DeployError with a sentence for whatever could not work; no message quotes the text, which is a
 * secret
 */
export function writeKubeconfig(spec: KubeconfigCluster, files: Files): Kubeconfig {
  const { name, fields, cluster, user } = parseContext(spec.kubeconfig, spec.context);
  const resolve = (given: JsonMap, names: readonly string[]) =>
    resolveFiles(given, names, { directory: spec.directory, files });
  const own = resolveExec(resolve(user.fields, USER_FILES), spec.directory);
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': name,
    contexts: [{ name, context: { ...fields, user: user.name } }],
    clusters: [{ name: cluster.name, cluster: resolve(cluster.fields, CLUSTER_FILES) }],
    users: [{ name: user.name, user: own }],
  };
  return {
    path: files.writePrivate('kubeconfig.json', JSON.stringify(config, null, 2)),
    usesExec: Boolean(own['exec']),
    program: toProgram(own),
    server: String(cluster.fields['server']),
    user: user.name,
  };
}

function toProgram(user: JsonMap): string | undefined {
  const exec = user['exec'];
  const command = isMap(exec) ? exec['command'] : undefined;
  return typeof command === 'string' ? command : undefined;
}

/** Relative paths count from the kubeconfig's own folder, for kubectl and for us. */
function resolveFiles(
  fields: JsonMap,
  names: readonly string[],
  { directory, files }: { readonly directory: string; readonly files: Files },
): JsonMap {
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
function resolveExec(user: JsonMap, directory: string): JsonMap {
  const { exec } = user;
  if (!isMap(exec)) return user;
  const { command } = exec;
  if (typeof command !== 'string' || !command.includes('/')) return user;
  return { ...user, exec: { ...exec, command: path.resolve(directory, command) } };
}
