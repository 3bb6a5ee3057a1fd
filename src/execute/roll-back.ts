import type { ApplyMethod } from '../ports.ts';
import type { KubeObject, ReleaseObject } from '../release/object.ts';
import { markFailed, markSource, markVerified, parseRecord } from '../release/record.ts';
import type { Revision } from '../release/revision.ts';
import {
  type Ended,
  type Execution,
  explainHelm,
  isUnanswered,
  recordStep,
  type StepEnd,
  toFailure,
  toSeconds,
  toSuperseded,
} from './context.ts';
import { toRolloutFailure } from './explain-failure.ts';
import { readRunning, stopHooks } from './hooks.ts';
import { startObserver } from './observer.ts';
import type { Failure, Step } from './outcome.ts';
import { isNewest, isNewestOurs, updateRecord } from './verdict.ts';
import { type RolloutWatch, tellReady, watchRollout } from './watch.ts';

export interface RollbackRequest {
  readonly good: Revision;
  readonly historyMax: number;
  readonly method: ApplyMethod;
  readonly failedRevision: number;
}

/** The order that works (helm.md §2.9): hooks that still run, helm rollback, our watch, our verdict. */
export async function rollBack(
  execution: Execution,
  request: RollbackRequest,
): Promise<{ readonly steps: readonly Step[]; readonly failure?: Failure | undefined }> {
  const { cluster, clock, emit, plan, signal } = execution;
  const { objects } = request.good;
  // A remediation has its own budget, equal to the one that the deploy had.
  const deadline = clock.monotonic() + plan.spec.policy.timeout;
  const observer = await startObserver(cluster, objects, { signal, clock, deadline });
  const watch = watchRollout(
    { objects, observer, deadline, since: 'now', signal, emit },
    execution,
  );
  const steps: Step[] = [];
  try {
    for (const stage of [stopRunning, runRollback, watchRollback]) {
      const end = await stage(execution, { ...request, deadline, watch });
      if (end) steps.push(end.step);
      if (end && end.step.result !== 'done') return { steps, failure: end.failure };
    }
    return { steps };
  } catch (error) {
    return { steps, failure: toFailure(error, 'verify') };
  } finally {
    watch.stop();
    observer.stop();
  }
}

interface Stage extends RollbackRequest {
  /** On the monotonic clock. */
  readonly deadline: number;
  readonly watch: RolloutWatch;
}

/** helm leaves hook Jobs and Pods of a failed or interrupted upgrade running. */
async function stopRunning(
  execution: Execution,
  { deadline }: Stage,
): Promise<StepEnd | undefined> {
  const hooks = execution.plan.rendering.objects.filter(({ hook }) => hook);
  const running = await readRunning(hooks, execution.cluster);
  if (running.length === 0) return undefined;
  return recordStep(execution, { type: 'stop-hooks' }, async () => {
    const left = await stopHooks(running, { ...execution, deadline });
    if (left.length > 0) return failed('verify', `${left.join(', ')} could not be deleted.`);
    return { phase: 'verify', result: 'done', detail: running.map(toName).join(', ') };
  });
}

function runRollback(execution: Execution, stage: Stage): Promise<StepEnd> {
  const { good, historyMax, method, failedRevision, deadline } = stage;
  const { plan, helm, clock, emit, lease, cluster } = execution;
  const { release, namespace } = plan.spec.target;
  const to = good.number;
  return recordStep(execution, { type: 'rollback', to }, async () => {
    // Stopping hooks may have taken a while.
    await lease.prove();
    if (!(await isNewestOurs(cluster, plan.spec.target, failedRevision))) {
      return toSuperseded(failedRevision);
    }
    const result = await helm.rollback({
      release,
      namespace: namespace.name,
      revision: to,
      timeout: toSeconds(deadline - clock.monotonic()),
      historyMax,
      method,
      onLine: (line) => emit({ type: 'helm', line }),
    });
    if (result.code !== 0) {
      const { code, message } = explainHelm(execution, `Rolling back ${release}`, result.stderr);
      if (isUnanswered(code)) await closeRecord(execution, stage, message);
      return failed('apply', message, code);
    }
    const revision = failedRevision + 1;
    const operation = { type: 'rollback', to, revision } as const;
    return { operation, phase: 'apply', result: 'done', detail: `revision ${revision}` };
  });
}

/**
 * A record that helm was not let finish is not pending, because helm has ended: the next run would take it
 * for one of another helm that is at work. What we cannot write either is left to it.
 */
async function closeRecord(
  { cluster, plan }: Execution,
  { good, failedRevision }: Stage,
  cause: string,
): Promise<void> {
  const where = { target: plan.spec.target, revision: failedRevision + 1 };
  try {
    await updateRecord(cluster, where, (secret) =>
      isRollbackTo(good, secret) && parseRecord(secret).status === 'pending-rollback'
        ? markFailed(secret, cause)
        : undefined,
    );
  } catch (error) {
    toFailure(error, 'verify');
  }
}

function watchRollback(execution: Execution, stage: Stage): Promise<StepEnd> {
  const { good, failedRevision, watch } = stage;
  const { cluster, plan } = execution;
  const where = { target: plan.spec.target, revision: failedRevision + 1 };
  const objects = good.objects.filter(({ hook }) => !hook);
  const operation = { type: 'watch', revision: where.revision, objects } as const;
  return recordStep(execution, operation, async () => {
    await watch.applied();
    const result = await watch.result;
    if (result.type === 'cancelled') {
      const cause = `Cancelled while the rollback was watched; revision ${where.revision} has no verdict.`;
      return { ...failed('verify', cause, 'cancelled'), result: 'cancelled' };
    }
    if (!(await isNewest(cluster, where.target, where.revision))) {
      return toSuperseded(where.revision);
    }
    const failure =
      result.type === 'ready' ? undefined : toRolloutFailure(execution, result, 'verify');
    const isWritten = await updateRecord(cluster, where, (secret) =>
      isRollbackTo(good, secret) ? toJudged(secret, good, failure?.cause) : undefined,
    );
    if (!isWritten) return toSuperseded(where.revision);
    if (result.type === 'ready') {
      return { phase: 'verify', result: 'done', detail: tellReady(result.workloads) };
    }
    return failed('verify', failure?.cause ?? '');
  });
}

/** helm copies the labels of the revision it goes back to, so only its own words tell what it made. */
function isRollbackTo({ number }: Revision, secret: KubeObject): boolean {
  return parseRecord(secret).description === `Rollback to ${number}`;
}

/** The record with our verdict: bad with a cause, else good; chart and values are the good revision's. */
function toJudged(secret: KubeObject, { source }: Revision, cause: string | undefined): KubeObject {
  if (cause !== undefined) return markFailed(secret, cause);
  const verified = markVerified(secret);
  return source ? markSource(verified, source) : verified;
}

function failed(phase: Ended['phase'], cause: string, code = 'rollback-failed'): Ended {
  const failure: Failure = { phase, code, migrated: false, cause, findings: [] };
  return { phase, result: 'failed', detail: cause, failure };
}

function toName({ ref }: ReleaseObject): string {
  return `${ref.kind} ${ref.name}`;
}
