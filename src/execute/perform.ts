import { DeployError } from '../errors.ts';
import type { Operation, Phase } from '../plan/plan.ts';
import { markFailed, parseRecord } from '../release/record.ts';
import type { Attempt } from './attempt.ts';
import { type Execution, recordStep, type StepEnd, toFailure } from './context.ts';
import { applyCrds, createCrds } from './crds.ts';
import { createMissing } from './create-missing.ts';
import { awaitHooks } from './hooks.ts';
import { updateRecord } from './verdict.ts';

/** What the operations of one walk share. */
export interface Course {
  /** On the monotonic clock: one budget for an attempt with all that comes before it. */
  deadline: number;
  attempt?: Attempt;
  revision?: number;
}

/** Those that need the lock: the namespace comes before it, which it lives in. */
export type LockedOperation = Exclude<Operation, { type: 'create-namespace' }>;

/** Runs one operation; an answer of the API server that is no success is a failure like any other. */
export async function perform(
  execution: Execution,
  operation: LockedOperation,
  { attempt, deadline }: Course,
): Promise<StepEnd> {
  const { cluster, plan } = execution;
  const simple = (phase: Phase, run: () => Promise<string>) =>
    runSimple(execution, operation, { phase, run });
  switch (operation.type) {
    case 'settle':
    case 'watch':
      return (attempt as Attempt).watch(operation);
    case 'upgrade':
      return (attempt as Attempt).upgrade(operation);
    case 'await-hooks':
      return simple('before-change', async () => {
        const running = await awaitHooks(operation.objects, { ...execution, deadline });
        if (running.length === 0 || execution.signal.aborted) return 'none running';
        const names = running.map(({ ref }) => `${ref.kind} ${ref.name}`).join(', ');
        throw new DeployError('hook-running', `${names} of an earlier revision still runs.`, {
          hint: 'Wait until it has ended, or delete it when you know that it may be.',
        });
      });
    case 'unlock':
      return simple('before-change', async () => {
        const cause = 'interrupted: the run that made it ended without a result';
        const where = { target: plan.spec.target, revision: operation.revision };
        // It may have ended while its hooks were waited for.
        await updateRecord(cluster, where, (secret) =>
          parseRecord(secret).status.startsWith('pending') ? markFailed(secret, cause) : undefined,
        );
        return `revision ${operation.revision} is no longer pending`;
      });
    case 'create-crds':
      return simple('before-change', () =>
        createCrds(operation.objects, { ...execution, deadline }),
      );
    case 'apply-crds':
      return simple('before-change', () =>
        applyCrds(operation.objects, { ...execution, deadline }),
      );
    case 'create-missing':
      return simple(operation.when === 'before' ? 'pre-hook' : 'post-hook', () =>
        createMissing(operation.objects, { ...execution, deadline }),
      );
  }
}

/** An operation without a watch: what it returns is its detail. */
async function runSimple(
  execution: Execution,
  operation: Operation,
  { phase, run }: { phase: Phase; run: () => Promise<string> },
): Promise<StepEnd> {
  return recordStep(execution, operation, async () => {
    try {
      const detail = await run();
      return { phase, result: execution.signal.aborted ? 'cancelled' : 'done', detail };
    } catch (error) {
      const failure = toFailure(error, phase);
      return { phase, result: 'failed', detail: failure.cause, failure };
    }
  });
}
