import { ApiError, type Cluster } from '../ports.ts';
import { findHookInputs, hashInputs } from '../release/hook-inputs.ts';
import type { KubeObject, ObjectRef, ReleaseObject } from '../release/object.ts';
import type { HookInputs } from './state.ts';

/**
 * What the hooks among the objects read from outside of the release, as it stands now. Costs nothing
 * when they read nothing.
 */
export async function readHookInputs(
  objects: readonly ReleaseObject[],
  cluster: Pick<Cluster, 'read'>,
): Promise<HookInputs> {
  const found = await Promise.all(findHookInputs(objects).map(({ ref }) => readOne(ref, cluster)));
  const refused = found.find((one) => one.type === 'not-checked');
  return refused ?? { type: 'read', hash: hashInputs(found.filter((one) => one.type === 'read')) };
}

type Found =
  | { readonly type: 'read'; readonly ref: ObjectRef; readonly live: KubeObject | undefined }
  | Extract<HookInputs, { type: 'not-checked' }>;

async function readOne(ref: ObjectRef, cluster: Pick<Cluster, 'read'>): Promise<Found> {
  try {
    return { type: 'read', ref, live: await cluster.read(ref) };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const right = `get on ${ref.kind.toLowerCase()}s in namespace ${ref.namespace}`;
    const why = error.status === 403 ? `which needs ${right}` : error.message;
    return { type: 'not-checked', reason: `${ref.kind} ${ref.name} could not be read, ${why}` };
  }
}
