import type { Operation, Phase } from '../plan/plan.ts';
import type { ReleaseObject } from '../release/object.ts';
import { ATTEMPT_LABEL, markFailed, markSource, markVerified } from '../release/record.ts';
import { type Execution, explainHelm, recordStep, type StepEnd, toSeconds } from './context.ts';
import { type Observer, startObserver } from './observer.ts';
import type { Failure } from './outcome.ts';
import { readRecord, updateRecord } from './verdict.ts';
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
  const { signal, emit, cluster } = execution;
  const observer = await startObserver(cluster, request.objects, signal);
  const watch = watchRollout({ ...request, observer, signal, emit }, execution);
  return {
    observer,
    upgrade: (operation) => runUpgrade(execution, watch, { operation, deadline: request.deadline }),
    watch: (operation) => runWatch(execution, watch, operation),
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
  void watch.result.then((result) => {
    early = result;
    interrupt.abort();
  });
  return recordStep(execution, operation, async () => {
    const result = await helm.upgrade(
      {
        ...chart,
        labels: { [ATTEMPT_LABEL]: String(operation.revision) },
        // Our own clock ends it first: helm would give each hook the whole of it.
        timeout: toSeconds(deadline - clock.monotonic()) + 5,
        historyMax: operation.historyMax,
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
    return { phase: failure.phase, result: 'failed', detail: failure.cause, failure };
  });
}

const CANCELLED = { phase: 'apply', result: 'cancelled', detail: 'cancelled' } as const;

async function runWatch(
  execution: Execution,
  watch: RolloutWatch,
  operation: Watched,
): Promise<StepEnd> {
  const { cluster, plan } = execution;
  const where = { target: plan.spec.target, revision: operation.revision };
  return recordStep(execution, operation, async () => {
    // Written at once: should this run die now, the next one knows what made the revision.
    const noted =
      operation.type === 'watch' &&
      updateRecord(cluster, where, (secret) => markSource(secret, plan.rendering.source));
    await watch.applied();
    const [result] = await Promise.all([watch.result, noted]);
    if (result.type === 'cancelled') return { ...CANCELLED, phase: 'rollout' };
    if (result.type !== 'ready') {
      const failure = toRolloutFailure(execution, result, 'rollout');
      return { phase: 'rollout', result: 'failed', detail: failure.cause, failure };
    }
    await updateRecord(cluster, where, markVerified);
    const detail = `${result.workloads} of ${result.workloads} workloads ready`;
    return { phase: 'rollout', result: 'done', detail };
  });
}

/** Writes our verdict "failed" into the record of a revision, if helm made one. */
export async function judgeFailed(
  execution: Execution,
  revision: number,
  cause: string,
): Promise<void> {
  const where = { target: execution.plan.spec.target, revision };
  await updateRecord(execution.cluster, where, (secret) => markFailed(secret, cause));
}

/** Why helm ended without success: by the watch, or by itself. */
async function explainFailure(
  execution: Execution,
  watch: RolloutWatch,
  {
    early,
    stderr,
    revision,
  }: { early: RolloutResult | undefined; stderr: string; revision: number },
): Promise<Failure> {
  const { cluster, plan } = execution;
  const record = await readRecord(cluster, plan.spec.target, revision);
  const phase = record ? toPhase(stderr) : 'before-change';
  if (early && early.type !== 'ready' && early.type !== 'cancelled') {
    return { ...toRolloutFailure(execution, early, phase), helmError: stderr.trim() };
  }
  const problem = explainHelm(execution, `Upgrading ${plan.spec.target.release}`, stderr);
  const findings = record ? (await watch.findings()).filter(({ certain }) => certain) : [];
  const cause = findings[0]?.message ?? problem.message;
  const code = findings[0]?.code ?? problem.code;
  return {
    phase,
    code,
    migrated: false,
    cause: oneLine(cause),
    findings,
    helmError: stderr.trim(),
  };
}

function toRolloutFailure(
  { plan }: Execution,
  result: Extract<RolloutResult, { type: 'stopped' | 'timeout' }>,
  phase: Phase,
): Failure {
  const [first] = result.findings;
  const late = `not ready within the timeout of ${Math.round(plan.spec.policy.timeout / 1000)} s`;
  const said = first?.message ?? 'The release is not ready.';
  const isTimeout = result.type === 'timeout';
  return {
    phase,
    code:
      isTimeout && (!first || first.code === 'not-ready')
        ? 'timeout'
        : (first?.code ?? 'not-ready'),
    migrated: false,
    cause: oneLine(isTimeout ? `${late}: ${said}` : said),
    findings: result.findings,
  };
}

/** helm's error text tells which hooks it was running (helm.md §4.2). */
function toPhase(stderr: string): Phase {
  if (/pre-(upgrade|install) hooks? failed|failed pre-(upgrade|install)/i.test(stderr))
    return 'pre-hook';
  if (/post-(upgrade|install) hooks? failed|failed post-(upgrade|install)/i.test(stderr))
    return 'post-hook';
  return 'apply';
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
