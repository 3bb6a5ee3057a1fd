import type { Problem } from '../errors.ts';
import type { ApplyMethod, UpgradeRequest } from '../ports.ts';
import type { ObjectKey, ObjectRef, ReleaseObject } from '../release/object.ts';
import type { ReleaseSpec } from '../release/spec.ts';
import type { EffectiveValue, Rendering, State } from '../state/state.ts';

export type { EffectiveValue };

/** Flux's words for what a plan found. */
export type PlanVerdict = 'absent' | 'in-sync' | 'out-of-sync' | 'drifted' | 'failed' | 'locked';

export interface Change {
  readonly action: 'create' | 'update' | 'delete';
  readonly key: ObjectKey;
  readonly ref: ObjectRef;
  /** Events when the object is a hook; empty otherwise. */
  readonly hook: readonly string[];
  /** All that an update changes; of a new object the few that say what it is, with `new` alone; none for delete. */
  readonly fields: readonly FieldChange[];
  /** The pod template changed, so pods are replaced. */
  readonly restartsPods: boolean;
  /** Workloads that read this ConfigMap or Secret and whose pods will keep what they have read. */
  readonly keptBy: readonly ObjectRef[];
}

/** A value is text as YAML would read it plainly, or JSON on one line; a Secret's values are never in here. */
export interface FieldChange {
  /** Such as `spec.template.spec.containers[server].image`. */
  readonly path: string;
  readonly old?: string;
  readonly new?: string;
  /** The value is secret: only that it was added, changed or removed is told. */
  readonly secret?: 'added' | 'changed' | 'removed';
}

/** What execute will do, in order. Plain data: the executor does not know why. */
export type Operation =
  | {
      readonly type: 'create-namespace';
      readonly namespace: string;
      readonly labels: Readonly<Record<string, string>>;
    }
  /** Hook Jobs and Pods of an earlier revision that may still run: a running migration is never deleted unasked. */
  | { readonly type: 'await-hooks'; readonly objects: readonly ReleaseObject[] }
  /** A pending record whose owner is dead becomes `failed`, which helm accepts. */
  | { readonly type: 'unlock'; readonly revision: number }
  /** Install-only hooks that a failed first install never reached; created when absent, never overwritten. */
  | {
      readonly type: 'create-missing';
      readonly when: 'before' | 'after';
      readonly objects: readonly ReleaseObject[];
    }
  /** CRDs of the chart's `crds/` that a first install brings; created when absent, never overwritten. */
  | { readonly type: 'create-crds'; readonly objects: readonly ReleaseObject[] }
  /** CRDs of the chart's `crds/`, applied by us because helm never updates them. */
  | { readonly type: 'apply-crds'; readonly objects: readonly ReleaseObject[] }
  | {
      readonly type: 'upgrade';
      readonly revision: number;
      readonly historyMax: number;
      readonly method: ApplyMethod;
      readonly takeOwnership: boolean;
      /** What helm itself waits for; we watch the rollout in any case. */
      readonly wait: UpgradeRequest['wait'];
    }
  /** Watches a revision that an earlier run left without a verdict; once verified, nothing else is left to do. */
  | {
      readonly type: 'settle';
      readonly revision: number;
      readonly objects: readonly ReleaseObject[];
    }
  /** Our rollout watch over the objects of a revision, up to its verdict. */
  | {
      readonly type: 'watch';
      readonly revision: number;
      readonly objects: readonly ReleaseObject[];
    };

export type Phase = 'before-change' | 'pre-hook' | 'apply' | 'rollout' | 'post-hook' | 'verify';

export type Remediation =
  | {
      readonly type: 'rollback';
      readonly to: number;
      readonly historyMax: number;
      readonly method: ApplyMethod;
    }
  | { readonly type: 'hold'; readonly why: string }
  | { readonly type: 'none' };

/** A value of the deployed release that would go. */
export interface DroppedValue {
  /** Such as `server.replicas`. */
  readonly path: string;
  /** JSON on one line, clipped; empty for a secret one. */
  readonly value: string;
}

/** 3. Decided: everything that can be known before the cluster is touched. */
export interface Plan {
  readonly spec: ReleaseSpec;
  readonly base: State;
  readonly rendering: Rendering;
  readonly verdict: PlanVerdict;
  /** One sentence: why there is, or is not, something to do. */
  readonly reason: string;
  /** Revision that the changes are relative to; undefined on a first install. */
  readonly against?: number | undefined;
  readonly changes: readonly Change[];
  /** Values of a release that Slipway never deployed which no layer sets: this deploy drops them. */
  readonly dropped: readonly DroppedValue[];
  /** What the chart gets, value by value; absent when nobody asked for it. */
  readonly values?: readonly EffectiveValue[] | undefined;
  readonly problems: readonly Problem[];
  /** Another run is at work on the release: a deploy stops, a plan says so and is made all the same. */
  readonly lock?: Problem | undefined;
  /** Empty: nothing to do. */
  readonly operations: readonly Operation[];
  readonly remedy: Readonly<Record<Phase | 'migrated', Remediation>>;
  readonly digest: string;
}
