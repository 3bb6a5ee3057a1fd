import type { Problem } from '../errors.ts';
import type {
  Failure,
  RemediationOutcome,
  Result,
  StaleConsumer,
  Step,
} from '../execute/outcome.ts';
import type { Change, DroppedValue, EffectiveValue, Phase, PlanVerdict } from '../plan/plan.ts';
import type { Revision } from '../release/revision.ts';

export type Command = 'plan' | 'deploy' | 'setup';

/** 5. Told: every renderer (log, summary, comment, annotations, outputs) takes only this. */
export interface Report {
  readonly schema: 1;
  readonly command: Command;
  readonly run: RunRef;
  /** In the order in which they were worked on. */
  readonly targets: readonly ReportTarget[];
  /** What looked wrong and stopped nothing; releases that share a file repeat its warnings. */
  readonly warnings: readonly Problem[];
}

/** The run of the workflow that speaks. */
export interface RunRef {
  readonly url: string;
  readonly id: string;
  readonly attempt: string;
  readonly repository: string;
  readonly sha: string;
  readonly actor: string;
  /** ISO 8601, UTC. */
  readonly started: string;
}

export type ReportTarget =
  | RefusedTarget
  | CheckedTarget
  | ReadyTarget
  | PlannedTarget
  | ExecutedTarget;

/** What every target has; enough to name it. */
export interface TargetHead {
  readonly environment: string;
  readonly release: string;
  readonly namespace: string;
  readonly result: Result | 'ready';
  /** The `reason-code` output. */
  readonly code: string;
}

/** Stopped before there was a plan; the cluster is untouched. */
export interface RefusedTarget extends TargetHead {
  readonly type: 'refused';
  readonly problems: readonly Problem[];
}

/** Only its files were read (`against: none`): no cluster, no rendering. */
export interface CheckedTarget extends TargetHead {
  readonly type: 'checked';
}

/** `command: setup`: tools and cluster are ready for the later steps of the job; no release is meant. */
export interface ReadyTarget extends TargetHead {
  readonly type: 'ready';
  /** Of the API server. */
  readonly server: string;
  /** Such as `v1.36.3`. */
  readonly kubernetes: string;
  /** Whom the cluster sees; empty when only the kubeconfig knows. */
  readonly identity: string;
  readonly helm: string;
  readonly kubectl: string;
  /** Path for later steps. */
  readonly kubeconfig: string;
}

export interface PlannedTarget extends TargetHead {
  readonly type: 'planned';
  readonly plan: PlanSummary;
}

export interface ExecutedTarget extends TargetHead {
  readonly type: 'executed';
  readonly plan: PlanSummary;
  readonly steps: readonly ToldStep[];
  readonly failure?: Failure | undefined;
  readonly remediation?: ToldRemediation | undefined;
  /** Number of the newest revision after the run. */
  readonly revision?: number | undefined;
  /** The revision that this run made or watched; undefined when it came to neither. */
  readonly attempted?: number | undefined;
  /** The cluster could not be asked after the run: nothing is known of what stands there. */
  readonly isLost?: true | undefined;
  /** The newest revisions as helm's history has them after the run, oldest first. */
  readonly history: readonly ToldRevision[];
  readonly stale: readonly StaleConsumer[];
  /** Address of the application, from its Ingress or HTTPRoute; only when a good revision runs. */
  readonly url?: string | undefined;
  /** What a reader should know: degraded features with the permission they need, and so on. */
  readonly notes: readonly string[];
}

/** A step as far as it is told: its operation may hold whole objects, Secrets among them. */
export interface ToldStep {
  readonly type: Step['operation']['type'];
  readonly title: string;
  readonly phase: Phase;
  readonly result: Step['result'];
  /** ISO 8601, UTC. */
  readonly started: string;
  /** Milliseconds. */
  readonly duration: number;
  readonly detail: string;
}

export interface ToldRemediation extends Omit<RemediationOutcome, 'steps'> {
  readonly steps: readonly ToldStep[];
}

export type ToldRevision = Pick<
  Revision,
  'number' | 'status' | 'description' | 'verdict' | 'chart' | 'appVersion'
>;

/** A plan as far as it is told: no rendering, no values, nothing secret. */
export interface PlanSummary {
  readonly chart: {
    readonly name: string;
    readonly version: string;
    readonly appVersion: string;
    readonly digest: string;
  };
  /** Chart of the revision compared with, `name-version`; undefined on a first install. */
  readonly previousChart?: string | undefined;
  readonly verdict: PlanVerdict;
  readonly reason: string;
  readonly against?: number | undefined;
  /** Destructive first. */
  readonly changes: readonly Change[];
  readonly dropped: readonly DroppedValue[];
  readonly values?: readonly EffectiveValue[] | undefined;
  readonly problems: readonly Problem[];
  readonly lock?: Problem | undefined;
  /** What deploy does, or would do, a few words each, in order. */
  readonly operations: readonly string[];
  /** What happens when the rollout fails, one sentence. */
  readonly onFailure: string;
  readonly notes: readonly string[];
  readonly digest: string;
  readonly versions: { readonly server: string; readonly helm: string };
}
