import { ApiError, type Clock, type Cluster } from '../ports.ts';
import type { KubeObject, ObjectRef } from '../release/object.ts';

/* The Lease as an object of Kubernetes. */

/** Seconds; written into the Lease, so every version of Slipway can tell how long to observe it. */
export const DURATION = 30;

/** What this run needs to hold one, for messages. */
export const LEASE_RIGHTS = 'get, create, update and delete on leases in coordination.k8s.io';

export interface LeaseRequest {
  readonly release: string;
  readonly namespace: string;
  /** Link to the run, attempt and a random id: unique, and tells a reader who it is. */
  readonly holder: string;
  /** Milliseconds to wait while another run is alive. */
  readonly wait: number;
  readonly log: (message: string) => void;
}

export async function readLease(
  request: LeaseRequest,
  cluster: Cluster,
): Promise<KubeObject | undefined | 'forbidden'> {
  try {
    return await cluster.read(toLeaseRef(request));
  } catch (error) {
    if (error instanceof ApiError && error.status === 403) return 'forbidden';
    throw error;
  }
}

export function toLeaseRef({ release, namespace }: LeaseRequest): ObjectRef {
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    namespace,
    name: `slipway-${release}`,
  };
}

export function toLease(
  request: LeaseRequest,
  standing: KubeObject | undefined,
  clock: Clock,
): KubeObject {
  const { apiVersion, kind, namespace, name } = toLeaseRef(request);
  // A MicroTime, which wants six digits of a second.
  const now = clock.now().toISOString().replace('Z', '000Z');
  const mine = standing && toHolder(standing) === request.holder;
  return {
    apiVersion,
    kind,
    metadata: standing ? standing.metadata : { name, namespace },
    spec: {
      ...(standing && toSpec(standing)),
      holderIdentity: request.holder,
      leaseDurationSeconds: DURATION,
      ...(!mine && { acquireTime: now }),
      renewTime: now,
    },
  };
}

export function toSpec(lease: KubeObject | undefined): Readonly<Record<string, unknown>> {
  return (lease?.['spec'] ?? {}) as Record<string, unknown>;
}

export function toHolder(lease: KubeObject | 'forbidden' | undefined): string {
  return lease && lease !== 'forbidden' ? String(toSpec(lease)['holderIdentity'] ?? '') : '';
}
