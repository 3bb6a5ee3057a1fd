import { ApiError, type Clock, type Cluster } from '../ports.ts';
import type { KubeObject, ReleaseObject } from '../release/object.ts';
import { diagnose, type Suspicion, warningsOf } from './diagnosis.ts';
import { gatherEvidence, type SavedLogs, saveEndedLogs } from './evidence.ts';
import { isWatched, type Observer } from './observer.ts';
import type { Event, Finding } from './outcome.ts';
import { type RestartMemory, rememberRestarts } from './restarts.ts';
import { judgeReadiness, type Readiness } from './rollout.ts';
import { isObserved, podsOf } from './scope.ts';

/*
 * The watch beside helm and after it: one line for every change of state, every finding as soon as
 * it exists, and a verdict. It never changes anything.
 */

export type RolloutResult =
  | { readonly type: 'ready'; readonly workloads: number }
  | { readonly type: 'stopped' | 'timeout'; readonly findings: readonly Finding[] }
  | { readonly type: 'cancelled' };

export interface RolloutWatch {
  /** Until `applied` is called only a failure, the deadline or a cancel can end it. */
  readonly result: Promise<RolloutResult>;
  /** helm has ended: from now on "all ready" counts, judged on nothing older than this call. */
  applied(): Promise<void>;
  /** What is wrong now, with evidence; for a failure that helm reported and the watch did not. */
  findings(): Promise<readonly Finding[]>;
  /** Ends the watch; its result is `cancelled` unless it has one. */
  stop(): void;
}

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

/** Milliseconds between signs of life while nothing changes. */
const HEARTBEAT = 15_000;
/** Milliseconds in which changes are gathered before they are judged together. */
const GATHER = 20;
/** Milliseconds before a cluster that did not answer is asked again. */
const READ_AGAIN = 2_000;

export function watchRollout(
  request: WatchRequest,
  ports: { readonly cluster: Cluster; readonly clock: Clock },
): RolloutWatch {
  const { observer, clock, stopped, ...state } = begin(request, ports);
  let isApplied = false;
  let wake = new AbortController();

  async function run(): Promise<RolloutResult> {
    let beat = clock.monotonic() + HEARTBEAT;
    // Whoever begins a watch first tells what it is for.
    await clock.sleep(GATHER);
    for (;;) {
      const round = state.judge();
      if (round.news) beat = clock.monotonic() + HEARTBEAT;
      const ended = await conclude(round);
      if (ended) return ended;
      if (clock.monotonic() >= beat) {
        state.heartbeat(round.waiting);
        beat = clock.monotonic() + HEARTBEAT;
      }
      await nextRound(Math.min(beat, request.deadline) - clock.monotonic());
    }
  }

  async function conclude({ certain, waiting }: Round): Promise<RolloutResult | undefined> {
    if (stopped.signal.aborted || request.signal.aborted) return { type: 'cancelled' };
    if (certain) return { type: 'stopped', findings: await state.findings() };
    if (isApplied && waiting.length === 0)
      return { type: 'ready', workloads: state.workloads.length };
    if (clock.monotonic() < request.deadline) return undefined;
    return { type: 'timeout', findings: await state.findings() };
  }

  async function nextRound(milliseconds: number): Promise<void> {
    wake = new AbortController();
    const ended = AbortSignal.any([stopped.signal, request.signal, wake.signal]);
    const awake = new AbortController();
    const either = AbortSignal.any([ended, awake.signal]);
    await Promise.race([observer.changed(either), clock.sleep(milliseconds, either)]);
    awake.abort();
    if (!ended.aborted) await clock.sleep(GATHER, ended);
  }

  /** A cluster that is away for a moment is no verdict; the deadline says how long a moment is. */
  async function readAnew(): Promise<void> {
    while (!request.signal.aborted && !stopped.signal.aborted) {
      try {
        return await observer.refresh();
      } catch (error) {
        if (!isPassing(error) || clock.monotonic() >= request.deadline) throw error;
      }
      await clock.sleep(READ_AGAIN, request.signal);
    }
  }

  const result = run();
  // Whoever began the watch may be busy with helm when it breaks; it is awaited later.
  result.catch(() => {});
  return {
    result,
    async applied() {
      await readAnew();
      isApplied = true;
      wake.abort();
    },
    findings: state.findings,
    stop: () => stopped.abort(),
  };
}

function isPassing(error: unknown): boolean {
  return (
    error instanceof ApiError && (error.status === 0 || error.status === 429 || error.status >= 500)
  );
}

interface Round {
  readonly news: boolean;
  readonly certain: boolean;
  /** `Deployment web: 1 of 3 pods ready`. */
  readonly waiting: readonly string[];
}

/** The memory of one watch: what was said already, what was there before, what logs were saved. */
function begin(request: WatchRequest, { cluster, clock }: { cluster: Cluster; clock: Clock }) {
  const { observer, emit } = request;
  const started = clock.monotonic();
  const watched = request.objects.filter(
    (object) => isWatched(object) && !observer.refused.has(object.ref.kind),
  );
  const workloads = watched.filter(({ hook }) => !hook);
  const hooks = watched.filter(({ hook }) => hook);
  const restarts: RestartMemory = new Map();
  const before = new Set<string | undefined>();
  const said = new Map<string, string>();
  const saved: SavedLogs = new Map();
  if (request.since === 'now') {
    rememberRestarts(restarts, observer.all('Pod'), 'all');
    // A hook's Job of an earlier run stands until helm replaces it; a failed Job of the manifest
    // is replaced by nobody.
    for (const object of watched.filter((one) => stoodBefore(one, observer))) {
      before.add(observer.find(object.ref)?.metadata.uid);
    }
  }
  const isCurrent = (object: ReleaseObject) =>
    !before.has(observer.find(object.ref)?.metadata.uid ?? '');

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
      .flatMap((object) => diagnose(object, observer, restarts));
  }

  return {
    observer,
    clock,
    workloads,
    stopped: new AbortController(),
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

/** A claim that waits for its first pod (WaitForFirstConsumer) is as ready as it can be. */
function judgeLive(object: ReleaseObject, observer: Observer): Readiness {
  const live = observer.find(object.ref);
  const readiness = judgeReadiness(object.ref.kind, live);
  if (object.ref.kind !== 'PersistentVolumeClaim' || readiness.state === 'ready' || !live) {
    return readiness;
  }
  const used = observer.all('Pod').some((pod) => mounts(pod, object.ref.name));
  const troubled = warningsOf(observer, [live.metadata.uid]).length > 0;
  return used || troubled ? readiness : { state: 'ready', message: 'waits for its first pod' };
}

function mounts(pod: KubeObject, claim: string): boolean {
  const volumes = (
    pod['spec'] as { volumes?: { persistentVolumeClaim?: { claimName?: string } }[] }
  )?.volumes;
  return (volumes ?? []).some((volume) => volume.persistentVolumeClaim?.claimName === claim);
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
