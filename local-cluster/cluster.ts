/** A real Kubernetes control plane on this machine, with nodes that only play their part. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { addNamespace } from './access.ts';
import { borrowCluster } from './borrowed.ts';
import { buildModule, type Log } from './build/cache.ts';
import * as modules from './build/modules.ts';
import { recruit } from './crew.ts';
import { type Description, readDescription, writeDescription } from './description.ts';
import { connect } from './kubeconfig.ts';
import { type Binaries, kubeconfigIn, launch, logsIn } from './launch.ts';
import { startKeeper } from './processes.ts';
import { type Subject, type User, users } from './users.ts';

export type { User } from './users.ts';

export interface Cluster {
  /** Data, certificates, logs; `stop` removes it. */
  readonly directory: string;
  /** Such as `https://127.0.0.1:41234`. */
  readonly server: string;
  /** Path of the audit log, one JSON object a line; empty with SLIPWAY_KUBECONFIG. */
  readonly auditLog: string;
  /** Path of a kubeconfig with CA and token; its context has the user's name. */
  kubeconfig(user: User): string;
  /** A namespace in which deployer, namespace-admin and reader hold their roles. */
  addNamespace(name: string): Promise<void>;
  stop(): Promise<void>;
}

/** Another program may take a port between our finding it free and our using it. */
const attempts = 3;

export interface ClusterOptions {
  readonly log?: Log;
  /** Path of a kubeconfig that leads to who knows further tokens; it must answer already (control-plane.ts). */
  readonly tokenWebhook?: string;
}

/** Starts a cluster that lives until `stop`, or until this process ends in any other way. */
export async function startCluster(options: ClusterOptions = {}): Promise<Cluster> {
  const { log = console.error, tokenWebhook } = options;
  const borrowed = process.env['SLIPWAY_KUBECONFIG'];
  if (borrowed && tokenWebhook) {
    throw new Error('SLIPWAY_KUBECONFIG: a borrowed cluster cannot be given a token webhook');
  }
  if (borrowed) {
    const { description, stop } = await borrowCluster(borrowed, log);
    writeDescription(description);
    return { ...describe(description), stop };
  }
  const binaries = await build(log);
  for (let attempt = 1; ; attempt++) {
    try {
      return await start(binaries, { log, attempt, tokenWebhook });
    } catch (error) {
      if (!mayTryAgain(error, attempt)) throw error;
    }
  }
}

function mayTryAgain(error: unknown, attempt: number): boolean {
  return attempt < attempts && /address already in use/.test((error as Error).message);
}

/** A running cluster from another process (tests run in workers): `cluster.json` of its directory. */
export function openCluster(descriptionFile: string): Omit<Cluster, 'stop'> {
  return describe(readDescription(descriptionFile));
}

async function build(log: Log): Promise<Binaries> {
  // One after the other: each build takes all the cores there are.
  return {
    certificates: await buildModule(modules.certificates, log),
    etcd: await buildModule(modules.etcd, log),
    kwok: await buildModule(modules.kwok, log),
    kubernetes: await buildModule(modules.kubernetes, log),
  };
}

interface Attempt {
  readonly log: Log;
  readonly attempt: number;
  readonly tokenWebhook: string | undefined;
}

async function start(
  binaries: Binaries,
  { log, attempt, tokenWebhook }: Attempt,
): Promise<Cluster> {
  const directory = await mkdtemp(path.join(tmpdir(), 'slipway-cluster-'));
  const keeper = startKeeper(directory);
  let phase: 'starting' | 'running' | 'stopping' = 'starting';
  const crew = recruit(keeper, logsIn(directory), (error) => {
    if (phase === 'running') log(error.message);
  });
  try {
    const { server, kubelet } = await launch(directory, { binaries, tokenWebhook }, crew);
    phase = 'running';
    const description = ownDescription(directory, server);
    writeDescription(description);
    const stop = async () => {
      phase = 'stopping';
      kubelet.close();
      await keeper.end();
    };
    return { ...describe(description), stop };
  } catch (error) {
    if (!mayTryAgain(error, attempt)) keeper.leaveDirectory(); // with the logs
    await keeper.end();
    throw error;
  }
}

function ownDescription(directory: string, server: string): Description {
  const perUser = <T>(value: (user: User) => T) =>
    Object.fromEntries(users.map((user) => [user, value(user)])) as Record<User, T>;
  return {
    directory,
    server,
    auditLog: path.join(directory, 'audit.log'),
    kubeconfigs: perUser((user) => kubeconfigIn(directory, user)),
    subjects: perUser((name): Subject => ({ kind: 'User', name, apiGroup: rbac })),
  };
}

const rbac = 'rbac.authorization.k8s.io';

function describe(description: Description): Omit<Cluster, 'stop'> {
  const { directory, server, auditLog, kubeconfigs, subjects } = description;
  return {
    directory,
    server,
    auditLog,
    kubeconfig: (user: User) => kubeconfigs[user],
    addNamespace: (name: string) => addNamespace(connect(kubeconfigs.admin), name, subjects),
  };
}
