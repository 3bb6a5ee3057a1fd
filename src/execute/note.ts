import type { Operation } from '../plan/plan.ts';
import type { KubeObject } from '../release/object.ts';
import { isOurs, markInputs, markSource, markVerified } from '../release/record.ts';
import { readHookInputs } from '../state/hook-inputs.ts';
import type { HookInputs } from '../state/state.ts';
import { type Ended, type Execution, toFailure, toSuperseded } from './context.ts';
import { updateRecord } from './verdict.ts';
import { tellReady } from './watch.ts';

/* What an attempt writes into the record of its revision, so that the next run knows it. */

type Judged = Pick<Extract<Operation, { type: 'watch' | 'settle' }>, 'type' | 'revision'>;

/**
 * Written at once: should this run die now, the next one knows what made the revision. False when the
 * revision is not the one that our helm made. A write that the cluster refuses is made up for with the verdict.
 */
export async function noteSource(
  { cluster, plan }: Execution,
  operation: Judged,
): Promise<boolean> {
  if (operation.type === 'settle') return true;
  const where = { target: plan.spec.target, revision: operation.revision };
  const mark = (secret: KubeObject) =>
    isOurs(secret) ? markSource(secret, plan.rendering.source) : undefined;
  return updateRecord(cluster, where, mark).catch((error: unknown) => {
    toFailure(error, 'verify');
    return true;
  });
}

/** Our verdict "good". A settled revision may be anybody's; the one of this attempt must be ours. */
export async function verify(
  { cluster, plan }: Execution,
  { type, revision }: Judged,
  { workloads, inputs }: { readonly workloads: number; readonly inputs: HookInputs | undefined },
): Promise<Ended> {
  const { objects, source } = plan.rendering;
  const now = inputs && (await readHookInputs(objects, cluster));
  const isWritten = await updateRecord(
    cluster,
    { target: plan.spec.target, revision },
    (secret) => {
      if (type === 'settle') return markVerified(secret);
      if (!isOurs(secret)) return undefined;
      return markSame(markSource(markVerified(secret), source), inputs, now);
    },
  );
  if (!isWritten) return toSuperseded(revision);
  return { phase: 'rollout', result: 'done', detail: tellReady(workloads) };
}

/**
 * Notes what the hooks read, if it stood still while they ran: then the next deploy can tell that they
 * would do the same again (design.md rule 6).
 */
function markSame(
  secret: KubeObject,
  before: HookInputs | undefined,
  now: HookInputs | undefined,
): KubeObject {
  if (before?.type !== 'read' || now?.type !== 'read' || before.hash !== now.hash) return secret;
  return markInputs(secret, now.hash);
}
