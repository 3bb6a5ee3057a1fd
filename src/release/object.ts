import { isClusterScoped } from './scope.ts';

/** Any Kubernetes object, as JSON. Only the fields that we read by name are typed. */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta;
  readonly [field: string]: unknown;
}

export interface ObjectMeta {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly generation?: number;
  readonly creationTimestamp?: string;
  readonly deletionTimestamp?: string;
  readonly ownerReferences?: readonly OwnerReference[];
  readonly [field: string]: unknown;
}

export interface OwnerReference {
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly controller?: boolean;
}

/** Names one object; enough to read or delete it. An empty namespace means cluster-scoped or unknown. */
export interface ObjectRef {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/**
 * `group/Kind/namespace/name`. The version is left out: the same object may move from one
 * apiVersion to the next. Objects without a namespace carry the release's, also custom kinds of the whole cluster.
 */
export type ObjectKey = string & { readonly __brand: 'ObjectKey' };

export function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
}

export function toRef(object: KubeObject, defaultNamespace = ''): ObjectRef {
  const { apiVersion, kind, metadata } = object;
  const namespace = isClusterScoped(apiVersion, kind) ? '' : metadata.namespace || defaultNamespace;
  return { apiVersion, kind, namespace, name: metadata.name };
}

export function toKey(ref: ObjectRef): ObjectKey {
  return `${groupOf(ref.apiVersion)}/${ref.kind}/${ref.namespace}/${ref.name}` as ObjectKey;
}

/** The events at which helm runs a hook (https://helm.sh/docs/topics/charts_hooks/). */
export type HookEvent =
  | 'pre-install'
  | 'post-install'
  | 'pre-upgrade'
  | 'post-upgrade'
  | 'pre-rollback'
  | 'post-rollback'
  | 'pre-delete'
  | 'post-delete'
  | 'test';

export interface Hook {
  readonly events: readonly HookEvent[];
  /** Ascending order within an event. */
  readonly weight: number;
  /** Empty means helm's default, `before-hook-creation`. */
  readonly deletePolicies: readonly string[];
  /** How its last run ended, by helm's record: `Succeeded`, `Failed`, `Running`; absent in a rendering. */
  readonly lastRun?: string;
  /** When that run began, milliseconds since the epoch by the clock of helm's machine. */
  readonly lastStarted?: number;
}

/** One object of a release: of the manifest, or a hook. */
export interface ReleaseObject {
  readonly key: ObjectKey;
  readonly ref: ObjectRef;
  readonly object: KubeObject;
  /** Path of the template in the chart, for messages; empty when unknown. */
  readonly source: string;
  /** Absent for an object of the manifest. */
  readonly hook?: Hook;
}
