import { DeployError } from '../errors.ts';
import type { Operation, Phase } from '../plan/plan.ts';
import { markFailed, parseRecord } from '../release/record.ts';
import { type Attempt, beginAttempt, judgeFailed } from './attempt.ts';
import {
  type Execution,
  isNoVerdict,
  recordStep,
  type StepEnd,
  toFailure,
  toSuperseded,
} from './context.ts';
import { createMissing } from './create-missing.ts';
import { awaitHooks } from './hooks.ts';
import type { Failure, StaleConsumer, Step } from './outcome.ts';
import { podsOf } from './scope.ts';
import { readRecord, updateRecord } from './verdict.ts';

/** What became of a plan's operations. */
export interface Walk {
  readonly steps: readonly Step[];
  readonly failure?: Failure | undefined;
  /** The revision that helm made in this walk. */
  readonly revision?: number | undefined;
  readonly stale: readonly StaleConsumer[];
  readonly notes: readonly string[];
}

/** What the operations of one walk share. */
interface Course {
  /** On the monotonic clock: one budget for an attempt with all that comes before it. */
  deadline: number;
  attempt?: Attempt;
  revision?: number;
}

/**
 * Does one operation after the other, and stops at the first that is not done. Never throws for what
 * the cluster answers.
 */
export async function walkOperations(execution: Execution): Promise<Walk> {
  const { plan, clock } = execution;
  const newDeadline = () => clock.monotonic() + plan.spec.policy.timeout;
  const course: Course = { deadline: newDeadline() };
  const steps: Step[] = [];
  let failure: Failure | undefined;
  try {
    for (const operation of plan.operations.filter(isAfterLock)) {
      const made = course.revision;
      await prepareAttempt(execution, operation, course);
      // After the preparation, which waits for the cluster for as long as it is away.
      failure = await proveLock(execution, made);
      if (failure) break;
      const end = await perform(execution, operation, course);
      steps.push(end.step);
      failure = end.failure;
      if (await isLast(execution, operation, end)) break;
      if (operation.type === 'settle') course.deadline = newDeadline();
    }
    const isDone = !failure && steps.at(-1)?.result === 'done';
    return {
      steps,
      failure,
      revision: course.revision,
      stale: course.attempt && isDone ? findStale(execution, course.attempt) : [],
      notes: listNotes(execution, course.attempt),
    };
  } finally {
    course.attempt?.end();
  }
}

/** Watching begins before helm does, so that what stood before can be told from what comes. */
async function prepareAttempt(
  execution: Execution,
  operation: LockedOperation,
  course: Course,
): Promise<void> {
  if (operation.type !== 'settle' && operation.type !== 'upgrade') return;
  course.attempt?.end();
  course.attempt = await beginAttempt(execution, toAttempt(execution, operation, course.deadline));
  if (operation.type === 'upgrade') course.revision = operation.revision;
}

type LockedOperation = Exclude<Operation, { type: 'create-namespace' }>;

/** The namespace comes before the lock, which lives in it. */
function isAfterLock(operation: Operation): operation is LockedOperation {
  return operation.type !== 'create-namespace';
}

/** Undefined while the release is this run's; otherwise why it may do nothing more. */
async function proveLock(
  { lease, cluster, plan }: Execution,
  revision: number | undefined,
): Promise<Failure | undefined> {
  try {
    const proof = await lease.prove();
    const mine = revision ?? plan.base.history.at(-1)?.number ?? 0;
    const next = proof === 'regained' && (await readRecord(cluster, plan.spec.target, mine + 1));
    return next ? toSuperseded(mine).failure : undefined;
  } catch (error) {
    return toFailure(error, 'verify');
  }
}

/** A settled revision needs nothing more; one that failed to settle is deployed over. */
async function isLast(
  execution: Execution,
  operation: Operation,
  { step, failure }: StepEnd,
): Promise<boolean> {
  if (operation.type !== 'settle') return step.result !== 'done';
  if (!failure || isNoVerdict(failure)) return true;
  await judgeFailed(execution, operation.revision, failure.cause);
  return false;
}

function listNotes({ lease }: Execution, attempt: Attempt | undefined): readonly string[] {
  const refused = [...(attempt?.observer.refused ?? [])];
  return [
    ...(lease.guarded ? [] : [UNGUARDED]),
    ...refused.map(
      ([kind, why]) => `${kind} objects were not watched (needs get, list and watch): ${why}`,
    ),
  ];
}

const UNGUARDED =
  "Leases may not be used (needs get, create, update and delete on leases in coordination.k8s.io): only helm's own record kept other runs away.";

function toAttempt(
  { plan }: Execution,
  operation: Extract<Operation, { type: 'settle' | 'upgrade' }>,
  deadline: number,
) {
  return operation.type === 'settle'
    ? { objects: operation.objects, since: 'start' as const, deadline }
    : { objects: plan.rendering.objects, since: 'now' as const, deadline };
}

/** Runs one operation; an answer of the API server that is no success is a failure like any other. */
async function perform(
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

/** Pods that will go on with what they read from a ConfigMap or Secret that has changed now. */
function findStale({ plan }: Execution, { observer }: Attempt): readonly StaleConsumer[] {
  const objects = new Map(plan.rendering.objects.map((object) => [object.key, object]));
  const byRef = [...objects.values()];
  return plan.changes.flatMap((change) =>
    change.keptBy.flatMap((workload) => {
      const object = byRef.find(
        ({ ref }) => ref.kind === workload.kind && ref.name === workload.name,
      );
      const pods = object ? podsOf(object, observer).map(({ metadata }) => metadata.name) : [];
      return pods.length > 0 ? [{ config: change.ref, workload, pods }] : [];
    }),
  );
}
