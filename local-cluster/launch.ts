/** Brings a control plane up in a directory: keys, kubeconfigs, programs, furniture. */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import * as plane from './control-plane.ts';
import type { Crew } from './crew.ts';
import { conditions, furnish, waitFor } from './furnish.ts';
import { type Connection, connect, writeKubeconfig } from './kubeconfig.ts';
import { type Kubelet, startKubelet } from './kubelet.ts';
import { freePorts } from './ports.ts';
import { staff, tokenLine, users } from './users.ts';

export type Binaries = plane.Places['binaries'] & { readonly certificates: string };

export interface Parts {
  readonly binaries: Binaries;
  readonly tokenWebhook: string | undefined;
}

export interface Launched {
  readonly server: string;
  readonly kubelet: Kubelet;
}

export const logsIn = (directory: string) => path.join(directory, 'logs');
export const kubeconfigIn = (directory: string, user: string) =>
  path.join(directory, 'kubeconfigs', `${user.replace(':', '-')}.yaml`);

export async function launch(directory: string, parts: Parts, crew: Crew): Promise<Launched> {
  const places = await prepare(directory, parts);
  const server = `https://127.0.0.1:${places.ports.api}`;
  await writeUsers(places, server);
  const kubelet = await startKubelet(places.certificates, connectionOf(directory, staff.kubelet));
  try {
    await run(places, { crew, kubelet, connection: connect(kubeconfigIn(directory, 'admin')) });
  } catch (error) {
    kubelet.close();
    throw error;
  }
  return { server, kubelet };
}

async function prepare(
  directory: string,
  { binaries, tokenWebhook }: Parts,
): Promise<plane.Places> {
  const certificates = path.join(directory, 'certificates');
  const folders = [certificates, logsIn(directory), path.dirname(kubeconfigIn(directory, ''))];
  await Promise.all(folders.map((folder) => mkdir(folder)));
  await promisify(execFile)(path.join(binaries.certificates, 'certificates'), [certificates]);
  const [api = 0, etcd = 0, etcdPeer = 0] = await freePorts(3);
  return {
    directory,
    certificates,
    binaries,
    ports: { api, etcd, etcdPeer },
    tokenWebhook,
    kubeconfig: (name) => kubeconfigIn(directory, staff[name]),
  };
}

/** A token and a kubeconfig for each: https://kubernetes.io/docs/reference/access-authn-authz/authentication/#static-token-file */
async function writeUsers(
  { directory, certificates }: plane.Places,
  server: string,
): Promise<void> {
  const authority = readFileSync(path.join(certificates, 'ca.crt'), 'utf8');
  const lines = [...users, ...Object.values(staff)].map((user) => {
    const token = randomBytes(24).toString('hex');
    writeKubeconfig(kubeconfigIn(directory, user), { user, server, authority, token });
    return tokenLine(user, token);
  });
  await writeFile(path.join(directory, 'tokens.csv'), lines.join('\n'), { mode: 0o600 });
}

async function run(
  places: plane.Places,
  { crew, kubelet, connection }: { crew: Crew; kubelet: Kubelet; connection: Connection },
): Promise<void> {
  const [apiReady, ...others] = conditions;
  crew.start(plane.etcd(places));
  crew.start(plane.apiServer(places));
  await crew.expect(apiReady.program, (signal) => waitFor(apiReady, connection, signal));
  crew.start(plane.controllerManager(places));
  crew.start(plane.scheduler(places));
  crew.start(plane.kwok(places));
  await crew.expect('kube-apiserver', () => furnish(connection, kubelet.port));
  const come = others.map((each) =>
    crew.expect(each.program, (signal) => waitFor(each, connection, signal)),
  );
  await Promise.all(come);
}

/** Made once, and only when somebody asks. */
function connectionOf(directory: string, user: string): () => Connection {
  let connection: Connection | undefined;
  return () => {
    connection ??= connect(kubeconfigIn(directory, user));
    return connection;
  };
}
