import type { Failure, Finding, LogExcerpt } from '../../execute/outcome.ts';
import { clip, plural } from '../text.ts';
import { details, fence, page } from './blocks.ts';
import { code, html, inline, prose } from './inline.ts';
import { leftOut, type Sheet } from './sheet.ts';

/** What was seen before anything was rolled back: findings with their log lines and events, and helm's words. */
export function renderEvidence(failure: Failure, sheet: Sheet): string {
  const { findings } = failure;
  // The summary is the job's own page; a comment has no place for all that helm says.
  const helmError = sheet.form === 'summary' ? failure.helmError : undefined;
  const { items, lines } = sheet.detail;
  if (lines === 0 || (findings.length === 0 && !helmError)) return '';
  const shown = findings.slice(0, items);
  const body = page([
    ...shown.flatMap((finding) => [
      findingTitle(finding, failure, sheet),
      renderFinding(finding, sheet),
    ]),
    leftOut(findings.length - shown.length, 'finding', sheet),
    helmError ? page(['**helm said:**', excerpt(helmError.split('\n'), sheet)]) : '',
  ]);
  // A finding alone, without log or events, stands above already.
  if (body === '') return '';
  const state = sheet.form === 'summary' ? 'open' : 'closed';
  return details(
    `Evidence, taken before anything was undone: ${html(tellCounts({ ...failure, helmError }))}`,
    body,
    state,
  );
}

function tellCounts({ findings, helmError }: Failure): string {
  const logLines = findings.flatMap(({ logs }) => logs.flatMap(({ lines }) => lines)).length;
  const events = findings.flatMap((finding) => finding.events).length;
  return [
    plural(findings.length, 'finding'),
    ...(logLines > 0 ? [plural(logLines, 'log line')] : []),
    ...(events > 0 ? [plural(events, 'event')] : []),
    ...(helmError ? ['helm’s error'] : []),
  ].join(', ');
}

function renderFinding(finding: Finding, sheet: Sheet): string {
  const logs = finding.logs.filter(({ lines }) => lines.length > 0).slice(0, sheet.detail.items);
  return page([
    ...logs.map((log) => page([logTitle(log), excerpt(log.lines, sheet)])),
    finding.events.length > 0 ? page(['Events:', excerpt(finding.events, sheet)]) : '',
  ]);
}

/** One finding alone is the cause, which stands above already. */
function findingTitle(finding: Finding, { findings, cause }: Failure, sheet: Sheet): string {
  if (findings.length === 1 && finding.message === cause) return '';
  return `**${inline(finding.code)}** · ${prose(clip(finding.message, sheet.detail.sentence))}`;
}

function logTitle({ pod, container, run }: LogExcerpt): string {
  const which = run === 'previous' ? ' before its restart' : '';
  return `Last lines of container ${code(container)} of pod ${code(pod)}${which}:`;
}

/** The last lines: the end of a log tells most. */
function excerpt(all: readonly string[], { detail }: Sheet): string {
  const shown = all.slice(Math.max(0, all.length - detail.lines));
  const left = all.length - shown.length;
  return fence(
    [...(left > 0 ? [`… ${plural(left, 'earlier line')}`] : []), ...shown].join('\n'),
    'text',
  );
}
