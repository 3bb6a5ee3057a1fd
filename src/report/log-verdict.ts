import type { Problem } from '../errors.ts';
import { line } from './log.ts';
import { codesOf, problemsOf, uniqueProblems } from './parts.ts';
import type { Report, ReportTarget, RunRef } from './report.ts';
import { worstFirst } from './story/fate.ts';
import { commonEnvironment, tellOverall } from './story/overall.ts';
import { type Phrase, toPlain } from './story/phrase.ts';
import { targetName, toStory } from './story/story.ts';
import { plural } from './text.ts';
import { troubleshootingUrls } from './troubleshooting.ts';

/** Nobody reads on; annotations and summary have them as well. */
const MAX_WARNINGS = 50;

/** The end of the log: warnings, every target's verdict, and what became of all of them. */
export function renderVerdicts({ targets, run, warnings }: Report): readonly string[] {
  return [
    ...renderWarnings(warnings),
    ...targets.flatMap((target) => renderVerdict(target, run)),
    ...renderOverall(targets, run),
  ];
}

/** The last lines of the log, outside of any group: what became of it, why, and what to do. */
function renderVerdict(target: ReportTarget, run: RunRef): readonly string[] {
  const story = toStory(target, run);
  const urls = troubleshootingUrls(codesOf(target));
  const { environment, release } = targetName(target);
  const who = [environment, release].filter((part) => part !== '').join(' ');
  const label = (text: string, phrases: readonly Phrase[]) =>
    phrases.map((phrase, i) => `${i === 0 ? `  ${text}: ` : '    '}${toPlain(phrase)}`);
  return [
    `${story.glyph} ${who === '' ? '' : `${who}: `}${toPlain(story.outcome)}`,
    ...label('why', story.why),
    ...label('now', story.now),
    ...label('warning', story.warnings),
    ...label('not undone', story.notUndone),
    ...problemsOf(target).flatMap((problem) => renderProblem(problem, '✗')),
    ...(urls.length > 0 ? [`  more: ${urls.join(' ')}`] : []),
    ...label('next', story.next),
    ...story.commands.map((command) => `    $ ${command}`),
  ].map(line);
}

/** The last line for several: what became of all of them, in one sentence. */
function renderOverall(targets: readonly ReportTarget[], run: RunRef): readonly string[] {
  const [worst] = worstFirst(targets);
  if (!worst || targets.length < 2) return [];
  const environment = commonEnvironment(targets);
  const told = toPlain(tellOverall(targets));
  return [
    `${toStory(worst, run).glyph} ${environment === '' ? '' : `${environment}: `}${told}`,
  ].map(line);
}

/** What looked wrong and stopped nothing. */
function renderWarnings(warnings: readonly Problem[]): readonly string[] {
  const all = uniqueProblems(warnings);
  const left = all.length - MAX_WARNINGS;
  return [
    ...all.slice(0, MAX_WARNINGS).flatMap((warning) => renderProblem(warning, 'warning:')),
    ...(left > 0 ? [`… ${plural(left, 'more warning')}`] : []),
  ].map(line);
}

function renderProblem(
  { code, message, hint, at }: Problem,
  sign: '✗' | 'warning:',
): readonly string[] {
  const place = [at?.file, at?.line, at?.column].filter((part) => part !== undefined).join(':');
  const indent = sign === '✗' ? '  ' : '';
  return [
    `${indent}${sign} ${place === '' ? '' : `${place}: `}${message} [${code}]`,
    ...(hint === '' ? [] : [`${indent}  → ${hint}`]),
  ];
}
