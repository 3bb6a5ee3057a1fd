import type { Place, Problem } from '../errors.ts';
import { problemsOf, uniqueProblems } from './parts.ts';
import type { Report, ReportTarget, RunRef } from './report.ts';
import { worstFirst } from './story/fate.ts';
import { type Phrase, toPlain } from './story/phrase.ts';
import { type Story, targetName, toStory } from './story/story.ts';
import { cleanText, clip, plural } from './text.ts';

/** What stands on the run's page, and beside the line of a file when there is one. */
export interface Annotation {
  /** A cancel was somebody's wish: no error. */
  readonly level: 'error' | 'warning';
  readonly title: string;
  readonly message: string;
  readonly at?: Place | undefined;
}

/** More than three are not read; GitHub itself shows ten of a step and level. */
const MAX_ERRORS = 3;
const MAX_WARNINGS = 5;

/** One for each release that failed, with cause, state and next step; one beside each faulty line; and the warnings. */
export function toAnnotations({ targets, run, warnings }: Report): readonly Annotation[] {
  const failed = worstFirst(targets).flatMap((target) => annotate(target, run));
  const suspicious = uniqueProblems(warnings).map((one) => toAnnotation(one, 'warning'));
  return [...limit(failed, MAX_ERRORS, 'problem'), ...limit(suspicious, MAX_WARNINGS, 'warning')];
}

function limit(
  all: readonly Annotation[],
  max: number,
  noun: 'problem' | 'warning',
): readonly Annotation[] {
  if (all.length <= max) return all;
  const shown = all.slice(0, max - 1);
  const more = `${plural(all.length - shown.length, `more ${noun}`)}; the job summary lists them all.`;
  const level = noun === 'problem' ? 'error' : 'warning';
  return [...shown, { level, title: 'And more', message: more }];
}

function annotate(target: ReportTarget, run: RunRef): readonly Annotation[] {
  const problems = problemsOf(target);
  const isBad = target.type === 'executed' && (target.failure || target.result === 'cancelled');
  if (problems.length === 0 && !isBad) return [];
  const story = toStory(target, run);
  const level = target.result === 'cancelled' || target.code === 'cancelled' ? 'warning' : 'error';
  const loose = problems.filter(({ at }) => !at).map(tellProblem);
  const message = [...loose, ...(isBad ? tellStory(story) : [])].join('\n\n');
  return [
    ...(message === '' ? [] : [{ level, title: titleOf(target, story), message } as const]),
    ...problems.filter(({ at }) => at).map((problem) => toAnnotation(problem, level)),
  ];
}

function toAnnotation(problem: Problem, level: Annotation['level']): Annotation {
  return { level, title: problem.code, message: tellProblem(problem), at: problem.at };
}

function tellProblem({ message, hint }: Problem): string {
  return cleanText([message, hint].filter((part) => part !== '').join('\n'));
}

function titleOf(target: ReportTarget, story: Story): string {
  const { environment, release } = targetName(target);
  const who = [environment, release].filter((part) => part !== '').join(' ');
  const outcome = toPlain(story.outcome);
  return who === '' ? outcome : `${who}: ${outcome}`;
}

/** Paragraphs, as in the log: why, now, next. */
function tellStory({ why, now, warnings, next, commands }: Story): readonly string[] {
  const labelled = (label: string, phrases: readonly Phrase[]) =>
    phrases.length === 0 ? '' : `${label}: ${sentences(phrases)}`;
  const first = sentences(why);
  const todo = [labelled('Next', next), ...commands].filter((part) => part !== '').join('\n');
  return [first, labelled('Now', [...now, ...warnings]), todo].filter((part) => part !== '');
}

function sentences(phrases: readonly Phrase[]): string {
  return phrases.map((phrase) => clip(toPlain(phrase))).join('\n');
}
