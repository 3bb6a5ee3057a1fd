/* Builders of what controllers and kubelets write, for the tests of the watch. */
import type { KubeObject } from '../../src/release/object.ts';

export interface ContainerState {
  readonly name?: string;
  readonly restarts?: number;
  readonly ready?: boolean;
  /** Reason of `state.waiting`. */
  readonly waiting?: string;
  readonly message?: string;
  /** Exit code of `state.terminated`. */
  readonly terminated?: number;
  /** Exit code of the run before. */
  readonly last?: number;
  /** Reason of either end; `Error` when not given. */
  readonly reason?: string;
}

export interface PodOptions {
  readonly name?: string;
  readonly uid?: string;
  /** uid of the ReplicaSet, Job, … */
  readonly owner?: string;
  readonly phase?: string;
  readonly containers?: readonly ContainerState[];
  readonly init?: readonly ContainerState[];
  readonly conditions?: readonly unknown[];
  readonly spec?: unknown;
  readonly labels?: Readonly<Record<string, string>>;
}

export function makePod(options: PodOptions = {}): KubeObject {
  const { name = 'web-1', owner = 'rs-1' } = options;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: 'shop',
      uid: options.uid ?? `uid-${name}`,
      ownerReferences: [{ kind: 'ReplicaSet', name: 'web', uid: owner, controller: true }],
      labels: options.labels ?? {},
    },
    spec: options.spec ?? { restartPolicy: 'Always', containers: [{ name: 'main' }] },
    status: {
      phase: options.phase ?? 'Running',
      conditions: options.conditions ?? [],
      containerStatuses: (options.containers ?? []).map(toStatus),
      initContainerStatuses: (options.init ?? []).map(toStatus),
    },
  };
}

function toStatus(state: ContainerState) {
  const ended = (exitCode: number) => ({
    terminated: { exitCode, reason: state.reason ?? (exitCode === 0 ? 'Completed' : 'Error') },
  });
  const isRunning = state.waiting === undefined && state.terminated === undefined;
  return {
    name: state.name ?? 'main',
    ready: state.ready ?? false,
    restartCount: state.restarts ?? 0,
    state: {
      ...(isRunning && { running: {} }),
      ...(state.waiting !== undefined && {
        waiting: { reason: state.waiting, message: state.message ?? '' },
      }),
      ...(state.terminated !== undefined && ended(state.terminated)),
    },
    lastState: state.last === undefined ? {} : ended(state.last),
  };
}

export interface DeploymentOptions {
  readonly generation?: number;
  readonly observed?: number;
  readonly replicas?: number;
  readonly updated?: number;
  readonly available?: number;
  readonly revision?: string;
}

/** Deployment `web` with uid `deploy-1`; all of its one pod is ready when nothing else is said. */
export function makeDeployment(options: DeploymentOptions = {}): KubeObject {
  const { generation = 1, replicas = 1, revision = '1' } = options;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: 'web',
      namespace: 'shop',
      uid: 'deploy-1',
      generation,
      annotations: { 'deployment.kubernetes.io/revision': revision },
    },
    spec: { replicas },
    status: {
      observedGeneration: options.observed ?? generation,
      replicas,
      updatedReplicas: options.updated ?? replicas,
      availableReplicas: options.available ?? replicas,
    },
  };
}

/** A ReplicaSet of Deployment `web`: `rs-1` is its first revision. */
export function makeReplicaSet(revision = '1', conditions: readonly unknown[] = []): KubeObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `web-${revision}`,
      namespace: 'shop',
      uid: `rs-${revision}`,
      ownerReferences: [{ kind: 'Deployment', name: 'web', uid: 'deploy-1', controller: true }],
      annotations: { 'deployment.kubernetes.io/revision': revision },
    },
    spec: { replicas: 1 },
    status: { conditions },
  };
}

export type JobEnd = 'Complete' | 'Failed' | undefined;

export function makeJob(name: string, end?: JobEnd, uid = `uid-${name}`): KubeObject {
  const more = end === 'Failed' ? { reason: 'BackoffLimitExceeded', message: 'It failed.' } : {};
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, namespace: 'shop', uid },
    spec: {},
    status: end ? { conditions: [{ type: end, status: 'True', ...more }] } : {},
  };
}

export function makeWarning(uid: string, reason: string, message: string, count = 1): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: `${uid}.${reason}`, namespace: 'shop' },
    involvedObject: { uid },
    type: 'Warning',
    reason,
    message,
    count,
    lastTimestamp: '2026-01-01T00:00:00Z',
  };
}

export const WEB = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec: { replicas: 1 }
`;

export const MIGRATE = `apiVersion: batch/v1
kind: Job
metadata:
  name: migrate
  annotations: { helm.sh/hook: "pre-install,pre-upgrade" }
`;
