import type { Plan, Remediation } from '../plan/plan.ts';
import type { Revision } from '../release/revision.ts';
import { type Execution, isUnanswered, toFailure } from './context.ts';
import { judgeFailed } from './judge-failed.ts';
import { listAppliedCrds, listNotUndone } from './not-undone.ts';
import type { Failure, RemediationOutcome } from './outcome.ts';
import { rollBack } from './roll-back.ts';
import { isNewestOurs } from './verdict.ts';

/*
 * Coming back (design.md rule 5): the evidence is gathered and the verdict written before this
 * begins. A cancel starts no remediation, and one under way is never interrupted in helm.
 */

/**
 * Writes our verdict and brings the release back to where the plan said, after a failure of the given
 * revision. Undefined when the run was cancelled before anything was begun.
 */
export async function remediate(
  execution: Execution,
  { failure, revision }: { readonly failure: Failure; readonly revision: number },
): Promise<RemediationOutcome | undefined> {
  const { plan, signal } = execution;
  const chosen = plan.remedy[failure.migrated ? 'migrated' : failure.phase];
  const hindrance = await findHindrance(execution, chosen, revision);
  if (hindrance) return hindrance;
  await judgeFailed(execution, revision, failure.cause);
  if (signal.aborted) return undefined;
  if (chosen.type !== 'rollback') return { chosen, steps: [], result: 'done', notUndone: [] };
  const good = plan.base.history.find(({ number }) => number === chosen.to) as Revision;
  const { steps, failure: failed } = await rollBack(execution, {
    good,
    historyMax: chosen.historyMax,
    method: chosen.method,
    failedRevision: revision,
  });
  const notUndone = [
    ...listAppliedCrds(plan),
    ...listNotUndone(plan.rendering.objects, good.objects, failure.phase),
  ];
  if (failed) return { ...toBrokenOff(execution, chosen, failed), steps, notUndone };
  return { chosen, steps, result: 'done', notUndone };
}

/** Before remediating, Lease and newest revision must still be ours; otherwise nothing is touched. */
async function findHindrance(
  execution: Execution,
  chosen: Remediation,
  revision: number,
): Promise<RemediationOutcome | undefined> {
  const { plan, lease, cluster } = execution;
  try {
    await lease.prove();
    const isOurs = await isNewestOurs(cluster, plan.spec.target, revision);
    return isOurs ? undefined : superseded(chosen);
  } catch (error) {
    const failure = toFailure(error, 'verify');
    const brokenOff = toBrokenOff(execution, chosen, failure);
    return isUnanswered(failure.code) ? { ...brokenOff, result: 'unreached' } : brokenOff;
  }
}

function superseded(chosen: Remediation): RemediationOutcome {
  const cause = 'Another helm operation made a newer revision meanwhile; nothing more was touched.';
  const failure = { cause, commands: [] };
  return { chosen, steps: [], result: 'superseded', notUndone: [], failure };
}

function toBrokenOff(
  { plan }: Execution,
  chosen: Remediation,
  { code, cause }: Failure,
): RemediationOutcome {
  const result = code === 'superseded' ? 'superseded' : 'failed';
  const commands = chosen.type === 'rollback' ? toCommands(plan, chosen) : [];
  return { chosen, steps: [], result, notUndone: [], failure: { cause, commands } };
}

/** What a person would type to go on. */
function toCommands(
  { spec }: Plan,
  { to, method }: Extract<Remediation, { type: 'rollback' }>,
): readonly string[] {
  const { release, namespace } = spec.target;
  const force = method.forceConflicts ? ' --force-conflicts' : '';
  return [
    `helm history ${release} --namespace ${namespace.name}`,
    `helm rollback ${release} ${to} --namespace ${namespace.name}${force}`,
  ];
}
