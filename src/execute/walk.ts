import type { Operation } from '../plan/plan.ts';
import { type Attempt, beginAttempt } from './attempt.ts';
import { type Execution, isNoVerdict, type StepEnd, toFailure, toSuperseded } from './context.ts';
import { judgeFailed } from './judge-failed.ts';
import type { Failure, StaleConsumer, Step } from './outcome.ts';
import { type Course, type LockedOperation, perform } from './perform.ts';
import { findStale } from './stale.ts';
import { readRecord } from './verdict.ts';

/** What became of a plan's operations. */
export interface Walk {
  readonly steps: readonly Step[];
  readonly failure?: Failure | undefined;
  /** The revision that helm made in this walk. */
  readonly revision?: number | undefined;
  readonly stale: readonly StaleConsumer[];
  readonly notes: readonly string[];
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
