import { planOf } from '../parts.ts';
import type { ReportTarget, RunRef } from '../report.ts';
import { inline, link } from './inline.ts';
import { repositoryUrl } from './sheet.ts';

/** Run, person, commit and versions: where all of this comes from. */
export function renderFooter(run: RunRef, targets: readonly ReportTarget[]): string {
  const attempt = run.attempt === '1' ? '' : `, attempt ${inline(run.attempt)}`;
  const parts = [
    `${link(`run ${run.id}`, run.url)}${attempt}`,
    run.actor && `by ${inline(run.actor)}`,
    renderCommit(run),
    ...toVersions(targets),
    run.started && `${inline(toMinute(run.started))}`,
  ];
  return `<sub>${parts.filter((part) => part !== '').join(' · ')}</sub>`;
}

/** Several releases share helm and the cluster, but not the chart. */
function toVersions(targets: readonly ReportTarget[]): readonly string[] {
  const plan = targets.map(planOf).find((one) => one);
  if (!plan) return [];
  const { chart, versions } = plan;
  return [
    targets.length === 1 && chart.name ? `chart ${inline(`${chart.name}-${chart.version}`)}` : '',
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
