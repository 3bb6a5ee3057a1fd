import { DeployErrors } from '../errors.ts';
import { execute } from '../execute/execute.ts';
import type { Outcome } from '../execute/outcome.ts';
import type { Plan } from '../plan/plan.ts';
import type { ReleaseSpec } from '../release/spec.ts';
import { readState } from '../state/read-state.ts';
import { type Ports, plan } from './plan.ts';

/**
 * Plans, tells the plan, and walks it when there is something to do.
 * @throws DeployError, DeployErrors for everything that stops a run before the cluster is touched
 */
export async function deploy(
  spec: ReleaseSpec,
  ports: Ports,
  run: {
    /** Identifies this run to others: link to the run, attempt and a random id. */
    readonly holder: string;
    readonly tellPlan: (plan: Plan) => void;
  },
): Promise<Outcome> {
  const first = await plan(spec, ports, { trust: 'trusted' });
  run.tellPlan(first.plan);
  refuseProblems(first.plan);
  if (first.plan.operations.length === 0) return toUnchanged(first.plan);
  return execute(first.plan, {
    ...ports,
    holder: run.holder,
    chart: first.chart.request,
    readState: () => readState(spec.target, ports),
    async replan() {
      const again = await plan(first.plan.spec, ports, { trust: 'trusted', chart: first.chart });
      run.tellPlan(again.plan);
      refuseProblems(again.plan);
      return again.plan;
    },
  });
}

/** Unlike a plan, a deploy is not for a release that another run is at work on. */
function refuseProblems({ problems, lock }: Plan): void {
  const all = lock ? [lock, ...problems] : problems;
  if (all.length > 0) throw new DeployErrors(all);
}

function toUnchanged(unchanged: Plan): Outcome {
  return {
    plan: unchanged,
    steps: [],
    after: unchanged.base,
    stale: [],
    notes: [],
    result: 'unchanged',
    code: 'unchanged',
  };
}
