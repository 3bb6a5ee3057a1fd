import { ApiError, type Cluster, type ListQuery, type WatchListener } from '../../src/ports.ts';
import { groupOf, type KubeObject, type ObjectRef, toRef } from '../../src/release/object.ts';

export type Verb =
  | 'check'
  | 'read'
  | 'list'
  | 'create'
  | 'replace'
  | 'apply'
  | 'delete'
  | 'watch'
  | 'log';

export interface FakeCluster extends Cluster {
  /** Every write in its order, such as `create Lease slipway-app`; other fakes write here, too. */
  readonly writes: string[];
  /** Asked before every request; what it returns is thrown. */
  refuse: (verb: Verb, kind: string, name: string) => ApiError | undefined;
  /** Called after a write took effect, before it is answered. */
  afterWrite: (verb: Verb, object: KubeObject) => void;
  /** As a controller or another client does it: created or changed, watchers told, no write noted. */
  put(object: KubeObject): KubeObject;
  remove(ref: ObjectRef): void;
  find(kind: string, name: string): KubeObject | undefined;
  /** `false`: events wait until it is `true` again. */
  deliver(on: boolean): void;
  /** Log text by `pod/container` or, of the run before, `pod/container/previous`. */
  readonly logs: Map<string, string>;
}

export const forbidden = (what = 'it') => new ApiError(403, 'Forbidden', `${what} is forbidden`);
export const unreachable = () => new ApiError(0, '', 'read ECONNRESET');

/** The Kubernetes API in memory: resourceVersions, preconditions, 404 and 409, lists and watches. */
export function fakeCluster(): FakeCluster {
  const objects = new Map<string, KubeObject>();
  const watchers = new Set<{ query: ListQuery; listener: WatchListener }>();
  let waiting: (() => void)[] | undefined;
  let version = 100;

  const id = ({ apiVersion, kind, namespace, name }: ObjectRef) =>
    `${groupOf(apiVersion)}/${kind}/${namespace}/${name}`;
  const store = (object: KubeObject): KubeObject => {
    const key = id(toRef(object));
    const old = objects.get(key);
    const uid = object.metadata.uid ?? old?.metadata.uid ?? `uid-${++version}`;
    const resourceVersion = String(++version);
    const stored = structuredClone({
      ...object,
      metadata: {
        creationTimestamp: '2026-01-01T00:00:00Z',
        ...object.metadata,
        uid,
        resourceVersion,
      },
    });
    objects.set(key, stored);
    tell(stored, (listener) => listener.changed(structuredClone(stored)));
    return structuredClone(stored);
  };
  const drop = (ref: ObjectRef) => {
    const gone = objects.get(id(ref));
    if (!gone) return;
    objects.delete(id(ref));
    const last = { ...gone, metadata: { ...gone.metadata, resourceVersion: String(++version) } };
    tell(last, (listener) => listener.deleted(last));
  };
  function tell(object: KubeObject, how: (listener: WatchListener) => void): void {
    for (const watcher of watchers) {
      if (!matches(object, watcher.query)) continue;
      const event = () => watchers.has(watcher) && how(watcher.listener);
      if (waiting) waiting.push(event);
      else queueMicrotask(event);
    }
  }
  const guard = async (verb: Verb, kind: string, name: string) => {
    await Promise.resolve();
    const error = fake.refuse(verb, kind, name);
    if (error) throw error;
  };
  const list = (query: ListQuery) =>
    [...objects.values()].filter((one) => matches(one, query)).map((one) => structuredClone(one));

  const fake: FakeCluster = {
    writes: [],
    logs: new Map(),
    refuse: () => undefined,
    afterWrite: () => {},
    put: store,
    remove: drop,
    find: (kind, name) =>
      [...objects.values()].find((one) => one.kind === kind && one.metadata.name === name),
    deliver(on) {
      const late = waiting ?? [];
      waiting = on ? undefined : late;
      if (on) for (const event of late) event();
    },
    readServerVersion: async () => 'v1.36.3',
    async read(ref) {
      await guard('read', ref.kind, ref.name);
      return structuredClone(objects.get(id(ref)));
    },
    async list(query) {
      await guard('list', query.kind, '');
      return list(query);
    },
    async create(object) {
      const ref = toRef(object);
      await guard('create', ref.kind, ref.name);
      if (objects.has(id(ref))) {
        throw new ApiError(409, 'AlreadyExists', `${ref.kind} ${ref.name} already exists`);
      }
      const stored = store(object);
      fake.writes.push(`create ${ref.kind} ${ref.name}`);
      fake.afterWrite('create', stored);
      return stored;
    },
    async replace(object) {
      const ref = toRef(object);
      await guard('replace', ref.kind, ref.name);
      const old = objects.get(id(ref));
      if (!old) throw new ApiError(404, 'NotFound', `${ref.kind} ${ref.name} not found`);
      const wanted = object.metadata.resourceVersion;
      if (wanted && wanted !== old.metadata.resourceVersion) {
        throw new ApiError(409, 'Conflict', `${ref.kind} ${ref.name} has been modified`);
      }
      const stored = store({ ...object, metadata: { ...object.metadata, ...keep(old) } });
      fake.writes.push(`replace ${ref.kind} ${ref.name}`);
      fake.afterWrite('replace', stored);
      return stored;
    },
    async previewApply(object, namespace) {
      return objects.get(id(toRef(object, namespace))) ?? object;
    },
    async checkApply(object) {
      await guard('check', object.kind, object.metadata.name);
    },
    async apply(object) {
      const ref = toRef(object);
      await guard('apply', ref.kind, ref.name);
      const stored = store(object);
      fake.writes.push(`apply ${ref.kind} ${ref.name}`);
      return stored;
    },
    async delete(ref, options = {}) {
      await guard('delete', ref.kind, ref.name);
      const { uid, resourceVersion } = objects.get(id(ref))?.metadata ?? {};
      const isOther =
        (options.uid && options.uid !== uid) ||
        (options.resourceVersion && options.resourceVersion !== resourceVersion);
      if (uid && isOther) throw new ApiError(409, 'Conflict', 'precondition failed');
      drop(ref);
      fake.writes.push(`delete ${ref.kind} ${ref.name}`);
    },
    watch(query, listener, signal) {
      if (signal.aborted) return;
      const watcher = { query, listener };
      watchers.add(watcher);
      signal.addEventListener('abort', () => watchers.delete(watcher), { once: true });
      queueMicrotask(() => {
        const error = fake.refuse('watch', query.kind, '');
        if (signal.aborted) return;
        if (error) listener.refused(error);
        else listener.replaced(list(query));
      });
    },
    async readLogs({ pod, container, previous }) {
      await guard('log', 'Pod', pod);
      const text = fake.logs.get(`${pod}/${container}${previous ? '/previous' : ''}`);
      if (text === undefined) throw new ApiError(404, 'NotFound', 'no such log');
      return text;
    },
  };
  return fake;
}

/** What a PUT cannot change. */
function keep({ metadata: { uid, creationTimestamp } }: KubeObject) {
  return { ...(uid && { uid }), ...(creationTimestamp && { creationTimestamp }) };
}

function matches(object: KubeObject, query: ListQuery): boolean {
  const { metadata, kind, apiVersion } = object;
  if (kind !== query.kind || groupOf(apiVersion) !== groupOf(query.apiVersion)) return false;
  if (query.namespace !== '' && metadata.namespace !== query.namespace) return false;
  const pairs = (query.labelSelector ?? '').split(',').filter(Boolean);
  return pairs.every((pair) => {
    const [name = '', value] = pair.split('=');
    return metadata.labels?.[name] === value;
  });
}
