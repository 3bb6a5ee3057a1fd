import type { Phase, Plan } from '../plan/plan.ts';
import { isOurs } from '../release/record.ts';
import { type Execution, explainHelm, toFailure } from './context.ts';
import { oneLine } from './one-line.ts';
import type { Failure, Finding } from './outcome.ts';
import { readRecord } from './verdict.ts';
import type { RolloutResult, RolloutWatch } from './watch.ts';

/** Why helm ended without success: by the watch, or by itself. */
export async function explainFailure(
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
    ...(findings.length === 0 && { hint: problem.hint }),
    findings,
    helmError: stderr.trim(),
  };
}

/** Why a rollout did not become ready. */
export function toRolloutFailure(
  { plan }: Execution,
  result: Extract<RolloutResult, { type: 'stopped' | 'timeout' }>,
  phase: Phase,
): Failure {
  const [first] = result.findings;
  const late = `not ready within the timeout of ${Math.round(plan.spec.policy.timeout / 1000)} s`;
  const said = first?.message ?? tellSilence(plan);
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

/** helm also waits for what has no rule of ours, such as the address of a LoadBalancer Service. */
function tellSilence({ spec }: Plan): string {
  return spec.policy.wait === 'helm'
    ? 'helm itself still waits (`wait: helm`), and all that Slipway watches is ready; look at the objects of other kinds, such as a Service of type LoadBalancer.'
    : 'The release is not ready.';
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
