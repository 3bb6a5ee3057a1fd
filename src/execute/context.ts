import type { Problem } from '../errors.ts';
import type { Plan } from '../plan/plan.ts';
import type { ChartRequest, Clock, Cluster, Helm } from '../ports.ts';
import { parseHelmError } from '../release/helm-error.ts';
import type { HeldLease } from './lease.ts';
import type { Event, Step } from './outcome.ts';

/** What every operation of one execution works with. */
export interface Execution {
  readonly plan: Plan;
  readonly chart: ChartRequest;
  readonly lease: HeldLease;
  readonly cluster: Cluster;
  readonly helm: Helm;
  readonly clock: Clock;
  /** Aborts when the run is cancelled. */
  readonly signal: AbortSignal;
  readonly emit: (event: Event) => void;
}

/** Runs one step and tells of its beginning and end; an `undone` step never happened. */
export async function recordStep(
  { clock, emit }: Pick<Execution, 'clock' | 'emit'>,
  operation: Step['operation'],
  run: () => Promise<Pick<Step, 'phase' | 'result' | 'detail'> & { operation?: Step['operation'] }>,
): Promise<Step> {
  emit({ type: 'step-started', operation });
  const started = clock.now().toISOString();
  const begin = clock.monotonic();
  const end = await run();
  const step: Step = { operation, started, duration: clock.monotonic() - begin, ...end };
  emit({ type: 'step-ended', step });
  return step;
}

/** What helm said when it failed, as one problem. */
export function explainHelm({ plan }: Execution, doing: string, stderr: string): Problem {
  const { target, chart } = plan.spec;
  return parseHelmError(stderr, {
    doing,
    release: target.release,
    namespace: target.namespace.name,
    chart: { name: plan.rendering.chart.name, folder: chart.folder },
  });
}

/** helm wants whole seconds, and at least one. */
export function toSeconds(milliseconds: number): number {
  return Math.max(1, Math.ceil(milliseconds / 1000));
}
