import type { ApiError, Clock, Cluster, ListQuery } from '../ports.ts';
import { groupOf, type KubeObject, type ObjectRef, type ReleaseObject } from '../release/object.ts';

/*
 * What the rollout watch sees: a live copy of the objects that matter, kept by watches of the
 * Kubernetes API. Rules and diagnosis read it and never ask the cluster themselves.
 */

export interface Observer {
  /** All objects of a kind that are alive now. */
  all(kind: string): readonly KubeObject[];
  find(ref: ObjectRef): KubeObject | undefined;
  ownedBy(kind: string, uid: string | undefined): readonly KubeObject[];
  /** Kinds that may not be watched, with the API server's words: their objects are not checked. */
  readonly refused: ReadonlyMap<string, string>;
  /** Reads everything anew: afterwards nothing is older than this call. */
  refresh(): Promise<void>;
  /** Resolves at the next change, or when the signal aborts. */
  changed(signal: AbortSignal): Promise<void>;
  stop(): void;
}

/** Kinds whose state a rollout depends on, with what must be seen to explain them. */
const WATCHED: Readonly<Record<string, { apiVersion: string; needs: readonly string[] }>> = {
  Deployment: { apiVersion: 'apps/v1', needs: ['ReplicaSet', 'Pod'] },
  ReplicaSet: { apiVersion: 'apps/v1', needs: ['Pod'] },
  StatefulSet: { apiVersion: 'apps/v1', needs: ['Pod', 'PersistentVolumeClaim'] },
  DaemonSet: { apiVersion: 'apps/v1', needs: ['Pod'] },
  Job: { apiVersion: 'batch/v1', needs: ['Pod'] },
  Pod: { apiVersion: 'v1', needs: ['Event'] },
  PersistentVolumeClaim: { apiVersion: 'v1', needs: ['Event'] },
  Event: { apiVersion: 'v1', needs: [] },
};

export interface ObserverLimits {
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** On the monotonic clock: a cluster that never answers must not hold the run. */
  readonly deadline: number;
}

/**
 * Watches what the given objects need, in the namespaces where they live. Ends with `stop`, the
 * signal or the deadline, and is ready then, with what it has seen.
 */
export async function startObserver(
  cluster: Cluster,
  objects: readonly ReleaseObject[],
  { signal, clock, deadline }: ObserverLimits,
): Promise<Observer> {
  const stores = toQueries(objects).map((query) => createStore(query));
  const refused = new Map<string, string>();
  const stopped = new AbortController();
  const late = new AbortController();
  void clock.sleep(deadline - clock.monotonic(), stopped.signal).then(() => late.abort());
  const ended = AbortSignal.any([signal, stopped.signal, late.signal]);
  let wake: () => void = () => {};

  const first = stores.map(
    (store) =>
      new Promise<void>((resolve) => {
        const touch = () => {
          resolve();
          wake();
        };
        const refuse = (error: ApiError) => {
          refused.set(store.query.kind, error.message);
          // What was seen before is not what is there now.
          store.objects.clear();
          touch();
        };
        // An aborted signal fires no more.
        if (ended.aborted) return resolve();
        cluster.watch(store.query, { ...store.listener(touch), refused: refuse }, ended);
        ended.addEventListener('abort', touch, { once: true });
      }),
  );
  await Promise.all(first);

  const ofKind = (kind: string) => stores.filter(({ query }) => query.kind === kind);
  return {
    refused,
    all: (kind) => ofKind(kind).flatMap((store) => [...store.objects.values()]),
    find: (ref) => {
      const store = ofKind(ref.kind).find(({ query }) => query.namespace === ref.namespace);
      return store?.objects.get(toName(ref));
    },
    ownedBy: (kind, uid) => (uid ? ofKind(kind).flatMap((store) => store.ownedBy(uid)) : []),
    async refresh() {
      await Promise.all(
        stores
          .filter(({ query }) => !refused.has(query.kind))
          .map(async (store) => {
            store.recent.clear();
            store.merge(await cluster.list(store.query));
          }),
      );
    },
    changed: (waitSignal) =>
      new Promise((resolve) => {
        wake = resolve;
        waitSignal.addEventListener('abort', () => resolve(), { once: true });
      }),
    stop: () => stopped.abort(),
  };
}

/** Whether the rollout watch knows a rule for this object; everything else counts as ready at once. */
export function isWatched({ ref }: ReleaseObject): boolean {
  return (
    WATCHED[ref.kind] !== undefined &&
    groupOf(WATCHED[ref.kind]?.apiVersion ?? '') === groupOf(ref.apiVersion)
  );
}

function toQueries(objects: readonly ReleaseObject[]): readonly ListQuery[] {
  const queries = new Map<string, ListQuery>();
  const add = (kind: string, namespace: string) => {
    const known = WATCHED[kind];
    const id = `${namespace}/${kind}`;
    if (!known || queries.has(id)) return;
    const { apiVersion, needs } = known;
    // Normal events outnumber warnings by far and say nothing that the objects do not say.
    const selector = kind === 'Event' ? { fieldSelector: 'type=Warning' } : {};
    queries.set(id, { apiVersion, kind, namespace, ...selector });
    for (const need of needs) add(need, namespace);
  };
  for (const object of objects) if (isWatched(object)) add(object.ref.kind, object.ref.namespace);
  return [...queries.values()];
}

/** Objects of one kind in one namespace, indexed by owner so that a look costs the same at any size. */
function createStore(query: ListQuery) {
  const objects = new Map<string, KubeObject>();
  const owned = new Map<string, Set<string>>();
  /** Names that the watch touched since the last refresh began: a list may be older than they are. */
  const recent = new Set<string>();

  const keep = (name: string, object: KubeObject) => {
    objects.set(name, object.kind ? object : withKind(object, query));
    for (const { uid } of object.metadata.ownerReferences ?? []) {
      owned.set(uid, (owned.get(uid) ?? new Set()).add(name));
    }
  };
  const merge = (list: readonly KubeObject[]) => {
    const fresh = new Map(list.map((object) => [toName(object.metadata), object]));
    for (const name of objects.keys()) {
      if (!fresh.has(name) && !recent.has(name)) objects.delete(name);
    }
    for (const [name, object] of fresh) {
      if (!recent.has(name) || isNewer(object, objects.get(name))) keep(name, object);
    }
  };
  return {
    query,
    objects,
    recent,
    merge,
    ownedBy: (uid: string) =>
      [...(owned.get(uid) ?? [])].flatMap((name) => objects.get(name) ?? []),
    listener: (touch: () => void) => ({
      replaced(list: readonly KubeObject[]) {
        recent.clear();
        merge(list);
        touch();
      },
      changed(object: KubeObject) {
        recent.add(toName(object.metadata));
        keep(toName(object.metadata), object);
        touch();
      },
      deleted(object: KubeObject) {
        recent.add(toName(object.metadata));
        objects.delete(toName(object.metadata));
        touch();
      },
    }),
  };
}

/** Comparable as numbers (KEP-5504). A watch may lag, and tell of less than a list that was asked for later. */
function isNewer(object: KubeObject, kept: KubeObject | undefined): boolean {
  const version = (one: KubeObject) => Number(one.metadata.resourceVersion);
  return kept !== undefined && version(object) > version(kept);
}

/** Items of a list come without apiVersion and kind. */
function withKind(object: KubeObject, { apiVersion, kind }: ListQuery): KubeObject {
  return { ...object, apiVersion, kind };
}

function toName({ namespace, name }: { namespace?: string; name: string }): string {
  return `${namespace ?? ''}/${name}`;
}
