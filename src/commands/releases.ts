import type { Problem } from '../errors.ts';
import type { ReleaseSpec } from '../release/spec.ts';
import { toRefusedTarget } from '../report/build.ts';
import type { Command, ReportTarget } from '../report/report.ts';

export interface Releases {
  readonly command: Command;
  /** In `needs` order. */
  readonly specs: readonly ReleaseSpec[];
  /** Aborts when the run is cancelled. */
  readonly signal: AbortSignal;
}

/**
 * Works on one release after the other. What cannot be done for one is told in its place and does not
 * stop the others, except in a deploy those that need it.
 */
export async function workThrough(
  { command, specs, signal }: Releases,
  work: (spec: ReleaseSpec) => Promise<ReportTarget>,
): Promise<readonly ReportTarget[]> {
  const targets: ReportTarget[] = [];
  for (const spec of specs) {
    const hindrance = signal.aborted
      ? CANCELLED
      : command === 'deploy' && findMissing(spec, targets);
    targets.push(hindrance ? toRefusedTarget(toName(spec), [hindrance]) : await work(spec));
  }
  return targets;
}

const CANCELLED: Problem = {
  code: 'cancelled',
  message: 'The run was cancelled before it came to this release.',
  hint: 'Start the run again.',
};

/** The need that was not met, as a problem. */
function findMissing({ target, needs }: ReleaseSpec, done: readonly ReportTarget[]) {
  const missing = done.find(({ release, result }) => needs.includes(release) && !GOOD.has(result));
  if (!missing) return undefined;
  return {
    code: 'needs-failed',
    message: `${target.release} was not deployed, because it needs ${missing.release}, which was ${missing.code === 'needs-failed' ? 'skipped' : `not deployed (${missing.code})`}.`,
    hint: `Correct ${missing.release} first; the next run goes on with both.`,
  };
}

const GOOD: ReadonlySet<ReportTarget['result']> = new Set(['deployed', 'unchanged']);

/** As a report names it. */
export function toName({ target }: Pick<ReleaseSpec, 'target'>) {
  const { environment, release, namespace } = target;
  return { environment, release, namespace: namespace.name };
}
