import { isSkipped } from '../parts.ts';
import type { ReadyTarget, RefusedTarget, ReportTarget, RunRef, TargetHead } from '../report.ts';
import { plural } from '../text.ts';
import { tellExecuted } from './executed.ts';
import type { Phrase } from './phrase.ts';
import { name, say } from './phrase.ts';
import { tellPlanned } from './planned.ts';

/** What every form tells first: what became of a target, why, what is there now, what to do. */
export interface Story {
  readonly glyph: string;
  /** A few words, for a title. */
  readonly outcome: Phrase;
  readonly why: readonly Phrase[];
  readonly now: readonly Phrase[];
  /** What runs, but not as one would think. */
  readonly warnings: readonly Phrase[];
  readonly notUndone: readonly Phrase[];
  readonly next: readonly Phrase[];
  /** To be run by hand, in order. */
  readonly commands: readonly string[];
}

export function toStory(target: ReportTarget, run: RunRef): Story {
  switch (target.type) {
    case 'refused':
      return tellRefused(target);
    case 'checked':
      return tellChecked();
    case 'ready':
      return tellReady(target);
    case 'planned':
      return tellPlanned(target);
    case 'executed':
      return tellExecuted(target, run);
  }
}

/** `production airbyte/airbyte`, as far as it is known. */
export function targetName({ environment, namespace, release }: TargetHead): {
  readonly environment: string;
  readonly release: string;
} {
  return { environment, release: [namespace, release].filter((part) => part !== '').join('/') };
}

const UNTOUCHED = say`The cluster was not touched.`;
const NOTHING = { why: [], now: [], warnings: [], notUndone: [], next: [], commands: [] };

function tellChecked(): Story {
  const now = [say`Only the files were read.`];
  return { ...NOTHING, glyph: '✅', outcome: say`files checked, nothing rendered`, now };
}

function tellReady({ server, kubernetes, identity, helm, kubectl }: ReadyTarget): Story {
  const as = identity === '' ? say`` : say` as ${name(identity)}`;
  const now = [
    say`helm ${helm} and kubectl ${kubectl} are on PATH.`,
    say`KUBECONFIG leads the later steps of this job to ${name(server)} (Kubernetes ${kubernetes})${as}; the end of the job removes it.`,
  ];
  return { ...NOTHING, glyph: '✅', outcome: say`ready for the next steps`, now };
}

function tellRefused(target: RefusedTarget): Story {
  if (isSkipped(target)) return tellSkipped(target);
  const now = [UNTOUCHED];
  if (target.code === 'locked') {
    return {
      ...NOTHING,
      glyph: '🔒',
      outcome: say`not started: another run holds the release`,
      now,
    };
  }
  if (target.code === 'superseded') {
    const gone = say`What this run had begun is left as it is; the other run decides.`;
    return { ...NOTHING, glyph: '❌', outcome: say`stopped: another run took over`, now: [gone] };
  }
  if (target.code === 'internal-error' || target.code === 'runner-disk') {
    const unsure = say`What was done before that is in the log; \`helm history\` tells what stands.`;
    const whose = target.code === 'internal-error' ? 'an error of Slipway' : "the runner's disk";
    return { ...NOTHING, glyph: '💥', outcome: say`stopped by ${whose}`, now: [unsure] };
  }
  if (target.code === 'cancelled') {
    return { ...NOTHING, glyph: '🚫', outcome: say`cancelled before any change`, now };
  }
  const count = plural(target.problems.length, 'problem');
  return { ...NOTHING, glyph: '⛔', outcome: say`not started: ${count}`, now };
}

/** The release that it needs has a story of its own. */
function tellSkipped({ problems: [problem] }: RefusedTarget): Story {
  return {
    ...NOTHING,
    glyph: '⏭️',
    outcome: say`skipped`,
    why: problem ? [say`${problem.message}`] : [],
    next: problem && problem.hint !== '' ? [say`${problem.hint}`] : [],
  };
}
