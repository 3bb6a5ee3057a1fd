import type { KubeObject, ObjectKey, ReleaseObject } from '../release/object.ts';
import type { Revision } from '../release/revision.ts';

/** 2. Observed: facts only; opinions start in the plan. */
export interface State {
  /** Oldest first. */
  readonly history: readonly Revision[];
  /** Revision to which a rollback would go. */
  readonly lastGood?: number | undefined;
  readonly namespace: 'present' | 'absent' | 'unknown';
  /** When this was read, milliseconds since the epoch: tells the age of a pending record. */
  readonly readAt: number;
  /** Empty until a plan needs it: reading live objects is only worth it when nothing else differs. */
  readonly live: ReadonlyMap<ObjectKey, Live>;
  /** What the hooks of the newest revision read from outside of the release; the same holds for it. */
  readonly inputs?: HookInputs | undefined;
  readonly versions: { readonly server: string; readonly helm: string };
}

/** A live object beside what a forced dry-run apply of the rendering would make of it. */
export type Live =
  | { readonly type: 'present'; readonly object: KubeObject; readonly applied: KubeObject }
  | { readonly type: 'absent' }
  | { readonly type: 'not-checked'; readonly reason: string };

/** Hash of what hooks read (`hashInputs`), or why it could not be read: half a sentence. */
export type HookInputs =
  | { readonly type: 'read'; readonly hash: string }
  | { readonly type: 'not-checked'; readonly reason: string };

/** The chart rendered with the helm that will deploy. */
export interface Rendering {
  readonly chart: { readonly name: string; readonly version: string; readonly appVersion: string };
  /** `sha256:…` over the chart's files. */
  readonly chartDigest: string;
  /** Hash of chart and values together, compared with the record's. */
  readonly source: string;
  /** Manifest and hooks, without test hooks, in helm's order. */
  readonly objects: readonly ReleaseObject[];
  /** Of `crds/`, which helm keeps out of the manifest; absent when there are none, or they are left out. */
  readonly crds?: readonly ChartCrd[] | undefined;
  /** How it was rendered and what could not be known, for the reader of the plan. */
  readonly notes: readonly string[];
}

/** An object of the chart's `crds/` beside the live one; unknown when that may not be read. */
export interface ChartCrd {
  readonly object: ReleaseObject;
  readonly live: KubeObject | 'absent' | 'unknown';
}

/** One leaf of what the chart is rendered with. */
export interface EffectiveValue {
  /** Such as `server.image.tag`; list items by their index. */
  readonly path: string;
  /** JSON on one line; of a long text only how long it is; empty for a secret one. */
  readonly value: string;
  /** The layer at which it last changed: `chart`, a file as it is written, `values-inline`, `set`, … */
  readonly from: string;
  readonly secret: boolean;
}
