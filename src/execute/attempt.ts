import type { Operation } from '../plan/plan.ts';
import type { ReleaseObject } from '../release/object.ts';
import { ATTEMPT_LABEL } from '../release/record.ts';
import { readHookInputs } from '../state/hook-inputs.ts';
import type { HookInputs } from '../state/state.ts';
import { findConflict } from './conflicts.ts';
import {
  type Ended,
  type Execution,
  recordStep,
  type StepEnd,
  toSeconds,
  toSuperseded,
} from './context.ts';
import { explainFailure, toRolloutFailure } from './explain-failure.ts';
import { noteSource, verify } from './note.ts';
import { type Observer, startObserver } from './observer.ts';
import type { Failure } from './outcome.ts';
import { isNewest } from './verdict.ts';
import { type RolloutResult, type RolloutWatch, watchRollout } from './watch.ts';

/*
 * One attempt at a revision: helm applies with hook-only waiting while we watch, we go on watching
 * when helm has ended, and then judge. Also used without helm, to judge a revision that an earlier
 * run left unjudged.
 */

type Upgrade = Extract<Operation, { type: 'upgrade' }>;
type Watched = Extract<Operation, { type: 'watch' | 'settle' }>;

export interface Attempt {
  /** helm's part; ends early when the watch is certain of a failure. */
  upgrade(operation: Upgrade): Promise<StepEnd>;
  /** The rest of the rollout, up to our verdict in the record. */
  watch(operation: Watched): Promise<StepEnd>;
  readonly observer: Observer;
  end(): void;
}

export async function beginAttempt(
  execution: Execution,
  request: {
    readonly objects: readonly ReleaseObject[];
    readonly since: 'now' | 'start';
    readonly deadline: number;
  },
): Promise<Attempt> {
  const { signal, emit, cluster, clock } = execution;
  const limits = { signal, clock, deadline: request.deadline };
  const [observer, inputs] = await Promise.all([
    startObserver(cluster, request.objects, limits),
    request.since === 'now' ? readHookInputs(request.objects, cluster) : undefined,
  ]);
  const watch = watchRollout({ ...request, observer, signal, emit }, execution);
  return {
    observer,
    upgrade: (operation) => runUpgrade(execution, watch, { operation, deadline: request.deadline }),
    watch: (operation) => runWatch(execution, { watch, inputs }, operation),
    end() {
      watch.stop();
      observer.stop();
    },
  };
}

async function runUpgrade(
  execution: Execution,
  watch: RolloutWatch,
  { operation, deadline }: { operation: Upgrade; deadline: number },
): Promise<StepEnd> {
  const { chart, helm, clock, emit, signal } = execution;
  const interrupt = new AbortController();
  let early: RolloutResult | undefined;
  watch.result.then(
    (result) => {
      early = result;
      interrupt.abort();
    },
    // Whoever awaits the watch later will hear of it.
    () => {},
  );
  return recordStep(execution, operation, async () => {
    if (signal.aborted) return CANCELLED;
    const conflict = await findConflict(execution, operation);
    if (conflict) return toEnded(conflict);
    const result = await helm.upgrade(
      {
        ...chart,
        labels: { [ATTEMPT_LABEL]: String(operation.revision) },
        // Our own clock ends it first: helm would give each hook the whole of it.
        timeout: toSeconds(deadline - clock.monotonic()) + 5,
        historyMax: operation.historyMax,
        method: operation.method,
        takeOwnership: operation.takeOwnership,
        wait: operation.wait,
        onLine: (line) => emit({ type: 'helm', line }),
      },
      interrupt.signal,
    );
    if (signal.aborted) return CANCELLED;
    if (result.code === 0 && early === undefined) {
      return { phase: 'apply', result: 'done', detail: `revision ${operation.revision}` };
    }
    const failed = { early, stderr: result.stderr, revision: operation.revision };
    const failure = await explainFailure(execution, watch, failed);
    return toEnded(failure);
  });
}

function toEnded(failure: Failure): Ended {
  return { phase: failure.phase, result: 'failed', detail: failure.cause, failure };
}

const CANCELLED = { phase: 'apply', result: 'cancelled', detail: 'cancelled' } as const;

interface Watching {
  readonly watch: RolloutWatch;
  /** What the hooks read from outside of the release before helm began; undefined when it was not our helm. */
  readonly inputs: HookInputs | undefined;
}

async function runWatch(
  execution: Execution,
  { watch, inputs }: Watching,
  operation: Watched,
): Promise<StepEnd> {
  const { cluster, plan } = execution;
  return recordStep(execution, operation, async () => {
    const [isOwn] = await Promise.all([noteSource(execution, operation), watch.applied()]);
    if (!isOwn) return toSuperseded(operation.revision);
    const result = await watch.result;
    if (result.type === 'cancelled') return { ...CANCELLED, phase: 'rollout' };
    // A failure of our own attempt is kept with its evidence; the remediation looks again.
    const isJudged = result.type === 'ready' || operation.type === 'settle';
    if (isJudged && !(await isNewest(cluster, plan.spec.target, operation.revision))) {
      return toSuperseded(operation.revision);
    }
    if (result.type === 'ready') return verify(execution, operation, { ...result, inputs });
    return toEnded(toRolloutFailure(execution, result, 'rollout'));
  });
}
