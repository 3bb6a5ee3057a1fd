import { DeployError } from '../errors.ts';
import type { Plan } from '../plan/plan.ts';
import { toDeployError } from '../refusal/explain.ts';
import type { State } from '../state/state.ts';
import { type Execution, isNoVerdict } from './context.ts';
import { takeLease } from './lease.ts';
import { LEASE_RIGHTS, type LeaseRequest } from './lease-object.ts';
import { ensureNamespace } from './namespace.ts';
import type { Failure, Outcome, RemediationOutcome, Result } from './outcome.ts';
import { remediate } from './remediate.ts';
import { readRecord } from './verdict.ts';
import { type Walk, walkOperations } from './walk.ts';

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
  const lease = await takeLease(toLeaseRequest(first, request), request).catch((error: unknown) => {
    throw toDeployError(error, `Locking release ${first.spec.target.release}`, LEASE_RIGHTS);
  });
  try {
    const plan = (await hasMoved(first, request)) ? await request.replan() : first;
    if (!lease.guarded) refusePending(plan);
    const execution = { ...request, plan, lease };
    const walk = await walkOperations(execution);
    const remediation = await answerFailure(execution, walk);
    return {
      plan,
      steps: [...namespace, ...walk.steps],
      failure: walk.failure,
      remediation,
      after: await request.readState().catch(() => undefined),
      stale: walk.stale,
      notes: walk.notes,
      ...conclude(execution, walk, remediation),
    };
  } finally {
    await lease.release();
  }
}

/** Without a Lease nothing proves that the run which left a pending record is dead. */
function refusePending({ base, spec }: Plan): void {
  const newest = base.history.at(-1);
  if (!newest?.status.startsWith('pending')) return;
  if (base.readAt - newest.updated >= spec.policy.timeout) return;
  const what = `Revision ${newest.number} of ${spec.target.release} is ${newest.status}, and may be another run's.`;
  throw new DeployError('locked', what, {
    hint: 'Wait until it has ended, or allow this identity get, create, update and delete on leases, which tell a dead run from a living one.',
  });
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
  ]).catch((error: unknown) => {
    const doing = `Reading release ${spec.target.release} again`;
    throw toDeployError(error, doing, "get on secrets (helm's release records)");
  });
  return next !== undefined || known?.metadata.resourceVersion !== newest?.resourceVersion;
}

/**
 * Evidence is in the failure by now; the verdict comes before any remediation. Undefined when there
 * is nothing to come back from, or nobody may.
 */
async function answerFailure(
  execution: Execution,
  { failure, revision }: Walk,
): Promise<RemediationOutcome | undefined> {
  if (!failure || revision === undefined || failure.phase === 'before-change') return undefined;
  if (isNoVerdict(failure)) return undefined;
  return remediate(execution, { failure, revision });
}

function conclude(
  { plan, signal }: Execution,
  { failure, steps }: Walk,
  remediation: RemediationOutcome | undefined,
): { result: Result; code: string } {
  const isUnderWay = remediation && remediation.steps.at(-1)?.result !== 'cancelled';
  if (signal.aborted && steps.at(-1)?.result !== 'done' && !isUnderWay) {
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
  if (result === 'unreached') return { result: 'failed', code: failure.code };
  if (result === 'failed' && chosen.type === 'rollback') {
    return { result: 'failed', code: 'rollback-failed' };
  }
  return { result: chosen.type === 'rollback' ? 'rolled-back' : 'held', code: failure.code };
}
