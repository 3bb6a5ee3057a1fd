import type { Problem } from '../errors.ts';
import type { Outcome, Step } from '../execute/outcome.ts';
import type { Plan } from '../plan/plan.ts';
import type { ReleaseSpec } from '../release/spec.ts';
import { toPlanSummary } from './plan-summary.ts';
import type {
  CheckedTarget,
  ExecutedTarget,
  PlannedTarget,
  ReadyTarget,
  RefusedTarget,
  TargetHead,
  ToldRevision,
  ToldStep,
} from './report.ts';
import { renderStepTitle } from './step-title.ts';
import { findUrl } from './url.ts';

/** Revisions told after a deploy: the failed one, what rollback made of it, and where it came from. */
const TOLD_REVISIONS = 5;

/** What is told of a release whose files were read, and nothing else. */
export function toCheckedTarget(target: ReleaseSpec['target']): CheckedTarget {
  return { ...head(target, 'planned', 'checked'), type: 'checked' };
}

/** What `command: setup` tells. */
export function toReadyTarget(
  told: Omit<ReadyTarget, 'type' | 'release' | 'namespace' | 'result' | 'code'>,
): ReadyTarget {
  return { ...told, type: 'ready', release: '', namespace: '', result: 'ready', code: 'ready' };
}

/** What `command: plan` tells. A plan with problems is refused: deploy would stop there, too. */
export function toPlannedTarget(plan: Plan): PlannedTarget {
  const { target } = plan.spec;
  const [problem] = plan.problems;
  if (problem) {
    return { ...head(target, 'refused', problem.code), type: 'planned', plan: toPlanSummary(plan) };
  }
  // While another run is at work nothing is known to be unchanged.
  const isUnchanged = plan.operations.length === 0 && plan.changes.length === 0 && !plan.lock;
  const result = isUnchanged ? 'unchanged' : 'planned';
  return { ...head(target, result, plan.verdict), type: 'planned', plan: toPlanSummary(plan) };
}

/** What `command: deploy` tells of everything that came as far as a plan. */
export function toExecutedTarget(outcome: Outcome): ExecutedTarget {
  const { plan, remediation, after } = outcome;
  const attempted = attemptedRevision(plan, outcome.steps);
  const history = after?.history ?? [];
  return {
    ...head(plan.spec.target, outcome.result, outcome.code),
    type: 'executed',
    plan: toPlanSummary(plan),
    steps: outcome.steps.map(toToldStep),
    failure: outcome.failure,
    remediation: remediation && { ...remediation, steps: remediation.steps.map(toToldStep) },
    revision: history.at(-1)?.number ?? madeRevision(outcome, attempted),
    attempted,
    isLost: after ? undefined : true,
    history: history.slice(-TOLD_REVISIONS).map(toToldRevision),
    stale: outcome.stale,
    url: isHealthy(outcome) ? findUrl(plan.rendering.objects) : undefined,
    notes: outcome.notes,
  };
}

/** What is told when there is no plan: bad input, no access, a lock; or a name alone, as far as known. */
export function toRefusedTarget(
  target: Pick<TargetHead, 'environment' | 'release' | 'namespace'>,
  problems: readonly Problem[],
): RefusedTarget {
  const code = problems[0]?.code ?? 'internal-error';
  const result = code === 'cancelled' ? 'cancelled' : 'refused';
  return { ...target, type: 'refused', result, code, problems };
}

function head(
  target: ReleaseSpec['target'],
  result: TargetHead['result'],
  code: string,
): TargetHead {
  const { environment, release, namespace } = target;
  return { environment, release, namespace: namespace.name, result, code };
}

function toToldStep(step: Step): ToldStep {
  const { operation, phase, result, started, duration, detail } = step;
  const title = renderStepTitle(operation);
  return { type: operation.type, title, phase, result, started, duration, detail };
}

function toToldRevision(revision: ToldRevision): ToldRevision {
  const { number, status, description, verdict, chart, appVersion } = revision;
  return { number, status, description, verdict, chart, appVersion };
}

/** The newest one as far as this run knows by itself, when the cluster could not be asked any more. */
function madeRevision(
  { result, remediation }: Outcome,
  attempted: number | undefined,
): number | undefined {
  if (result === 'deployed') return attempted;
  if (result !== 'rolled-back') return undefined;
  const made = remediation?.steps.map(({ operation }) => operation);
  return made?.find((operation) => operation.type === 'rollback')?.revision;
}

/** Planned is not enough: a run that stopped before it reached helm attempted nothing. */
function attemptedRevision(plan: Plan, steps: readonly Step[]): number | undefined {
  const reached = steps.map(({ operation }) => operation);
  const attempts = reached.filter(
    (o) => o.type === 'upgrade' || o.type === 'watch' || o.type === 'settle',
  );
  return attempts.at(-1)?.revision ?? (plan.operations.length === 0 ? plan.against : undefined);
}

function isHealthy({ result }: Outcome): boolean {
  return result === 'deployed' || result === 'unchanged' || result === 'rolled-back';
}
