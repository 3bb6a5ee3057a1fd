import type { Clock, Cluster } from '../ports.ts';
import type { ReleaseObject } from '../release/object.ts';
import { diagnose, warningsOf } from './diagnosis.ts';
import { gatherEvidence, type SavedLogs, saveEndedLogs } from './evidence.ts';
import { judgeLive } from './judge-live.ts';
import { isWatched, type Observer } from './observer.ts';
import type { Event, Finding } from './outcome.ts';
import { type RestartMemory, rememberRestarts } from './restarts.ts';
import { judgeReadiness, type Readiness } from './rollout.ts';
import { isObserved, podsOf } from './scope.ts';
import type { Suspicion } from './suspicion.ts';

export interface WatchRequest {
  /** Manifest and hooks: workloads are waited for, hook Jobs and Pods only diagnosed. */
  readonly objects: readonly ReleaseObject[];
  readonly observer: Observer;
  /** On the monotonic clock. */
  readonly deadline: number;
  /**
   * now: what failed or crashed before is not this operation's fault. start: the revision is judged
   * from its beginning, which an earlier run did not see to its end.
   */
  readonly since: 'now' | 'start';
  readonly signal: AbortSignal;
  readonly emit: (event: Event) => void;
}

/** What one look at everything says. */
export interface Round {
  readonly news: boolean;
  readonly certain: boolean;
  /** `Deployment web: 1 of 3 pods ready`. */
  readonly waiting: readonly string[];
}

