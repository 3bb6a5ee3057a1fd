import type { Remediation } from '../plan/plan.ts';
import type { ReleaseObject } from '../release/object.ts';
import { markFailed, markSource, markVerified } from '../release/record.ts';
import type { Revision } from '../release/revision.ts';
import {
  type Ended,
  type Execution,
  explainHelm,
  recordStep,
  type StepEnd,
  toFailure,
  toSeconds,
} from './context.ts';
import { isWorkload, readRunning, stopHooks } from './hooks.ts';
import { startObserver } from './observer.ts';
import type { Failure, RemediationOutcome, Step } from './outcome.ts';
import { isNewestOurs, updateRecord } from './verdict.ts';
import { type RolloutWatch, watchRollout } from './watch.ts';

/*
 * Coming back (design.md rule 5): the evidence is gathered and the verdict written before this
 * begins. A cancel starts no remediation, and one under way is never interrupted in helm.
 */

/** Brings the release back to where the plan said, after a failure of the given revision. */
export async function remediate(
  execution: Execution,
  failed: { readonly failure: Failure; readonly revision: number },
): Promise<RemediationOutcome> {
  const { plan, lease, cluster } = execution;
  const chosen = plan.remedy[failed.failure.migrated ? 'migrated' : failed.failure.phase];
  if (chosen.type !== 'rollback') return { chosen, steps: [], result: 'done', notUndone: [] };
  await lease.prove();
  if (!(await isNewestOurs(cluster, plan.spec.target, failed.revision))) return superseded(chosen);
  return rollBack(execution, chosen, failed.revision);
}

function superseded(chosen: Remediation): RemediationOutcome {
  const cause = 'Another helm operation made a newer revision meanwhile; nothing more was touched.';
  return {
    chosen,
    steps: [],
    result: 'superseded',
    notUndone: [],
    failure: { cause, commands: [] },
  };
}

type Rollback = Extract<Remediation, { type: 'rollback' }>;

async function rollBack(
  execution: Execution,
  chosen: Rollback,
  failedRevision: number,
): Promise<RemediationOutcome> {
  const { plan, clock, emit } = execution;
  const good = plan.base.history.find(({ number }) => number === chosen.to) as Revision;
  const deadline = clock.monotonic() + plan.spec.policy.timeout;
  const revision = failedRevision + 1;
  const steps: Step[] = [];
  const notUndone = listNotUndone(plan.rendering.objects, good.objects);
  const end = (result: RemediationOutcome['result'], cause?: string): RemediationOutcome => ({
    chosen,
    steps,
    result,
    notUndone,
    ...(cause && { failure: { cause, commands: commandsFor(execution, chosen) } }),
  });

  const hooks = plan.rendering.objects.filter(({ hook }) => hook);
  const running = await readRunning(hooks, execution.cluster);
  if (running.length > 0) {
    const { step } = await stop(execution, running, deadline);
    steps.push(step);
    if (step.result === 'failed') return end('failed', step.detail);
  }

  // Watching begins before helm does, so that what stood before can be told from what comes.
  const observer = await startObserver(execution.cluster, good.objects, execution.signal);
  const watch = watchRollout(
    { objects: good.objects, observer, deadline, since: 'now', signal: execution.signal, emit },
    execution,
  );
  try {
    const { step: rolledBack } = await runRollback(execution, chosen, { revision, deadline });
    steps.push(rolledBack);
    if (rolledBack.result === 'failed') return end('failed', rolledBack.detail);
    const objects = good.objects.filter(({ hook }) => !hook);
    const { step: watched } = await recordStep(
      execution,
      { type: 'watch', revision, objects },
      () => followRollback(watch),
    );
    steps.push(watched);
    await judge(execution, { revision, watched, good });
    return watched.result === 'done' ? end('done') : end('failed', watched.detail);
  } finally {
    watch.stop();
    observer.stop();
  }
}

