import { isMap } from './json.ts';

/** A reference from a pod to a key, or to all keys, of a ConfigMap or Secret in its namespace. */
export interface PodRead {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: unknown;
  /** Undefined: all of them. */
  readonly keys: readonly unknown[] | undefined;
}

/**
 * What the containers of a pod read: variables and volumes of every type. Left out is what only pulls
 * their images: registry logins are renewed all the time, and decide nothing about what runs.
 */
export function findPodReads(podSpec: unknown): readonly PodRead[] {
  const reads: PodRead[] = [];
  collect(podSpec, reads);
  return reads;
}

/**
 * The references of the pod API, wherever they stand in a pod: `configMapKeyRef` and `secretKeyRef` of a
 * variable, `configMapRef` and `secretRef` of envFrom, `configMap` and `secret` of volumes, also
 * projected ones; `secretRef`, `azureFile` and `nodePublishSecretRef` of volumes elsewhere.
 */
const REFERENCES: Readonly<Record<string, PodRead['kind']>> = {
  configMapKeyRef: 'ConfigMap',
  configMapRef: 'ConfigMap',
  configMap: 'ConfigMap',
  secretKeyRef: 'Secret',
  secretRef: 'Secret',
  secret: 'Secret',
  azureFile: 'Secret',
  nodePublishSecretRef: 'Secret',
};

function collect(value: unknown, reads: PodRead[]): void {
  if (Array.isArray(value)) for (const item of value) collect(item, reads);
  if (!isMap(value)) return;
  for (const [field, child] of Object.entries(value)) {
    const kind = Object.hasOwn(REFERENCES, field) ? REFERENCES[field] : undefined;
    if (kind && isMap(child)) reads.push(toRead(kind, child));
    else collect(child, reads);
  }
}

function toRead(kind: PodRead['kind'], reference: Readonly<Record<string, unknown>>): PodRead {
  const { key, items } = reference;
  const name = reference['name'] ?? reference['secretName'];
  if (key !== undefined) return { kind, name, keys: [key] };
  if (!Array.isArray(items)) return { kind, name, keys: undefined };
  return { kind, name, keys: items.map((item) => (isMap(item) ? item['key'] : undefined)) };
}
