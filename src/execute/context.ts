import { DeployError, type Problem } from '../errors.ts';
import type { Phase, Plan } from '../plan/plan.ts';
import { ApiError, type ChartRequest, type Clock, type Cluster, type Helm } from '../ports.ts';
import { explainMeanwhile } from '../refusal/explain.ts';
import { parseHelmError } from '../release/helm-error.ts';
import { folderOf } from '../release/spec.ts';
import type { HeldLease } from './held-lease.ts';
import type { Event, Failure, Step } from './outcome.ts';

/** What every operation of one execution works with. */
export interface Execution {
  readonly plan: Plan;
  readonly chart: ChartRequest;
  readonly lease: HeldLease;
  readonly cluster: Cluster;
  readonly helm: Helm;
  readonly clock: Clock;
  /** Aborts when the run is cancelled. */
  readonly signal: AbortSignal;
  readonly emit: (event: Event) => void;
}

/** A step, and why it failed. */
export interface StepEnd {
  readonly step: Step;
  readonly failure?: Failure | undefined;
}

/** How a step's work says what became of it; `operation` when only then all of it is known. */
export type Ended = Pick<Step, 'phase' | 'result' | 'detail'> & {
  readonly operation?: Step['operation'];
  readonly failure?: Failure | undefined;
};

/**
 * Runs one step and tells of its beginning and end. What the cluster refuses meanwhile, or that it
 * cannot be reached, is a failed step like any other.
 */
export async function recordStep(
  { clock, emit }: Pick<Execution, 'clock' | 'emit'>,
  operation: Step['operation'],
  run: () => Promise<Ended>,
): Promise<StepEnd> {
  emit({ type: 'step-started', operation });
  const started = clock.now().toISOString();
  const begin = clock.monotonic();
  const { failure, ...end } = await run().catch(toBrokenEnd);
  const step: Step = { operation, started, duration: clock.monotonic() - begin, ...end };
  emit({ type: 'step-ended', step });
  return { step, failure };
}

/** Phase `verify`: the most that may have been done by then. */
function toBrokenEnd(error: unknown): Ended {
  const failure = toFailure(error, 'verify');
  return { phase: failure.phase, result: 'failed', detail: failure.cause, failure };
}

/** An answer of the API server that is no success, or an error of ours, as a failure; rethrows the rest. */
export function toFailure(error: unknown, phase: Phase): Failure {
  if (!(error instanceof ApiError || error instanceof DeployError)) throw error;
  const { code, cause, hint } =
    error instanceof DeployError
      ? { code: error.code, cause: error.message, hint: error.hint }
      : explainMeanwhile(error);
  return { phase, code, migrated: false, cause, hint, findings: [] };
}

/**
 * Whether a failure says nothing about the release: it is another run's by now, or the cluster did
 * not answer us. Then it is left as it is; the next run judges it.
 */
export function isNoVerdict({ phase, code, findings }: Failure): boolean {
  if (code === 'superseded') return true;
  return phase === 'verify' && findings.length === 0 && isUnanswered(code);
}

/** Whether the cluster did not answer us, or did not let us. */
export function isUnanswered(code: string): boolean {
  return UNANSWERED.has(code);
}

const UNANSWERED = new Set([
  'cluster-unreachable',
  'certificate-untrusted',
  'proxy-refused',
  'login-failed',
  'unauthorized',
  'forbidden',
  'cluster-error',
]);

/** The end of a step when somebody else's helm has made a revision of its own meanwhile. */
export function toSuperseded(revision: number): Ended & { readonly failure: Failure } {
  const cause = `Another helm operation changed the release while revision ${revision} was under way; nothing more was touched.`;
  const code = 'superseded';
  const failure: Failure = { phase: 'verify', code, migrated: false, cause, findings: [] };
  return { phase: 'verify', result: 'failed', detail: cause, failure };
}

/** What helm said when it failed, as one problem. */
export function explainHelm({ plan }: Execution, doing: string, stderr: string): Problem {
  const { target, chart } = plan.spec;
  return parseHelmError(stderr, {
    doing,
    release: target.release,
    namespace: target.namespace.name,
    chart: { name: plan.rendering.chart.name, folder: folderOf(chart) },
  });
}

/** helm wants whole seconds, and at least one. */
export function toSeconds(milliseconds: number): number {
  return Math.max(1, Math.ceil(milliseconds / 1000));
}
