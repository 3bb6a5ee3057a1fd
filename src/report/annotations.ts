import type { Place, Problem } from '../errors.ts';
import { problemsOf } from './parts.ts';
import type { ExecutedTarget, Report, ReportTarget, RunRef } from './report.ts';
import { type Phrase, toPlain } from './story/phrase.ts';
import { type Story, targetName, toStory } from './story/story.ts';
import { clip, plural } from './text.ts';

/** An error on the run's page, and beside the line of a file when there is one. */
export interface Annotation {
  readonly title: string;
  readonly message: string;
  readonly at?: Place | undefined;
}

/** More than three are not read; GitHub itself shows ten of a step. */
const MAX_ANNOTATIONS = 3;

/** The cause, what became of it, and what to do; or the problems that kept the run from starting. */
export function toAnnotations({ targets, run }: Report): readonly Annotation[] {
  const all = targets.flatMap((target) => annotate(target, run));
  if (all.length <= MAX_ANNOTATIONS) return all;
  const shown = all.slice(0, MAX_ANNOTATIONS - 1);
  const more = `${plural(all.length - shown.length, 'more problem')}; the job summary lists them all.`;
  return [...shown, { title: 'And more', message: more }];
}

function annotate(target: ReportTarget, run: RunRef): readonly Annotation[] {
  const problems = problemsOf(target);
  if (problems.length > 0) return problems.map(toAnnotation);
  const isBad = target.type === 'executed' && (target.failure || target.result === 'cancelled');
  return isBad ? annotateFailure(target, toStory(target, run)) : [];
}

function toAnnotation({ code, message, hint, at }: Problem): Annotation {
  return { title: code, message: [message, hint].filter((part) => part !== '').join('\n'), at };
}

function annotateFailure(target: ExecutedTarget, story: Story): readonly Annotation[] {
  const { environment, release } = targetName(target);
  const who = [environment, release].filter((part) => part !== '').join(' ');
  return [
    { title: `${who}: ${toPlain(story.outcome)}`, message: sentences(story.why) || story.glyph },
    { title: 'Now', message: sentences(story.now) },
    { title: 'Next', message: [sentences(story.next), ...story.commands].join('\n') },
  ].filter(({ message }) => message !== '');
}

function sentences(phrases: readonly Phrase[]): string {
  return phrases.map((phrase) => clip(toPlain(phrase))).join('\n');
}
