import type { PlanSummary, RunRef } from '../report.ts';
import { inline, link } from './inline.ts';
import { repositoryUrl } from './sheet.ts';

/** Run, person, commit and versions: where all of this comes from. */
export function renderFooter(run: RunRef, plan: PlanSummary | undefined): string {
  const attempt = run.attempt === '1' ? '' : `, attempt ${inline(run.attempt)}`;
  const parts = [
    `${link(`run ${run.id}`, run.url)}${attempt}`,
    run.actor && `by ${inline(run.actor)}`,
    renderCommit(run),
    ...(plan ? toParts(plan) : []),
    run.started && `${inline(toMinute(run.started))}`,
  ];
  return `<sub>${parts.filter((part) => part !== '').join(' · ')}</sub>`;
}

function toParts({ chart, versions }: PlanSummary): readonly string[] {
  return [
    chart.name && `chart ${inline(`${chart.name}-${chart.version}`)}`,
    versions.helm && `helm ${inline(versions.helm)}`,
    versions.server && `Kubernetes ${inline(versions.server)}`,
  ];
}

function renderCommit(run: RunRef): string {
  if (run.sha === '') return '';
  const short = run.sha.slice(0, 7);
  const repository = repositoryUrl(run);
  return repository
    ? `commit ${link(short, `${repository}/commit/${run.sha}`)}`
    : `commit ${inline(short)}`;
}

function toMinute(started: string): string {
  return started.replace('T', ' ').replace(/:\d\d(\.\d+)?Z$/, ' UTC');
}
