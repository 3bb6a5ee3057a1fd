import { open } from 'node:fs/promises';
import { users } from '../../local-cluster/users.ts';

/**
 * What the users of the tests changed in a namespace, by the cluster's audit log: `create leases x`.
 * From an offset on, because the whole log has the requests of all tests so far.
 */
export async function readWrites(
  auditLog: string,
  { from, namespace }: { readonly from: number; readonly namespace: string },
): Promise<readonly string[]> {
  return (await readFrom(auditLog, from))
    .split('\n')
    .filter((line) => line.includes(namespace))
    .map((line) => JSON.parse(line))
    .filter(({ verb, user, responseStatus, requestURI }) => {
      const isOurs = (users as readonly string[]).includes(user?.username);
      const isRead = ['get', 'list', 'watch'].includes(verb) || requestURI.includes('dryRun=All');
      return isOurs && !isRead && responseStatus?.code < 400;
    })
    .map(({ verb, objectRef }) => `${verb} ${objectRef.resource} ${objectRef.name ?? ''}`.trim());
}

async function readFrom(path: string, from: number): Promise<string> {
  const file = await open(path);
  try {
    const size = (await file.stat()).size - from;
    const { buffer } = await file.read(Buffer.alloc(size), 0, size, from);
    return buffer.toString();
  } finally {
    await file.close();
  }
}
