import type { ExecutedTarget, ToldRevision, ToldStep } from '../report.ts';
import { type Ending, keptSteps } from './ending.ts';
import { link, name, type Phrase, say } from './phrase.ts';

/** What is there now: revision, chart, and whether it runs. */
export function toNow(ending: Ending, target: ExecutedTarget): readonly Phrase[] {
  const { attempted, history, plan } = target;
  const failed = say`Revision ${attempted ?? '?'}`;
  // Another status when the right to change the record is missing.
  const recorded = history.find(({ number }) => number === attempted)?.status ?? 'failed';
  switch (ending) {
    case 'unchanged':
    case 'verified':
    case 'installed':
    case 'deployed':
      return [say`${newest(target)}${readiness(target)}.`, ...addressOf(target)];
    case 'rolled-back':
      return [rollbackState(target), ...addressOf(target)];
    case 'rollback-failed':
      return [
        target.isLost ? lostState(target) : recordedState(target),
        say`Rollback: ${target.remediation?.failure?.cause ?? 'failed'}`,
      ];
    case 'superseded':
      return [say`${newest(target)}. ${target.remediation?.failure?.cause ?? ''}`];
    case 'unknown':
      return [lostState(target, nothingRolledBack(target))];
    case 'held':
      return [say`${failed} is recorded as ${recorded} and stays as it is.${holdReason(target)}`];
    case 'install-kept':
      return [
        say`${failed} is recorded as ${recorded}; everything that it created is still there.`,
      ];
    case 'cancelled':
      return [cancelledState(target)];
    case 'untouched':
    case 'refused':
      return [untouchedState('Nothing was changed', target)];
    case 'prepared':
      return [
        plan.against === undefined
          ? say`No revision was made.`
          : untouchedState('The release was not changed', target),
        say`What was done before stays: ${keptSteps(target).map(tellKept).join('; ')}.`,
      ];
    case 'failed':
      return [recordedState(target)];
  }
}

function recordedState(target: ExecutedTarget): Phrase {
  return say`${newest(target)}, recorded as ${target.history.at(-1)?.status ?? 'unknown'}.`;
}

/** With what stands, when there is something and it could still be read. */
function untouchedState(words: string, target: ExecutedTarget): Phrase {
  return target.plan.against === undefined || target.isLost
    ? say`${words}.`
    : say`${words}: ${newest(target)}.`;
}

/** Nothing is claimed that could not be done or seen any more. */
function lostState({ attempted }: ExecutedTarget, more = ''): Phrase {
  const what = attempted === undefined ? 'the release' : `revision ${attempted}`;
  return say`What became of ${what} is not known: this run could no longer ask the cluster.${more}`;
}

function nothingRolledBack({ remediation }: ExecutedTarget): string {
  return remediation?.chosen.type === 'rollback' ? ' Nothing was rolled back.' : '';
}

function tellKept({ title, result }: ToldStep): string {
  return result === 'done' ? title : `${title} (as far as it came)`;
}

function rollbackState(target: ExecutedTarget): Phrase {
  const { remediation, attempted, history } = target;
  const to = remediation?.chosen.type === 'rollback' ? remediation.chosen.to : undefined;
  const chart = chartOf(history.at(-1));
  return say`Revision ${target.revision ?? '?'} is the rollback to ${to ?? '?'}${chart}${readiness(target)}. Revision ${attempted ?? '?'} is recorded as failed.`;
}

function holdReason({ remediation }: ExecutedTarget): string {
  return remediation?.chosen.type === 'hold' ? ` ${remediation.chosen.why}` : '';
}

function cancelledState(target: ExecutedTarget): Phrase {
  const { attempted, history, isLost } = target;
  if (attempted !== undefined && isLost) return lostState(target);
  const revision = history.find(({ number }) => number === attempted);
  if (attempted === undefined || !revision) return say`No revision was made.`;
  return say`Revision ${attempted} is recorded as ${revision.status}, without a verdict of ours. Nothing was rolled back.`;
}

/** `Revision 4 (web-0.2.0, app 1.2)`. */
function newest({ history, revision }: ExecutedTarget): Phrase {
  return say`Revision ${revision ?? '?'}${chartOf(history.at(-1))}`;
}

function chartOf(revision: ToldRevision | undefined): string {
  if (!revision) return '';
  const app = revision.appVersion === '' ? '' : `, app ${revision.appVersion}`;
  return ` (chart ${revision.chart}${app})`;
}

/** The last watch's own words: `3 of 3 workloads ready`. */
function readiness({ steps, remediation }: ExecutedTarget): string {
  const watches = [...steps, ...(remediation?.steps ?? [])].filter(
    ({ type, result }) => (type === 'watch' || type === 'settle') && result === 'done',
  );
  const detail = watches.at(-1)?.detail;
  return detail ? `: ${detail}` : '';
}

function addressOf({ url }: ExecutedTarget): readonly Phrase[] {
  return url === undefined ? [] : [say`Open ${link(url, url)}`];
}

/** Pods that run on with a configuration that is no longer there. */
export function toWarnings({ stale }: ExecutedTarget): readonly Phrase[] {
  return stale.map(({ config, workload, pods }) => {
    const names = pods.flatMap((pod, i) => [...(i === 0 ? [] : say`, `), name(pod)]);
    return say`${config.kind} ${name(config.name)} changed, but pods of ${workload.kind} ${name(workload.name)} keep what they have read: ${names}.`;
  });
}
