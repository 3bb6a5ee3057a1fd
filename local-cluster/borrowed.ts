/** Another cluster, such as kind, in the place of ours: SLIPWAY_KUBECONFIG is the path of its kubeconfig. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { call, create } from './api.ts';
import type { Description } from './description.ts';
import { type Connection, connect, writeKubeconfig } from './kubeconfig.ts';
import { type Subject, type User, users } from './users.ts';

const namespace = 'slipway-users';

/** A day: longer than any test run or demo. */
const expirationSeconds = 86_400;

export async function borrowCluster(kubeconfig: string, log: (line: string) => void) {
  const directory = await mkdtemp(path.join(tmpdir(), 'slipway-borrowed-'));
  const connection = connect(kubeconfig);
  const config = parse(await readFile(kubeconfig, 'utf8'));
  const authority = atob(config.clusters[0].cluster['certificate-authority-data']);
  const { server } = connection;

  const logIn = async (user: User): Promise<string> => {
    if (user === 'admin') return kubeconfig;
    try {
      const file = path.join(directory, `${user}.yaml`);
      const token = await tokenOf(connection, user);
      writeKubeconfig(file, { user, server, authority, token });
      return file;
    } catch (error) {
      log(
        `${user} is an administrator on this cluster, for want of a token: ${(error as Error).message}`,
      );
      return kubeconfig;
    }
  };
  const files = await Promise.all(users.map(async (user) => [user, await logIn(user)] as const));
  const description: Description = {
    directory,
    server,
    auditLog: '',
    kubeconfigs: Object.fromEntries(files) as Record<User, string>,
    subjects: Object.fromEntries(users.map((user) => [user, subject(user)])) as Record<
      User,
      Subject
    >,
  };
  const stop = async () => {
    await call(connection, `/api/v1/namespaces/${namespace}`, { method: 'DELETE' });
    await rm(directory, { recursive: true });
  };
  return { description, stop };
}

function subject(user: User): Subject {
  return { kind: 'ServiceAccount', name: user, namespace };
}

async function tokenOf(connection: Connection, user: User): Promise<string> {
  await create(connection, '/api/v1/namespaces', { metadata: { name: namespace } });
  const accounts = `/api/v1/namespaces/${namespace}/serviceaccounts`;
  await create(connection, accounts, { metadata: { name: user } });
  const { body } = await call(connection, `${accounts}/${user}/token`, {
    method: 'POST',
    body: { spec: { expirationSeconds } },
  });
  if (!body.status?.token) throw new Error(`TokenRequest was refused: ${body.message}`);
  return body.status.token;
}
