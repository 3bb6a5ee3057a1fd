import { ApiError, type Cluster, type DeleteOptions, type ListQuery } from '../ports.ts';
import { parseJsonMap } from '../release/json.ts';
import type { KubeObject, ObjectRef } from '../release/object.ts';
import { toRef } from '../release/object.ts';
import { parseAnswer } from './cluster/answer.ts';
import { readIdentity } from './cluster/identity.ts';
import { createKinds, type Kind, toGroupPath } from './cluster/kinds.ts';
import { type ListPage, readList } from './cluster/lists.ts';
import { type ApiRequest, createRequests } from './cluster/requests.ts';
import { runWatch } from './cluster/watch.ts';

/** As helm does since version 4, except that a conflict is won: the plan shows what will be so afterwards. */
const APPLY = { fieldManager: 'slipway', force: 'true' } as const;
const CHECK = { fieldManager: 'helm', dryRun: 'All' } as const;
const PREVIEW = { fieldManager: 'helm', force: 'true', dryRun: 'All' } as const;

/**
 * `kubeconfig`: path of this run's own (`auth/kubeconfig.ts`). We make the requests ourselves:
 * client-node's API classes open a connection for each, which makes 400 previews slow.
 */
export function createCluster(kubeconfig: string): Cluster {
  const requests = createRequests(readIdentity(kubeconfig));
  const kinds = createKinds(requests);

  async function collection(query: Pick<ListQuery, 'apiVersion' | 'kind' | 'namespace'>) {
    return toPath(query, await kinds.find(query.apiVersion, query.kind));
  }
  async function address(ref: ObjectRef): Promise<string> {
    const kind = await kinds.find(ref.apiVersion, ref.kind);
    if (kind.namespaced && ref.namespace === '') {
      throw new TypeError(`the ${ref.kind} ${ref.name} was asked for without its namespace`);
    }
    return `${toPath(ref, kind)}/${encodeURIComponent(ref.name)}`;
  }
  async function send(request: ApiRequest): Promise<KubeObject> {
    return parseAnswer<KubeObject>(await requests.send(request));
  }
  async function list(query: ListQuery, signal?: AbortSignal): Promise<ListPage> {
    const base = await collection(query);
    const { apiVersion, kind } = query;
    const path = (paging: Readonly<Record<string, string>>) =>
      withQuery(base, { ...selectors(query), ...paging });
    return readList(requests, { apiVersion, kind, path, ...(signal ? { signal } : {}) });
  }

  return {
    async readServerVersion(signal) {
      const text = await requests.send({
        method: 'GET',
        path: '/version',
        ...(signal ? { signal } : {}),
      });
      const version = parseJsonMap(text)?.['gitVersion'];
      if (typeof version === 'string') return version;
      const message = 'what answers there is no API server of Kubernetes (it tells no version)';
      throw new ApiError(200, '', message);
    },
    async read(ref) {
      const path = await address(ref);
      return await orUndefined(send({ method: 'GET', path }));
    },
    async list(query) {
      return (await list(query)).objects;
    },
    async create(object) {
      const path = await collection(toRef(object));
      return send({ method: 'POST', path, body: JSON.stringify(object) });
    },
    async replace(object) {
      const path = await address(toRef(object));
      return send({ method: 'PUT', path, body: JSON.stringify(object) });
    },
    async previewApply(object, namespace) {
      return send({
        method: 'PATCH',
        path: withQuery(await address(toRef(object, namespace)), PREVIEW),
        // JSON is YAML.
        contentType: 'application/apply-patch+yaml',
        body: JSON.stringify(object),
      });
    },
    async checkApply(object, namespace) {
      await send({
        method: 'PATCH',
        path: withQuery(await address(toRef(object, namespace)), CHECK),
        contentType: 'application/apply-patch+yaml',
        body: JSON.stringify(object),
      });
    },
    async apply(object) {
      return send({
        method: 'PATCH',
        path: withQuery(await address(toRef(object)), APPLY),
        contentType: 'application/apply-patch+yaml',
        body: JSON.stringify(object),
      });
    },
    async delete(ref, options = {}) {
      const body = JSON.stringify(toDeleteBody(options));
      await orUndefined(send({ method: 'DELETE', path: await address(ref), body }));
    },
    watch(query, listener, signal) {
      const path = async (extra: Readonly<Record<string, string>>) =>
        withQuery(await collection(query), { ...selectors(query), ...extra });
      const source = { requests, path, list: (abort: AbortSignal) => list(query, abort) };
      void runWatch(source, listener, signal);
    },
    async readLogs({ namespace, pod, container, previous, tailLines }) {
      const path = `/api/v1/namespaces/${namespace}/pods/${encodeURIComponent(pod)}/log`;
      const query = { container, previous: String(previous), tailLines: String(tailLines) };
      return requests.send({ method: 'GET', path: withQuery(path, query) });
    },
  };
}

/** Of the collection; a kind of the whole cluster has no namespace, whatever is asked. */
function toPath(
  { apiVersion, namespace }: Pick<ListQuery, 'apiVersion' | 'namespace'>,
  kind: Kind,
) {
  const within = kind.namespaced && namespace !== '' ? `/namespaces/${namespace}` : '';
  return `${toGroupPath(apiVersion)}${within}/${kind.resource}`;
}

function selectors({ labelSelector, fieldSelector }: ListQuery): Record<string, string> {
  return {
    ...(labelSelector ? { labelSelector } : {}),
    ...(fieldSelector ? { fieldSelector } : {}),
  };
}

function withQuery(path: string, query: Readonly<Record<string, string>>): string {
  return `${path}?${new URLSearchParams(query)}`;
}

function toDeleteBody({ propagation, uid, resourceVersion }: DeleteOptions): unknown {
  return {
    apiVersion: 'v1',
    kind: 'DeleteOptions',
    ...(propagation ? { propagationPolicy: propagation } : {}),
    ...(uid || resourceVersion
      ? {
          preconditions: {
            ...(uid ? { uid } : {}),
            ...(resourceVersion ? { resourceVersion } : {}),
          },
        }
      : {}),
  };
}

/** Undefined for what is not there. */
async function orUndefined<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return undefined;
    throw error;
  }
}
