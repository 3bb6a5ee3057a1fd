import type { Finding } from '../execute/outcome.ts';
import { countChanges } from './changes.ts';
import { isSkipped, planOf } from './parts.ts';
import type { Report, ReportTarget } from './report.ts';
import { clip } from './text.ts';

/** Of several releases the worst outcome is the job's; later in this list is worse. */
const SEVERITY: readonly ReportTarget['result'][] = [
  'ready',
  'unchanged',
  'planned',
  'uninstalled',
  'deployed',
  'cancelled',
  'refused',
  'rolled-back',
  'held',
  'failed',
];

/** An output of a job may have 1 MB in all; a result is for alerts, not for reading. */
const MAX_FINDINGS = 5;
const MAX_MESSAGE = 300;

/** The outputs of the action by name. */
export function toOutputs(report: Report): Readonly<Record<string, string>> {
  const worst = report.targets.toSorted((a, b) => severity(b) - severity(a))[0];
  const only = report.targets.length === 1 ? report.targets[0] : undefined;
  return {
    outcome: worst?.result ?? 'refused',
    'reason-code': worst?.code ?? '',
    changed: String(report.targets.some(isChanged)),
    revision: revisionOf(only),
    kubeconfig: only?.type === 'ready' ? only.kubeconfig : '',
    url: only?.type === 'executed' ? (only.url ?? '') : '',
    result: JSON.stringify(toResult(report)),
  };
}

/** Whether the cluster was changed; for a plan, whether a deploy would change it. */
function isChanged(target: ReportTarget): boolean {
  if (target.type === 'planned') {
    const { changes, operations } = target.plan;
    return changes.length > 0 || operations.length > 0;
  }
  if (target.type !== 'executed') return false;
  const steps = [...target.steps, ...(target.remediation?.steps ?? [])];
  return steps.some(
    ({ type }) =>
      type === 'upgrade' ||
      type === 'rollback' ||
      type === 'create-missing' ||
      type === 'create-crds' ||
      type === 'apply-crds',
  );
}

/** The newest revision after a deploy; the one that a plan was compared with. */
function revisionOf(target: ReportTarget | undefined): string {
  if (target === undefined) return '';
  const revision = target.type === 'executed' ? target.revision : planOf(target)?.against;
  return revision === undefined ? '' : String(revision);
}

/** The `result` output. Fields are only added while `schema` stays 1. */
function toResult({ command, run, targets }: Report): object {
  return { schema: 1, command, run: run.url, targets: targets.map(toTargetResult) };
}

function toTargetResult(target: ReportTarget): object {
  const { environment, release, namespace, result, code } = target;
  const findings = target.type === 'executed' ? (target.failure?.findings ?? []) : [];
  return {
    target: { environment, release, namespace },
    outcome: result,
    'reason-code': code,
    revision: Number(revisionOf(target)) || null,
    changes: countChanges(planOf(target)?.changes ?? []),
    findings: findings.slice(0, MAX_FINDINGS).map(toShortFinding),
  };
}

function toShortFinding({ code, object, reason, message }: Finding): object {
  const name = `${object.kind} ${object.name}`;
  return { code, object: name, reason, message: clip(message, MAX_MESSAGE) };
}

/** A skipped release is never the cause of anything. */
function severity(target: ReportTarget): number {
  return SEVERITY.indexOf(isSkipped(target) ? 'deployed' : target.result);
}
