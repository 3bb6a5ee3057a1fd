import { ApiError, type Clock, type Cluster } from '../ports.ts';
import type { Finding } from './outcome.ts';
import { beginRounds, type Round, type WatchRequest } from './rounds.ts';

/*
 * The watch beside helm and after it: one line for every change of state, every finding as soon as
 * it exists, and a verdict. It never changes anything.
 */

export type RolloutResult =
  | { readonly type: 'ready'; readonly workloads: number }
  | { readonly type: 'stopped' | 'timeout'; readonly findings: readonly Finding[] }
  | { readonly type: 'cancelled' };

/** A few words for a step that found everything ready; a chart may have nothing that takes time. */
export function tellReady(workloads: number): string {
  return workloads === 0 ? 'nothing to wait for' : `${workloads} of ${workloads} workloads ready`;
}

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
  const { clock } = ports;
  const { observer } = request;
  const rounds = beginRounds(request, ports);
  const stopped = new AbortController();
  let isApplied = false;
  let wake = new AbortController();

  async function run(): Promise<RolloutResult> {
    let beat = clock.monotonic() + HEARTBEAT;
    // Whoever begins a watch first tells what it is for.
    await clock.sleep(GATHER);
    for (;;) {
      const round = rounds.judge();
      if (round.news) beat = clock.monotonic() + HEARTBEAT;
      const ended = await conclude(round);
      if (ended) return ended;
      if (clock.monotonic() >= beat) {
        rounds.heartbeat(round.waiting);
        beat = clock.monotonic() + HEARTBEAT;
      }
      await nextRound(Math.min(beat, request.deadline) - clock.monotonic());
    }
  }

  async function conclude({ certain, waiting }: Round): Promise<RolloutResult | undefined> {
    if (stopped.signal.aborted || request.signal.aborted) return { type: 'cancelled' };
    if (certain) return { type: 'stopped', findings: await rounds.findings() };
    if (isApplied && waiting.length === 0) return { type: 'ready', workloads: rounds.workloads };
    if (clock.monotonic() < request.deadline) return undefined;
    return { type: 'timeout', findings: await rounds.findings() };
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
      rounds.applied();
      wake.abort();
    },
    findings: rounds.findings,
    stop: () => stopped.abort(),
  };
}

function isPassing(error: unknown): boolean {
  return (
    error instanceof ApiError && (error.status === 0 || error.status === 429 || error.status >= 500)
  );
}