async function followRollback(watch: RolloutWatch): Promise<Ended> {
  await watch.applied();
  const result = await watch.result;
  if (result.type === 'cancelled')
    return { phase: 'verify', result: 'cancelled', detail: 'cancelled' };
  if (result.type === 'ready') {
    const detail = `${result.workloads} of ${result.workloads} workloads ready`;
    return { phase: 'verify', result: 'done', detail };
  }
  const detail = result.findings[0]?.message ?? 'not ready in time';
  return { phase: 'verify', result: 'failed', detail };
}

function stop(
  execution: Execution,
  running: readonly ReleaseObject[],
  deadline: number,
): Promise<StepEnd> {
  return recordStep(execution, { type: 'stop-hooks' }, async () => {
    const left = await stopHooks(running, { ...execution, deadline });
    const names = running.map(({ ref }) => `${ref.kind} ${ref.name}`).join(', ');
    return left.length > 0
      ? { phase: 'verify', result: 'failed', detail: `${left.join(', ')} could not be deleted` }
      : { phase: 'verify', result: 'done', detail: names };
  });
}

function runRollback(
  execution: Execution,
  { to, historyMax }: Rollback,
  { revision, deadline }: { revision: number; deadline: number },
): Promise<StepEnd> {
  const { plan, helm, clock, emit } = execution;
  const { release, namespace } = plan.spec.target;
  return recordStep(execution, { type: 'rollback', to }, async () => {
    const result = await helm.rollback({
      release,
      namespace: namespace.name,
      revision: to,
      timeout: toSeconds(deadline - clock.monotonic()),
      historyMax,
      onLine: (line) => emit({ type: 'helm', line }),
    });
    if (result.code === 0) {
      return {
        operation: { type: 'rollback', to, revision },
        phase: 'apply',
        result: 'done',
        detail: `revision ${revision}`,
      };
    }
    const { message } = explainHelm(execution, `Rolling back ${release}`, result.stderr);
    return { phase: 'apply', result: 'failed', detail: message };
  });
}

/** Our verdict on the revision that the rollback made; its chart and values are the good one's. */
async function judge(
  { cluster, plan }: Execution,
  { revision, watched, good }: { revision: number; watched: Step; good: Revision },
): Promise<void> {
  const where = { target: plan.spec.target, revision };
  if (watched.result === 'failed') {
    await updateRecord(cluster, where, (secret) => markFailed(secret, watched.detail));
  } else if (watched.result === 'done') {
    await updateRecord(cluster, where, (secret) => {
      const verified = markVerified(secret);
      return good.source ? markSource(verified, good.source) : verified;
    });
  }
}

/** helm does not roll hooks back: Jobs have run, and hook objects keep what the failed revision wrote. */
export function listNotUndone(
  failed: readonly ReleaseObject[],
  good: readonly ReleaseObject[],
): readonly string[] {
  const before = new Map(good.map((object) => [object.key, object]));
  return failed.flatMap((object) => {
    if (!object.hook?.events.some((event) => event === 'pre-upgrade' || event === 'post-upgrade'))
      return [];
    const name = `${object.ref.kind} ${object.ref.name}`;
    if (isWorkload(object)) return [`Hook ${name} ran; what it did stays.`];
    const old = before.get(object.key);
    if (!old) return [`Hook ${name} was created and stays; helm does not remove hooks.`];
    if (JSON.stringify(old.object) === JSON.stringify(object.object)) return [];
    return [`Hook ${name} keeps the new content; helm does not roll hooks back.`];
  });
}

/** The cluster refused, or was out of reach, in the middle of it. */
export function toBrokenOff({ plan }: Execution, error: unknown): RemediationOutcome {
  const { cause, code } = toFailure(error, 'verify');
  const chosen = plan.remedy.verify;
  const commands = chosen.type === 'rollback' ? commandsFor({ plan }, chosen) : [];
  const result = code === 'superseded' ? 'superseded' : 'failed';
  return { chosen, steps: [], result, notUndone: [], failure: { cause, commands } };
}

/** What a person would type to go on. */
function commandsFor({ plan }: Pick<Execution, 'plan'>, { to }: Rollback): readonly string[] {
  const { release, namespace } = plan.spec.target;
  return [
    `helm history ${release} --namespace ${namespace.name}`,
    `helm rollback ${release} ${to} --namespace ${namespace.name}`,
  ];
}
