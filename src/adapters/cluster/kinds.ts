import { ApiError } from '../../ports.ts';
import { groupOf } from '../../release/object.ts';
import { CLUSTER_SCOPED } from '../../release/scope.ts';
import { parseAnswer } from './answer.ts';
import type { Requests } from './requests.ts';

/** How the API calls a kind. */
export interface Kind {
  /** The word in paths: the plural, `deployments`. */
  readonly resource: string;
  readonly namespaced: boolean;
}

/** Finds kinds: the common ones by heart, others by asking the server once for each group version. */
export interface Kinds {
  /** Throws `ApiError` 404 when the server has no such kind. */
  find(apiVersion: string, kind: string): Promise<Kind>;
}

/** What nearly every release is made of; saves most runs all discovery. Stable APIs only. */
const NAMESPACED: Readonly<Record<string, string>> = {
  v1: 'ConfigMap Endpoints Event LimitRange PersistentVolumeClaim Pod ReplicationController ResourceQuota Secret Service ServiceAccount',
  'apps/v1': 'ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet',
  'autoscaling/v2': 'HorizontalPodAutoscaler',
  'batch/v1': 'CronJob Job',
  'coordination.k8s.io/v1': 'Lease',
  'discovery.k8s.io/v1': 'EndpointSlice',
  'events.k8s.io/v1': 'Event',
  'networking.k8s.io/v1': 'Ingress NetworkPolicy',
  'policy/v1': 'PodDisruptionBudget',
  'rbac.authorization.k8s.io/v1': 'Role RoleBinding',
};

export function createKinds(requests: Requests): Kinds {
  const known = new Map<string, Kind>([
    ...builtIn(NAMESPACED, { namespaced: true }),
    ...builtIn(CLUSTER_SCOPED, { namespaced: false }),
  ]);
  const asked = new Map<string, Promise<void>>();

  /** One question at a time for each group version; asked again later, because a chart may bring its CRDs. */
  function ask(apiVersion: string): Promise<void> {
    const asking = asked.get(apiVersion) ?? learn(apiVersion);
    asked.set(apiVersion, asking);
    return asking;
  }

  async function learn(apiVersion: string): Promise<void> {
    try {
      for (const [key, kind] of await readKinds(requests, apiVersion)) known.set(key, kind);
    } finally {
      asked.delete(apiVersion);
    }
  }

  return {
    async find(apiVersion, kind) {
      const key = `${apiVersion}/${kind}`;
      if (!known.has(key)) await ask(apiVersion);
      const found = known.get(key);
      if (found) return found;
      throw new ApiError(404, 'NotFound', `the API server has no kind ${kind} in ${apiVersion}`);
    },
  };
}

/** Path of a group version: the core group lives apart. */
export function toGroupPath(apiVersion: string): string {
  return groupOf(apiVersion) === '' ? `/api/${apiVersion}` : `/apis/${apiVersion}`;
}

async function readKinds(
  requests: Requests,
  apiVersion: string,
): Promise<readonly (readonly [string, Kind])[]> {
  try {
    const text = await requests.send({ method: 'GET', path: toGroupPath(apiVersion) });
    const { resources = [] } = parseAnswer<{ readonly resources?: readonly Resource[] }>(text);
    return resources
      .filter(({ name }) => !name.includes('/'))
      .map(({ name, kind, namespaced }) => [
        `${apiVersion}/${kind}`,
        { resource: name, namespaced },
      ]);
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return [];
    throw error;
  }
}

/** An entry of an APIResourceList; subresources have a slash in their name. */
interface Resource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

function builtIn(
  table: Readonly<Record<string, string>>,
  scope: { readonly namespaced: boolean },
): [string, Kind][] {
  return Object.entries(table).flatMap(([apiVersion, kinds]) =>
    kinds
      .split(' ')
      .map((kind): [string, Kind] => [
        `${apiVersion}/${kind}`,
        { resource: toPlural(kind), ...scope },
      ]),
  );
}

function toPlural(kind: string): string {
  const word = kind.toLowerCase();
  if (word === 'endpoints') return word;
  if (word.endsWith('s')) return `${word}es`;
  return word.endsWith('y') ? `${word.slice(0, -1)}ies` : `${word}s`;
}
