import { ApiError, type Cluster } from '../ports.ts';
import type { KubeObject } from '../release/object.ts';
import { warningsOf } from './diagnosis.ts';
import type { Observer } from './observer.ts';
import { oneLine } from './one-line.ts';
import type { Finding, LogExcerpt } from './outcome.ts';
import { toContainers } from './restarts.ts';
import { toRecord } from './rollout.ts';
import type { Suspicion } from './suspicion.ts';

/** Lines of a container's log that are kept as evidence; enough for a stack trace's head and cause. */
const TAIL_LINES = 20;

/** Logs that were saved while their pods still existed, by the pod's uid and the container. */
export type SavedLogs = Map<string, SavedLog>;

interface SavedLog {
  readonly log: LogExcerpt;
  /** Uid of the pod's Job, which may outlive it. */
  readonly owner: string | undefined;
}

/** Completes a suspicion with log lines and events. Never throws: missing evidence is no failure. */
export async function gatherEvidence(
  suspicion: Suspicion,
  { cluster, observer, saved }: { cluster: Cluster; observer: Observer; saved: SavedLogs },
): Promise<Finding> {
  const { involved, ...finding } = suspicion;
  const { pod, container } = locate(suspicion, observer, saved);
  const logs = pod && container ? await readBothRuns(suspicion, { pod, container }, cluster) : [];
  const kept =
    logs.length > 0
      ? logs
      : [...saved.values()].flatMap(({ log }) => (log.pod === pod ? [log] : []));
  return {
    ...finding,
    ...(pod && { pod }),
    ...(container && { container }),
    logs: kept,
    events: summarize(warningsOf(observer, involved)),
  };
}

/**
 * Saves the log of every container of these pods that has ended: Jobs and hook delete policies
 * remove pods within milliseconds of their end (helm.md §2.9).
 */
export async function saveEndedLogs(
  pods: readonly KubeObject[],
  cluster: Cluster,
  saved: SavedLogs,
): Promise<void> {
  const ended = pods.flatMap((pod) =>
    toContainers(pod)
      .filter(({ terminated }) => terminated)
      .map(({ name }) => ({ pod, container: name })),
  );
  await Promise.all(
    ended.map(async ({ pod, container }) => {
      const id = `${pod.metadata.uid}/${container}`;
      if (saved.has(id)) return;
      const owner = pod.metadata.ownerReferences?.[0]?.uid;
      const run = { pod: pod.metadata.name, container, run: 'current' as const };
      // Taken at once, so that the next round does not ask again meanwhile.
      saved.set(id, { log: { ...run, lines: [] }, owner });
      const lines = await readTail(cluster, pod.metadata.namespace ?? '', run);
      saved.set(id, { log: { ...run, lines }, owner });
    }),
  );
}

/** Where to look for log lines: a failed Job names no pod, so its newest one that ended badly. */
function locate(suspicion: Suspicion, observer: Observer, saved: SavedLogs) {
  if (suspicion.pod || suspicion.object.kind !== 'Job') return suspicion;
  const pods = observer
    .ownedBy('Pod', suspicion.involved[0])
    .toSorted((a, b) => created(b) - created(a));
  for (const pod of pods) {
    const bad = toContainers(pod).find(
      ({ terminated, lastTerminated }) => terminated?.exitCode || lastTerminated,
    );
    if (bad) return { pod: pod.metadata.name, container: bad.name };
  }
  // The Job controller may have deleted them by now.
  const [job] = suspicion.involved;
  return [...saved.values()].findLast(({ owner }) => owner === job)?.log ?? suspicion;
}

async function readBothRuns(
  suspicion: Suspicion,
  where: { pod: string; container: string },
  cluster: Cluster,
): Promise<readonly LogExcerpt[]> {
  const { namespace } = suspicion.object;
  const runs = ['previous', 'current'] as const;
  const logs = await Promise.all(
    runs.map(async (run) => ({
      ...where,
      run,
      lines: await readTail(cluster, namespace, { ...where, run }),
    })),
  );
  // While a container waits for its next start, both are the same run.
  const [before, now] = logs;
  const isSame = before?.lines.join('\n') === now?.lines.join('\n');
  return logs.filter(({ run, lines }) => lines.length > 0 && !(isSame && run === 'current'));
}

/** No lines when the container never ran, its pod is gone, or its logs may not be read. */
async function readTail(
  cluster: Cluster,
  namespace: string,
  { pod, container, run }: Pick<LogExcerpt, 'pod' | 'container' | 'run'>,
): Promise<readonly string[]> {
  const previous = run === 'previous';
  try {
    const text = await cluster.readLogs({
      namespace,
      pod,
      container,
      previous,
      tailLines: TAIL_LINES,
    });
    return text.split('\n').filter((line) => line !== '');
  } catch (error) {
    if (error instanceof ApiError) return [];
    throw error;
  }
}

/** The kubelet writes `web-7c9d_shop(<uid>)`; namespace and uid say nothing new. */
const FULL_NAME = /_[a-z0-9-]+\([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\)/g;

/** `BackOff: Back-off restarting failed container (×4)`, one line for each kind of event. */
function summarize(events: readonly KubeObject[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const event of events) {
    const said = String(event['message'] ?? '').replace(FULL_NAME, '');
    const line = `${event['reason']}: ${oneLine(said)}`;
    const series = Number(event['count'] ?? toRecord(event['series'])['count'] ?? 1);
    counts.set(line, (counts.get(line) ?? 0) + series);
  }
  return [...counts].map(([line, times]) => (times > 1 ? `${line} (×${times})` : line));
}

function created(pod: KubeObject): number {
  return Date.parse(pod.metadata.creationTimestamp ?? '') || 0;
}
