import type { ExecutedTarget, RunRef } from '../report.ts';
import type { Ending } from './ending.ts';
import { link, name, type Phrase, say } from './phrase.ts';

interface Next {
  readonly next: readonly Phrase[];
  readonly commands: readonly string[];
}

/** Workloads that `kubectl rollout restart` knows. */
const RESTARTABLE = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);

/** What to do now: first what the finding advises, then how to go on, then what to type. */
export function toNext(ending: Ending, target: ExecutedTarget, run: RunRef): Next {
  const advice = target.failure?.findings[0]?.advice ?? target.failure?.hint;
  const first = advice ? [say`${advice}`] : [];
  const again = say`Fix the cause and deploy again, or ${link('run this job again', run.url)} if it lay outside the change.`;
  const goOn = say`Deploy again: it goes on from whatever this run left.`;
  switch (ending) {
    case 'unchanged':
    case 'verified':
    case 'installed':
    case 'deployed':
      return restartStale(target);
    case 'rollback-failed':
      return {
        next: [...first, say`Bring the release back by hand, then deploy again.`],
        commands: target.remediation?.failure?.commands ?? [],
      };
    case 'superseded':
      return {
        next: [say`See what the newer deploy did before you start this one again.`],
        commands: [],
      };
    case 'held':
      return { next: [...first, again, say`To go back instead:`], commands: [rollback(target)] };
    case 'install-kept':
      return { next: [...first, keptNext(target)], commands: [] };
    case 'unknown':
      return { next: [...first, goOn], commands: [] };
    case 'cancelled':
      return { next: [goOn], commands: [] };
    default:
      return { next: [...first, again], commands: [] };
  }
}

function rollback({ release, namespace, plan }: ExecutedTarget): string {
  return `helm rollback ${release} ${plan.against ?? ''} --namespace ${namespace}`;
}

function keptNext({ release, namespace }: ExecutedTarget): Phrase {
  const uninstall = name(`helm uninstall ${release} --namespace ${namespace}`);
  return say`Fix the cause and deploy again: it goes on from what is there. To start from nothing instead, run ${uninstall}.`;
}

function restartStale({ stale, namespace }: ExecutedTarget): Next {
  const workloads = new Map(
    stale.map(({ workload }) => [`${workload.kind}/${workload.name}`, workload]),
  );
  const restartable = [...workloads.values()].filter(({ kind }) => RESTARTABLE.has(kind));
  if (restartable.length === 0) return { next: [], commands: [] };
  const commands = restartable.map(
    (workload) =>
      `kubectl rollout restart ${workload.kind.toLowerCase()}/${workload.name} --namespace ${workload.namespace || namespace}`,
  );
  return { next: [say`Restart what should read the new configuration:`], commands };
}