/** The memory of one watch: what was said already, what was there before, what logs were saved. */
export function beginRounds(
  request: WatchRequest,
  { cluster, clock }: { cluster: Cluster; clock: Clock },
) {
  const { observer, emit } = request;
  const started = clock.monotonic();
  const watched = request.objects.filter(
    (object) => isWatched(object) && !observer.refused.has(object.ref.kind),
  );
  const workloads = watched.filter(({ hook }) => !hook);
  const hooks = watched.filter(({ hook }) => hook);
  const restarts: RestartMemory = new Map();
  const before = new Set<string | undefined>();
  /** Pods that helm did not make, and the generation of each workload before helm touched it, by uid. */
  const podsBefore = new Set<string | undefined>();
  const generations = new Map<string | undefined, number | undefined>();
  let isApplied = false;
  const said = new Map<string, string>();
  const saved: SavedLogs = new Map();
  if (request.since === 'now') {
    rememberRestarts(restarts, observer.all('Pod'), 'all');
    // A hook's Job of an earlier run stands until helm replaces it; a failed Job of the manifest
    // is replaced by nobody.
    for (const object of watched.filter((one) => stoodBefore(one, observer))) {
      before.add(observer.find(object.ref)?.metadata.uid);
    }
    for (const { metadata } of observer.all('Pod')) podsBefore.add(metadata.uid);
    for (const { ref } of workloads) {
      const live = observer.find(ref)?.metadata;
      if (live) generations.set(live.uid, live.generation);
    }
  }
  const isCurrent = (object: ReleaseObject) =>
    !before.has(observer.find(object.ref)?.metadata.uid ?? '');

  /**
   * Whether helm has not come to a workload yet: what is wrong with its pods is what this operation may
   * be there to correct.
   */
  const isUntouched = ({ ref }: Pick<ReleaseObject, 'ref'>) => {
    const live = observer.find(ref)?.metadata;
    if (isApplied || !live || !generations.has(live.uid)) return false;
    return generations.get(live.uid) === live.generation;
  };
  const isOld = ({ involved }: Suspicion) => involved.some((uid) => podsBefore.has(uid));

  /** Hooks that helm has created by now. */
  const runningHooks = () =>
    hooks.filter((hook) => observer.find(hook.ref) !== undefined && isCurrent(hook));

  function tellProgress({
    object,
    state,
    message,
  }: Readiness & { object: ReleaseObject }): boolean {
    const { kind, namespace, name } = object.ref;
    const id = `${kind}/${namespace}/${name}`;
    // What was ready all along, or is not there yet, is no news.
    if (!said.has(id) && (state === 'ready' || !observer.find(object.ref))) return false;
    return isNew(id, `${state} ${message}`, () =>
      emit({ type: 'progress', object: object.ref, state, message }),
    );
  }
  /** Said again when it becomes certain, not at every restart. */
  function tellFinding(suspicion: Suspicion): boolean {
    const { code, object, container, certain, involved } = suspicion;
    // Every pod is unready for a while; it is news when its probe says so.
    if (code === 'probe-failing' && warningsOf(observer, involved).length === 0) return false;
    const id = `${code} ${object.kind}/${object.name} ${container}`;
    return isNew(id, String(certain), () => {
      void gatherEvidence(suspicion, { cluster, observer, saved }).then((finding) =>
        emit({ type: 'finding', finding }),
      );
    });
  }
  function isNew(id: string, text: string, tell: () => void): boolean {
    if (said.get(id) === text) return false;
    said.set(id, text);
    tell();
    return true;
  }
  function judgeOne(object: ReleaseObject): Readiness {
    return isCurrent(object)
      ? judgeLive(object, observer)
      : { state: 'ready', message: 'ended before this deploy' };
  }
  function suspicions(): readonly Suspicion[] {
    return watched
      .filter((object) => isCurrent(object) && isObserved(observer.find(object.ref)))
      .filter((object) => object.hook || judgeOne(object).state !== 'ready')
      .flatMap((object) => {
        const found = diagnose(object, observer, restarts);
        return isUntouched(object) ? found.filter((suspicion) => !isOld(suspicion)) : found;
      });
  }

  return {
    /** How many objects are waited for. */
    workloads: workloads.length,
    /** helm has ended: from now on everything counts, touched or not. */
    applied() {
      isApplied = true;
    },
    judge(): Round {
      rememberRestarts(restarts, observer.all('Pod'), 'ready');
      const hookPods = hooks.flatMap((hook) => podsOf(hook, observer));
      void saveEndedLogs(hookPods, cluster, saved);
      const judged = [...workloads, ...runningHooks()].map((object) => ({
        object,
        ...judgeOne(object),
      }));
      const found = suspicions();
      const news = [...judged.map(tellProgress), ...found.map(tellFinding)];
      return {
        news: news.includes(true),
        certain: found.some(({ certain }) => certain),
        waiting: judged
          .filter(({ object, state }) => !object.hook && state !== 'ready')
          .map(({ object, message }) => `${object.ref.kind} ${object.ref.name}: ${message}`),
      };
    },
    heartbeat(waiting: readonly string[]) {
      const now = clock.monotonic();
      const left = Math.max(0, request.deadline - now);
      emit({ type: 'heartbeat', elapsed: now - started, left, waiting });
    },
    async findings(): Promise<readonly Finding[]> {
      await observer.refresh().catch(() => {});
      const found = suspicions();
      const explained = new Set(found.map(({ object }) => `${object.kind}/${object.name}`));
      const silent = [...workloads, ...runningHooks()].filter(
        (object) =>
          judgeOne(object).state !== 'ready' &&
          !explained.has(`${object.ref.kind}/${object.ref.name}`),
      );
      const all = [
        ...found,
        ...silent.map((object) =>
          toUnexplained(object, judgeOne(object), observer.find(object.ref)?.metadata.uid),
        ),
      ];
      const certainFirst = all.toSorted((a, b) => Number(b.certain) - Number(a.certain));
      return Promise.all(
        certainFirst.slice(0, 10).map((one) => gatherEvidence(one, { cluster, observer, saved })),
      );
    },
  };
}

/** Whether what we see of it was there before: any hook, and a Job or Pod that had failed. */
function stoodBefore(object: ReleaseObject, observer: Observer): boolean {
  const live = observer.find(object.ref);
  if (!live) return false;
  return object.hook !== undefined || judgeReadiness(object.ref.kind, live).state === 'failed';
}

function toUnexplained(
  object: ReleaseObject,
  { message }: Readiness,
  uid: string | undefined,
): Suspicion {
  return {
    code: 'not-ready',
    object: object.ref,
    reason: 'NotReady',
    message: `${object.ref.kind} ${object.ref.name} is not ready: ${message}.`,
    advice: 'Look at its pods and events, or raise `timeout` when it only needs longer.',
    certain: false,
    involved: [uid],
  };
}
