import type { Problem } from '../../errors.ts';
import { clip } from '../text.ts';
import { troubleshootingUrl } from '../troubleshooting.ts';
import { page } from './blocks.ts';
import { code, link, prose } from './inline.ts';
import { fileUrl, leftOut, type Sheet } from './sheet.ts';

/** Each problem with its place, its code and what to do about it. */
export function renderProblems(
  problems: readonly Problem[],
  sheet: Sheet,
  noun: 'problem' | 'warning' = 'problem',
): string {
  const shown = problems.slice(0, sheet.detail.items);
  return page([
    shown.map((problem) => renderProblem(problem, sheet)).join('\n'),
    leftOut(problems.length - shown.length, noun, sheet),
  ]);
}

/** A reason code that leads to its section in docs/troubleshooting.md. */
export function codeLink(code: string): string {
  return link(code, troubleshootingUrl(code));
}

function renderProblem(problem: Problem, sheet: Sheet): string {
  const max = sheet.detail.sentence;
  const place = renderPlace(problem, sheet);
  const message = prose(clip(problem.message, max));
  const hint = problem.hint === '' ? '' : `<br>→ ${prose(clip(problem.hint, max))}`;
  return `- ${place}${message} · ${codeLink(problem.code)}${hint}`;
}

function renderPlace({ at }: Problem, { run }: Sheet): string {
  if (!at) return '';
  const position = [at.file, at.line, at.column].filter((part) => part !== undefined).join(':');
  const url = fileUrl(run, at.file, at.line);
  const short = clip(position, 200);
  return `${url === undefined ? code(short) : link(short, url)} · `;
}
