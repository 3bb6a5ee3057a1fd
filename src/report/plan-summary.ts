import type { Change, DroppedValue, FieldChange, Plan, Remediation } from '../plan/plan.ts';
import { findNamedSecrets } from '../secrecy/named-secrets.ts';
import { isSecretField } from '../secrecy/show.ts';
import { orderChanges } from './changes.ts';
import type { PlanSummary } from './report.ts';
import { renderStepTitle } from './step-title.ts';

/** A plan as far as it may be told: without rendering, values and secrets. */
export function toPlanSummary(plan: Plan): PlanSummary {
  const { rendering, base } = plan;
  return {
    chart: { ...rendering.chart, digest: rendering.chartDigest },
    previousChart: base.history.find(({ number }) => number === plan.against)?.chart,
    verdict: plan.verdict,
    reason: plan.reason,
    against: plan.against,
    changes: orderChanges(plan.changes).map(hideSecrets),
    dropped: plan.dropped.map(hideDropped),
    values: plan.values?.map((one) => (one.secret ? { ...one, value: '' } : one)),
    problems: plan.problems,
    lock: plan.lock,
    operations: plan.operations.map(renderStepTitle),
    onFailure: tellRemedy(plan.remedy.rollout),
    notes: rendering.notes,
    digest: plan.digest,
    versions: base.versions,
  };
}

/** The plan hides them already; this is the door, and it is locked again. */
function hideSecrets(change: Change): Change {
  const object = { kind: change.ref.kind, metadata: { name: change.ref.name } };
  const hide = (field: FieldChange) =>
    isSecretField(object, toSegments(field.path)) ? withoutValues(field) : field;
  return { ...change, fields: change.fields.map(hide) };
}

/** Texts only: a number or a switch under such a name is no secret. */
function hideDropped({ path, value }: DroppedValue): DroppedValue {
  const isText = !/^(true|false|null|-?\d[\d.e+-]*)$/i.test(value);
  const isSecret = isText && findNamedSecrets({ [path]: value }).length > 0;
  return { path, value: isSecret ? '' : value };
}

function withoutValues({ path, old, new: now, secret }: FieldChange): FieldChange {
  const told = old === undefined ? 'added' : now === undefined ? 'removed' : 'changed';
  return { path, secret: secret ?? told };
}

/** `metadata.annotations["a.b/c"]` → metadata, annotations, a.b/c. */
function toSegments(path: string): readonly string[] {
  const segments = path.matchAll(/\["?([^"\]]*)"?\]|[^.[]+/g);
  return [...segments].map((match) => match[1] ?? match[0]);
}

function tellRemedy(remedy: Remediation): string {
  switch (remedy.type) {
    case 'rollback':
      return `If the rollout fails, it is rolled back to revision ${remedy.to}.`;
    case 'hold':
      return `If the rollout fails, nothing is rolled back: ${remedy.why}`;
    case 'none':
      return 'If the rollout fails, what there is stays: there is no earlier good revision, and the next deploy goes on from it.';
  }
}
