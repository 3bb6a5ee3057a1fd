import type { Remediation } from '../plan/plan.ts';
import type { Revision } from '../release/revision.ts';
import { type Execution, toFailure } from './context.ts';
import { listNotUndone } from './not-undone.ts';
import type { Failure, RemediationOutcome } from './outcome.ts';
import { rollBack } from './roll-back.ts';
import { isNewestOurs } from './verdict.ts';

/*
 * Coming back (design.md rule 5): the evidence is gathered and the verdict written before this
 * begins. A cancel starts no remediation, and one under way is never interrupted in helm.
 */

type Rollback = Extract<Remediation, { type: 'rollback' }>;

/** Brings the release back to where the plan said, after a failure of the given revision. */
export async function remediate(
  execution: Execution,
  { failure, revision }: { readonly failure: Failure; readonly revision: number },
): Promise<RemediationOutcome> {
  const { plan, lease, cluster } = execution;
  const chosen = plan.remedy[failure.migrated ? 'migrated' : failure.phase];
  if (chosen.type !== 'rollback') return { chosen, steps: [], result: 'done', notUndone: [] };
  try {
    await lease.prove();
    if (!(await isNewestOurs(cluster, plan.spec.target, revision))) return superseded(chosen);
  } catch (error) {
    return toBrokenOff(execution, chosen, toFailure(error, 'verify'));
  }
  const good = plan.base.history.find(({ number }) => number === chosen.to) as Revision;
  const { steps, failure: failed } = await rollBack(execution, {
    good,
    historyMax: chosen.historyMax,
    failedRevision: revision,
  });
  const notUndone = listNotUndone(plan.rendering.objects, good.objects);
  if (failed) return { ...toBrokenOff(execution, chosen, failed), steps, notUndone };
  return { chosen, steps, result: 'done', notUndone };
}

function superseded(chosen: Remediation): RemediationOutcome {
  const cause = 'Another helm operation made a newer revision meanwhile; nothing more was touched.';
  const failure = { cause, commands: [] };
  return { chosen, steps: [], result: 'superseded', notUndone: [], failure };
}

function toBrokenOff(
  { plan }: Execution,
  chosen: Rollback,
  { code, cause }: Failure,
): RemediationOutcome {
  const { release, namespace } = plan.spec.target;
  // helm 4 leaves fields to whoever took them; only its user may decide to take them back.
  const force = code === 'apply-conflict' ? ' --force-conflicts' : '';
  const commands = [
    `helm history ${release} --namespace ${namespace.name}`,
    `helm rollback ${release} ${chosen.to} --namespace ${namespace.name}${force}`,
  ];
  const result = code === 'superseded' ? 'superseded' : 'failed';
  return { chosen, steps: [], result, notUndone: [], failure: { cause, commands } };
}
