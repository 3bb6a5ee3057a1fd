import type { Operation, Phase, Plan } from '../plan/plan.ts';
import { ApiError } from '../ports.ts';
import { markFailed } from '../release/record.ts';
import type { State } from '../state/state.ts';
import { type Attempt, beginAttempt, judgeFailed, type StepEnd } from './attempt.ts';
import { type Execution, recordStep } from './context.ts';
import { createMissing } from './create-missing.ts';
import { awaitHooks } from './hooks.ts';
import { type LeaseRequest, takeLease } from './lease.ts';
import { ensureNamespace } from './namespace.ts';
import type {
  Failure,
  Outcome,
  RemediationOutcome,
  Result,
  StaleConsumer,
  Step,
} from './outcome.ts';
import { remediate } from './remediate.ts';
import { podsOf } from './scope.ts';
import { readRecord, updateRecord } from './verdict.ts';

/** What an execution needs beside a plan. */
export interface ExecuteRequest extends Omit<Execution, 'plan' | 'lease'> {
  /** Identifies this run to others: link to the run, attempt and a random id. */
  readonly holder: string;
  readonly readState: () => Promise<State>;
  /** Plans again, because the release moved between the first plan and the lock. */
  readonly replan: () => Promise<Plan>;
}

/**
 * Takes the release for this run and walks its plan, which has operations. The executor does not
 * know why. A failure is a value; throws `locked` or `superseded` when the release is another run's.
 */
export async function execute(first: Plan, request: ExecuteRequest): Promise<Outcome> {
  const namespace = await ensureNamespace(first, request);
  const lease = await takeLease(toLeaseRequest(first, request), request);
  try {
    const plan = (await hasMoved(first, request)) ? await request.replan() : first;
    const execution = { ...request, plan, lease };
    const walk = await walkOperations(execution);
    const remediation = await answerFailure(execution, walk);
    return {
      plan,
      steps: [...namespace, ...walk.steps],
      failure: walk.failure,
      remediation,
      after: await request.readState().catch(() => plan.base),
      stale: walk.stale,
      notes: walk.notes,
      ...conclude(execution, walk, remediation),
    };
  } finally {
    await lease.release();
  }
}

function toLeaseRequest({ spec }: Plan, { holder, emit }: ExecuteRequest): LeaseRequest {
  return {
    release: spec.target.release,
    namespace: spec.target.namespace.name,
    holder,
    wait: spec.policy.waitForLock,
    log: (message) => emit({ type: 'note', message }),
  };
}

/** Whether the newest revision is no longer the one that was planned over. */
async function hasMoved({ base, spec }: Plan, { cluster }: ExecuteRequest): Promise<boolean> {
  const newest = base.history.at(-1);
  const [known, next] = await Promise.all([
    newest && readRecord(cluster, spec.target, newest.number),
    readRecord(cluster, spec.target, (newest?.number ?? 0) + 1),
  ]);
  return next !== undefined || known?.metadata.resourceVersion !== newest?.resourceVersion;
}

/** Evidence is in the failure by now; the verdict comes before any remediation. */
async function answerFailure(
  execution: Execution,
  { failure, revision }: Walk,
): Promise<RemediationOutcome | undefined> {
  if (!failure || revision === undefined || failure.phase === 'before-change') return undefined;
  await judgeFailed(execution, revision, failure.cause);
  return execution.signal.aborted ? undefined : remediate(execution, { failure, revision });
}

interface Walk {
  readonly steps: readonly Step[];
  readonly failure?: Failure | undefined;
  /** The revision that helm made in this walk. */
  readonly revision?: number | undefined;
  readonly stale: readonly StaleConsumer[];
  readonly notes: readonly string[];
}

async function walkOperations(execution: Execution): Promise<Walk> {
  const { plan, clock, lease } = execution;
  const deadline = clock.monotonic() + plan.spec.policy.timeout;
  const steps: Step[] = [];
  let attempt: Attempt | undefined;
  let revision: number | undefined;
  let end: StepEnd | undefined;
  try {
    for (const operation of plan.operations.filter(isAfterLock)) {
      await lease.prove();
      if (operation.type === 'settle' || operation.type === 'upgrade') {
        attempt?.end();
        attempt = await beginAttempt(execution, toAttempt(execution, operation, deadline));
      }
      if (operation.type === 'upgrade') revision = operation.revision;
      end = await perform(execution, operation, { attempt, deadline });
      steps.push(end.step);
      if (await isLast(execution, operation, end)) break;
    }
    const isDone = end?.step.result === 'done';
    return {
      steps,
      failure: end?.failure,
      revision,
      stale: attempt && isDone ? findStale(execution, attempt) : [],
      notes: listNotes(execution, attempt),
    };
  } finally {
    attempt?.end();
  }
}

