import type { ReleaseObject } from '../release/object.ts';
import { markFailed, markSource, markVerified } from '../release/record.ts';
import type { Revision } from '../release/revision.ts';
import {
  type Ended,
  type Execution,
  explainHelm,
  recordStep,
  type StepEnd,
  toSeconds,
} from './context.ts';
import { readRunning, stopHooks } from './hooks.ts';
import { startObserver } from './observer.ts';
import type { Failure, Step } from './outcome.ts';
import { updateRecord } from './verdict.ts';
import { type RolloutWatch, watchRollout } from './watch.ts';

export interface RollbackRequest {
  readonly good: Revision;
  readonly historyMax: number;
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
  const observer = await startObserver(cluster, objects, signal);
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

function runRollback(
  execution: Execution,
  { good, historyMax, failedRevision, deadline }: Stage,
): Promise<StepEnd> {
  const { plan, helm, clock, emit } = execution;
  const { release, namespace } = plan.spec.target;
  const to = good.number;
  return recordStep(execution, { type: 'rollback', to }, async () => {
    const result = await helm.rollback({
      release,
      namespace: namespace.name,
      revision: to,
      timeout: toSeconds(deadline - clock.monotonic()),
      historyMax,
      onLine: (line) => emit({ type: 'helm', line }),
    });
    if (result.code !== 0) {
      const { code, message } = explainHelm(execution, `Rolling back ${release}`, result.stderr);
      return failed('apply', message, code);
    }
    const revision = failedRevision + 1;
    const operation = { type: 'rollback', to, revision } as const;
    return { operation, phase: 'apply', result: 'done', detail: `revision ${revision}` };
  });
}

function watchRollback(execution: Execution, stage: Stage): Promise<StepEnd> {
  const { good, failedRevision, watch } = stage;
  const where = { target: execution.plan.spec.target, revision: failedRevision + 1 };
  const objects = good.objects.filter(({ hook }) => !hook);
  const operation = { type: 'watch', revision: where.revision, objects } as const;
  return recordStep(execution, operation, async () => {
    await watch.applied();
    const result = await watch.result;
    if (result.type === 'cancelled') {
      const cause = `Cancelled while the rollback was watched; revision ${where.revision} has no verdict.`;
      return { ...failed('verify', cause, 'cancelled'), result: 'cancelled' };
    }
    if (result.type !== 'ready') {
      const cause = result.findings[0]?.message ?? 'The rolled-back release was not ready in time.';
      await updateRecord(execution.cluster, where, (secret) => markFailed(secret, cause));
      return failed('verify', cause);
    }
    // Its chart and values are those of the good revision.
    await updateRecord(execution.cluster, where, (secret) => {
      const verified = markVerified(secret);
      return good.source ? markSource(verified, good.source) : verified;
    });
    const detail = `${result.workloads} of ${result.workloads} workloads ready`;
    return { phase: 'verify', result: 'done', detail };
  });
}

function failed(phase: Ended['phase'], cause: string, code = 'rollback-failed'): Ended {
  const failure: Failure = { phase, code, migrated: false, cause, findings: [] };
  return { phase, result: 'failed', detail: cause, failure };
}

function toName({ ref }: ReleaseObject): string {
  return `${ref.kind} ${ref.name}`;
}
