import type { Problem } from '../errors.ts';
import type { EffectiveValue } from '../plan/plan.ts';
import { line, quote } from './log.ts';
import { planOf, problemsOf, uniqueProblems } from './parts.ts';
import type { Report, ReportTarget } from './report.ts';
import { targetName } from './story/story.ts';
import { clip, plural } from './text.ts';

/** What opens on a click in the log: too long for the story, and told nowhere else in full. */
export interface LogGroup {
  readonly title: string;
  readonly lines: readonly string[];
}

/** helm puts whole manifests into some messages; what is wrong stands at one of their ends. */
const MAX_LINES = 1000;
const MAX_TITLE = 150;

/** The values that were asked for, and all that others said about what went wrong. */
export function toLogGroups({ targets, warnings }: Report): readonly LogGroup[] {
  const problems = uniqueProblems([...warnings, ...targets.flatMap(problemsOf)]);
  return [
    ...targets.flatMap(toValuesGroup),
    ...problems.flatMap(toSaidGroup),
    ...targets.flatMap(toHelmGroup),
  ];
}

function toValuesGroup(target: ReportTarget): readonly LogGroup[] {
  const values = planOf(target)?.values ?? [];
  if (values.length === 0) return [];
  const title = line(`Values of ${targetName(target).release}: ${values.length}`);
  return [{ title, lines: values.map(tellValue) }];
}

function tellValue({ path, value, from, secret }: EffectiveValue): string {
  return line(`  ${path}: ${secret ? '(secret)' : value}  (${from})`);
}

function toSaidGroup({ message, said }: Problem): readonly LogGroup[] {
  if (!said) return [];
  return [{ title: toTitle(`Said in full: ${message}`), lines: toLines(said) }];
}

function toHelmGroup(target: ReportTarget): readonly LogGroup[] {
  const failure = target.type === 'executed' ? target.failure : undefined;
  if (!failure?.helmError) return [];
  return [
    { title: toTitle(`What helm said: ${failure.cause}`), lines: toLines(failure.helmError) },
  ];
}

function toTitle(text: string): string {
  return line(clip(text, MAX_TITLE).replace(/ \(\d+ more characters\)$/, ''));
}

/** The middle is left out of an enormous text. */
function toLines(text: string): readonly string[] {
  const all = text.trimEnd().split(/\r?\n/);
  const left = all.length - MAX_LINES;
  if (left <= 0) return all.map(quote);
  const half = MAX_LINES / 2;
  const gap = line(`    … ${plural(left, 'more line')} …`);
  return [...all.slice(0, half).map(quote), gap, ...all.slice(-half).map(quote)];
}
