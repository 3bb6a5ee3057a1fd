import type { Operation, Phase, Plan } from '../plan/plan.ts';
import type { KubeObject, ReleaseObject } from '../release/object.ts';
import { ATTEMPT_LABEL, isOurs, markFailed, markSource, markVerified } from '../release/record.ts';
import {
  type Ended,
  type Execution,
  explainHelm,
  recordStep,
  type StepEnd,
  toFailure,
  toSeconds,
  toSuperseded,
} from './context.ts';
import { type Observer, startObserver } from './observer.ts';
import type { Failure, Finding } from './outcome.ts';
import { isNewest, readRecord, updateRecord } from './verdict.ts';
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
  const observer = await startObserver(cluster, request.objects, limits);
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
    if (result.type === 'ready') return verify(execution, operation, result.workloads);
    const failure = toRolloutFailure(execution, result, 'rollout');
    return { phase: 'rollout', result: 'failed', detail: failure.cause, failure };
  });
}

/**
 * Written at once: should this run die now, the next one knows what made the revision. False when the
 * revision is not the one that our helm made. A write that the cluster refuses is made up for with the verdict.
 */
async function noteSource({ cluster, plan }: Execution, operation: Watched): Promise<boolean> {
  if (operation.type === 'settle') return true;
  const where = { target: plan.spec.target, revision: operation.revision };
  const mark = (secret: KubeObject) =>
    isOurs(secret) ? markSource(secret, plan.rendering.source) : undefined;
  return updateRecord(cluster, where, mark).catch((error: unknown) => {
    toFailure(error, 'verify');
    return true;
  });
}

/** Our verdict "good". A settled revision may be anybody's; the one of this attempt must be ours. */
async function verify(
  { cluster, plan }: Execution,
  { type, revision }: Watched,
  workloads: number,
): Promise<Ended> {
  const isWritten = await updateRecord(
    cluster,
    { target: plan.spec.target, revision },
    (secret) => {
      if (type === 'settle') return markVerified(secret);
      return isOurs(secret) ? markSource(markVerified(secret), plan.rendering.source) : undefined;
    },
  );
  if (!isWritten) return toSuperseded(revision);
  const detail = `${workloads} of ${workloads} workloads ready`;
  return { phase: 'rollout', result: 'done', detail };
}

/**
 * Writes our verdict "failed" into the record of a revision, if helm made one. A verdict that cannot
 * be written must not keep us from going on: it is only said.
 */
export async function judgeFailed(
  { cluster, plan, emit }: Execution,
  revision: number,
  cause: string,
): Promise<void> {
  const where = { target: plan.spec.target, revision };
  try {
    await updateRecord(cluster, where, (secret) => markFailed(secret, cause));
  } catch (error) {
    const { cause: why } = toFailure(error, 'verify');
    emit({ type: 'note', message: `Revision ${revision} could not be marked failed: ${why}` });
  }
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
  const { plan } = execution;
  const isMade = await hasRecord(execution, revision);
  const phaseOf = (found: readonly Finding[]) =>
    isMade ? toPhase(plan, found, stderr) : 'before-change';
  if (early && early.type !== 'ready' && early.type !== 'cancelled') {
    const failure = toRolloutFailure(execution, early, phaseOf(early.findings));
    return { ...failure, helmError: stderr.trim() };
  }
  const problem = explainHelm(execution, `Upgrading ${plan.spec.target.release}`, stderr);
  const findings = isMade ? (await watch.findings()).filter(({ certain }) => certain) : [];
  const cause = findings[0]?.message ?? problem.message;
  const code = findings[0]?.code ?? problem.code;
  return {
    phase: phaseOf(findings),
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

/**
 * Whether helm came as far as a record, and it is ours: a helm that lost to another one finds that
 * one's. When the cluster does not answer, it is asked again before anything is remedied.
 */
async function hasRecord({ cluster, plan }: Execution, revision: number): Promise<boolean> {
  try {
    const record = await readRecord(cluster, plan.spec.target, revision);
    return record !== undefined && isOurs(record);
  } catch (error) {
    toFailure(error, 'apply');
    return true;
  }
}

/**
 * A hook that we found at fault tells when it ran; otherwise helm's error text tells which hooks it
 * was running (helm.md §4.2), but not when we have interrupted it.
 */
function toPhase({ rendering }: Plan, [first]: readonly Finding[], stderr: string): Phase {
  const failed = rendering.objects.find(
    ({ hook, ref }) => hook && ref.kind === first?.object.kind && ref.name === first.object.name,
  );
  if (failed) {
    return failed.hook?.events.some((event) => event.startsWith('pre-')) ? 'pre-hook' : 'post-hook';
  }
  if (/pre-(upgrade|install) hooks? failed|failed pre-(upgrade|install)/i.test(stderr))
    return 'pre-hook';
  if (/post-(upgrade|install) hooks? failed|failed post-(upgrade|install)/i.test(stderr))
    return 'post-hook';
  return 'apply';
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
