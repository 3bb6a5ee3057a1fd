import type { KubeObject } from '../release/object.ts';

/*
 * When is an object ready? One set of rules for Helm 3 and 4, whose own rules differ (helm.md §0
 * finding 11, §4.1). Kinds without a rule are ready as soon as they are applied.
 */

export interface Readiness {
  readonly state: 'progressing' | 'ready' | 'failed';
  /** A few words: `1 of 3 pods ready`. */
  readonly message: string;
}

/** Judges one live object by its own status; undefined means that it is not there (yet). */
export function judgeReadiness(kind: string, live: KubeObject | undefined): Readiness {
  const rule = RULES[kind];
  if (!rule) return ready('applied');
  if (!live) return progressing('not created yet');
  const spec = toRecord(live['spec']);
  const status = toRecord(live['status']);
  const observed = status['observedGeneration'];
  // The status speaks of an older spec until its controller has seen the new one.
  if (typeof observed === 'number' && observed < (live.metadata.generation ?? 0)) {
    return progressing('not yet seen by its controller');
  }
  return rule(spec, status);
}

type Fields = Readonly<Record<string, unknown>>;

const RULES: Readonly<Record<string, (spec: Fields, status: Fields) => Readiness>> = {
  Deployment(spec, status) {
    if (spec['paused'] === true) return ready('paused');
    const wanted = count(spec['replicas'], 1);
    const updated = count(status['updatedReplicas']);
    const available = count(status['availableReplicas']);
    const old = count(status['replicas']) - updated;
    if (status['observedGeneration'] === undefined) return progressing('no status yet');
    if (updated < wanted) return progressing(`${updated} of ${wanted} pods updated`);
    if (old > 0) return progressing(`${old} old ${old === 1 ? 'pod' : 'pods'} to be replaced`);
    return compare(available, wanted, 'pods ready');
  },
  StatefulSet(spec, status) {
    const wanted = count(spec['replicas'], 1);
    const strategy = toRecord(spec['updateStrategy']);
    if (status['observedGeneration'] === undefined) return progressing('no status yet');
    if (strategy['type'] !== 'OnDelete') {
      const partition = count(toRecord(strategy['rollingUpdate'])['partition']);
      const toUpdate = Math.max(wanted - partition, 0);
      const isUpdated = status['currentRevision'] === status['updateRevision'];
      const updated = isUpdated ? wanted : count(status['updatedReplicas']);
      if (updated < toUpdate) return progressing(`${updated} of ${toUpdate} pods updated`);
    }
    return compare(count(status['readyReplicas']), wanted, 'pods ready');
  },
  DaemonSet(spec, status) {
    const wanted = count(status['desiredNumberScheduled']);
    if (status['observedGeneration'] === undefined) return progressing('no status yet');
    if (toRecord(spec['updateStrategy'])['type'] !== 'OnDelete') {
      const updated = count(status['updatedNumberScheduled']);
      if (updated < wanted) return progressing(`${updated} of ${wanted} pods updated`);
    }
    return compare(count(status['numberAvailable']), wanted, 'pods ready');
  },
  ReplicaSet(spec, status) {
    return compare(count(status['readyReplicas']), count(spec['replicas'], 1), 'pods ready');
  },
  /** A Job of the manifest is done when it has completed: what it prepares, others may wait for. */
  Job(spec, status) {
    if (spec['suspend'] === true) return ready('suspended');
    const failed = findCondition(status, 'Failed');
    if (failed) return { state: 'failed', message: `failed: ${String(failed['reason'] ?? '')}` };
    if (findCondition(status, 'Complete')) return ready('completed');
    return compare(count(status['succeeded']), count(spec['completions'], 1), 'completed');
  },
  Pod(spec, status) {
    const phase = String(status['phase'] ?? 'Pending');
    if (phase === 'Succeeded') return ready('completed');
    // A pod that may restart its containers is never beyond hope.
    if (phase === 'Failed' && spec['restartPolicy'] !== 'Always') {
      return { state: 'failed', message: 'failed' };
    }
    return findCondition(status, 'Ready') ? ready('ready') : progressing(phase.toLowerCase());
  },
  PersistentVolumeClaim(_spec, status) {
    const phase = String(status['phase'] ?? 'Pending');
    return phase === 'Bound' ? ready('bound') : progressing(phase.toLowerCase());
  },
};

/** The condition of that type whose status is True. */
export function findCondition(status: Fields, type: string): Fields | undefined {
  return toConditions(status).find((one) => one['type'] === type && one['status'] === 'True');
}

export function toConditions(status: Fields): readonly Fields[] {
  return Array.isArray(status['conditions']) ? status['conditions'].map(toRecord) : [];
}

export function toRecord(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function compare(have: number, wanted: number, what: string): Readiness {
  const message = `${have} of ${wanted} ${what}`;
  return have >= wanted ? ready(message) : progressing(message);
}

function count(value: unknown, otherwise = 0): number {
  return typeof value === 'number' ? value : otherwise;
}

function ready(message: string): Readiness {
  return { state: 'ready', message };
}

function progressing(message: string): Readiness {
  return { state: 'progressing', message };
}