type LockedOperation = Exclude<Operation, { type: 'create-namespace' }>;

/** The namespace comes before the lock, which lives in it. */
function isAfterLock(operation: Operation): operation is LockedOperation {
  return operation.type !== 'create-namespace';
}

/** A settled revision needs nothing more; one that failed to settle is deployed over. */
async function isLast(
  execution: Execution,
  operation: Operation,
  { step, failure }: StepEnd,
): Promise<boolean> {
  if (operation.type !== 'settle') return step.result !== 'done';
  if (!failure) return true;
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
  { attempt, deadline }: { attempt: Attempt | undefined; deadline: number },
): Promise<StepEnd> {
  const { cluster, plan } = execution;
  const simple = (phase: Phase, run: () => Promise<string>) =>
    runSimple(execution, operation, { phase, run });
  switch (operation.type) {
    case 'settle':
    case 'watch':
      return (attempt as Attempt).watch(operation.revision);
    case 'upgrade':
      return (attempt as Attempt).upgrade(operation);
    case 'await-hooks':
      return simple('before-change', async () => {
        const running = await awaitHooks(operation.objects, { ...execution, deadline });
        if (running.length === 0) return 'none running';
        const names = running.map(({ ref }) => `${ref.kind} ${ref.name}`).join(', ');
        throw new StillRunning(`${names} of an earlier revision still runs.`);
      });
    case 'unlock':
      return simple('before-change', async () => {
        const cause = 'interrupted: the run that made it ended without a result';
        const where = { target: plan.spec.target, revision: operation.revision };
        await updateRecord(cluster, where, (secret) => markFailed(secret, cause));
        return `revision ${operation.revision} is no longer pending`;
      });
    case 'create-missing':
      return simple(operation.when === 'before' ? 'pre-hook' : 'post-hook', () =>
        createMissing(operation.objects, { ...execution, deadline }),
      );
  }
}

/** Hooks of an earlier revision that do not end: nothing was changed yet. */
class StillRunning extends Error {}

async function runSimple(
  execution: Execution,
  operation: Operation,
  { phase, run }: { phase: Phase; run: () => Promise<string> },
): Promise<StepEnd> {
  let failure: Failure | undefined;
  const step = await recordStep(execution, operation, async () => {
    try {
      return { phase, result: 'done', detail: await run() };
    } catch (error) {
      if (!(error instanceof ApiError || error instanceof StillRunning)) throw error;
      if (execution.signal.aborted) return { phase, result: 'cancelled', detail: 'cancelled' };
      const code = error instanceof StillRunning ? 'hook-running' : 'forbidden';
      failure = { phase, code, migrated: false, cause: error.message, findings: [] };
      return { phase, result: 'failed', detail: error.message };
    }
  });
  return failure ? { step, failure } : { step };
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

function conclude(
  { plan, signal }: Execution,
  { failure, steps }: Walk,
  remediation: RemediationOutcome | undefined,
): { result: Result; code: string } {
  if (signal.aborted && steps.at(-1)?.result !== 'done' && !remediation) {
    return { result: 'cancelled', code: 'cancelled' };
  }
  if (plan.operations.length === 0) return { result: 'unchanged', code: 'unchanged' };
  if (!failure) {
    const settled = plan.operations[0]?.type === 'settle' && steps.length === 1;
    return { result: 'deployed', code: settled ? 'verified' : 'deployed' };
  }
  if (remediation) return concludeRemedy(failure, remediation);
  return { result: failure.code === 'hook-running' ? 'refused' : 'failed', code: failure.code };
}

function concludeRemedy(
  failure: Failure,
  { result, chosen }: RemediationOutcome,
): { result: Result; code: string } {
  if (result === 'superseded') return { result: 'failed', code: 'superseded' };
  if (result === 'failed') return { result: 'failed', code: 'rollback-failed' };
  return { result: chosen.type === 'rollback' ? 'rolled-back' : 'held', code: failure.code };
}
