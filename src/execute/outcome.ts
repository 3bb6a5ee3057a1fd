import type { Operation, Phase, Plan, Remediation } from '../plan/plan.ts';
import type { ObjectRef } from '../release/object.ts';
import type { State } from '../state/state.ts';

export type Result =
  | 'unchanged'
  | 'planned'
  | 'deployed'
  | 'rolled-back'
  | 'held'
  | 'uninstalled'
  | 'failed'
  | 'refused'
  | 'cancelled';

/** 4. Happened; failure is a value, never an exception. */
export interface Outcome {
  readonly plan: Plan;
  readonly steps: readonly Step[];
  readonly failure?: Failure | undefined;
  readonly remediation?: RemediationOutcome | undefined;
  /** Undefined when the cluster could not be asked any more: then nobody knows. */
  readonly after: State | undefined;
  /** Pods that were started before a changed ConfigMap or Secret and still run. */
  readonly stale: readonly StaleConsumer[];
  readonly notes: readonly string[];
  readonly result: Result;
  /** The `reason-code` output, such as deployed, verified, crash-loop, hook-failed, not-ready, cancelled. */
  readonly code: string;
}

export interface Step {
  readonly operation: Operation | { readonly type: 'stop-hooks' } | RollbackOperation;
  readonly phase: Phase;
  readonly result: 'done' | 'failed' | 'cancelled';
  /** ISO 8601, UTC. */
  readonly started: string;
  /** Milliseconds. */
  readonly duration: number;
  /** A few words for the table of steps: `revision 4`, `3 of 3 workloads ready`, `not ready after 5m`. */
  readonly detail: string;
}

export interface RollbackOperation {
  readonly type: 'rollback';
  readonly to: number;
  /** The new revision that helm made of it; undefined when it made none. */
  readonly revision?: number | undefined;
}

export interface Failure {
  readonly phase: Phase;
  /** The `reason-code` output: crash-loop, hook-failed, timeout, immutable-field, … */
  readonly code: string;
  readonly migrated: boolean;
  /** The cause, one sentence without a line break. */
  readonly cause: string;
  /** What to do next, one sentence, when no finding advises it. */
  readonly hint?: string | undefined;
  /** Root cause first. */
  readonly findings: readonly Finding[];
  /** helm's own words, when helm failed. */
  readonly helmError?: string | undefined;
}

export interface RemediationOutcome {
  readonly chosen: Remediation;
  readonly steps: readonly Step[];
  /** unreached: the cluster no longer answered us, and nothing was begun. */
  readonly result: 'done' | 'failed' | 'superseded' | 'unreached';
  /** What a rollback leaves behind, a sentence each. */
  readonly notUndone: readonly string[];
  /** Why it failed, one sentence; and the commands to go on by hand. */
  readonly failure?: { readonly cause: string; readonly commands: readonly string[] } | undefined;
}

export type FindingCode =
  | 'crash-loop'
  | 'invalid-image'
  | 'image-pull'
  | 'config-error'
  | 'job-failed'
  | 'hook-failed'
  | 'pod-failed'
  | 'unschedulable'
  | 'claim-pending'
  | 'create-refused'
  | 'probe-failing'
  | 'not-ready';

/** One cause found by diagnosis. */
export interface Finding {
  readonly code: FindingCode;
  /** The object of the release that it holds up. */
  readonly object: ObjectRef;
  readonly pod?: string | undefined;
  readonly container?: string | undefined;
  /** Kubernetes' word: CrashLoopBackOff, BackoffLimitExceeded, … */
  readonly reason: string;
  /** One sentence that stands alone. */
  readonly message: string;
  readonly exitCode?: number | undefined;
  readonly restarts?: number | undefined;
  readonly logs: readonly LogExcerpt[];
  /** `BackOff: Back-off restarting failed container (×4)`. */
  readonly events: readonly string[];
  readonly advice: string;
  /** Certain enough to stop the run early (design.md rule 4). */
  readonly certain: boolean;
}

export interface LogExcerpt {
  readonly pod: string;
  readonly container: string;
  readonly run: 'current' | 'previous';
  readonly lines: readonly string[];
}

export interface StaleConsumer {
  readonly config: ObjectRef;
  readonly workload: ObjectRef;
  readonly pods: readonly string[];
}

/** Told while it happens; the log is made of these. */
export type Event =
  | { readonly type: 'step-started'; readonly operation: Step['operation'] }
  | { readonly type: 'step-ended'; readonly step: Step }
  /** One line per change of state of one object. */
  | {
      readonly type: 'progress';
      readonly object: ObjectRef;
      readonly state: 'progressing' | 'ready' | 'failed';
      readonly message: string;
    }
  /** Nothing changed for a while. */
  | {
      readonly type: 'heartbeat';
      readonly elapsed: number;
      readonly left: number;
      readonly waiting: readonly string[];
    }
  | { readonly type: 'finding'; readonly finding: Finding }
  | { readonly type: 'helm'; readonly line: string }
  | { readonly type: 'note'; readonly message: string };
