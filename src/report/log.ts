import type { Event, Finding, LogExcerpt, Step } from '../execute/outcome.ts';
import type { Host } from '../ports.ts';
import type { ObjectRef } from '../release/object.ts';
import { neutralizeCommands } from '../secrecy/commands.ts';
import type { Redactor } from '../secrecy/redactor.ts';
import { formatDuration } from './duration.ts';
import { renderStepTitle } from './step-title.ts';
import { cleanLine, cleanText, clip } from './text.ts';

/*
 * The log as a story: a group per operation, one line per change of state. Every line is made
 * harmless for the terminal and for the runner, whoever wrote it.
 */

const PROGRESS = { progressing: '…', ready: '✓', failed: '✗' } as const;
const RESULTS = { done: '✓', failed: '✗', cancelled: '⊘' } as const;

/** The lines of an event; a step's beginning is its group's title instead. */
export function renderEvent(event: Event): readonly string[] {
  switch (event.type) {
    case 'step-started':
      return [];
    case 'step-ended':
      return [line(tellStep(event.step))];
    case 'progress':
      return [line(`${PROGRESS[event.state]} ${name(event.object)}: ${event.message}`)];
    case 'heartbeat':
      return [line(tellHeartbeat(event))];
    case 'finding':
      return renderFinding(event.finding);
    case 'helm':
      return isHeader(event.line) ? [] : [quoteHelm(event.line)];
    case 'note':
      return [line(`note: ${event.message}`)];
  }
}

/** Tells events to the log as they happen; the end of an operation is told behind its group. */
export function createNarrator(
  host: Pick<Host, 'info' | 'startGroup' | 'endGroup'>,
  redactor: Pick<Redactor, 'clean' | 'safe'>,
): (event: Event) => void {
  return (event) => {
    if (event.type === 'step-started') {
      host.startGroup(redactor.safe(line(renderStepTitle(event.operation))));
      return;
    }
    if (event.type === 'step-ended') host.endGroup();
    for (const text of renderEvent(redactor.clean(toTold(event)))) host.info(redactor.safe(text));
  };
}

/** A finding with the evidence for it, indented. */
export function renderFinding(finding: Finding): readonly string[] {
  const { message, logs, events, advice, certain } = finding;
  return [
    line(`${certain ? '✗' : '!'} ${message}`),
    ...logs.flatMap(renderExcerpt),
    ...(events.length > 0 ? ['    events:'] : []),
    ...events.map((event) => quote(event)),
    ...(advice === '' ? [] : [line(`  → ${advice}`)]),
  ];
}

/** One line without anything that a terminal or the runner would obey; indentation stays. */
export function line(text: string): string {
  const indent = /^ */.exec(text)?.[0] ?? '';
  return neutralizeCommands(indent + clip(cleanLine(text)));
}

/**
 * What helm prints above a chart's notes. It repeats what we say, and its `STATUS: deployed` is said
 * before anything is ready.
 */
const HEADER =
  /^(NAME: [a-z0-9.-]+|LAST DEPLOYED: \w{3} \w{3} [ \d]\d [\d:]{8} \d{4}|NAMESPACE: [a-z0-9-]+|STATUS: [a-z-]+|REVISION: \d+|DESCRIPTION: (Install|Upgrade|Rollback) .*|TEST SUITE: None)$/;

function isHeader(text: string): boolean {
  return HEADER.test(text.trimEnd());
}

/** Notes of a chart are laid out with blanks. */
function quoteHelm(text: string): string {
  return neutralizeCommands(clip(`helm: ${cleanText(text).replace(/\n/g, ' ').trimEnd()}`));
}

/** A line of foreign text behind a bar, its own indentation kept. */
export function quote(text: string): string {
  return neutralizeCommands(clip(`    | ${cleanText(text).replace(/\n/g, ' ').trimEnd()}`));
}

function renderExcerpt({ pod, container, run, lines }: LogExcerpt): readonly string[] {
  if (lines.length === 0) return [];
  const which = run === 'previous' ? ' before its restart' : '';
  return [line(`    last lines of ${pod}/${container}${which}:`), ...lines.map(quote)];
}

function tellStep(step: Step): string {
  const { operation, result, detail, duration } = step;
  const told = detail === '' ? '' : `: ${detail}`;
  return `${RESULTS[result]} ${renderStepTitle(operation)}${told} (${formatDuration(duration)})`;
}

function tellHeartbeat({ elapsed, left, waiting }: Extract<Event, { type: 'heartbeat' }>): string {
  const times = `${formatDuration(elapsed)}, ${formatDuration(left)} left`;
  return `still waiting (${times}): ${waiting.join(', ')}`;
}

function name({ kind, name: objectName }: ObjectRef): string {
  return `${kind} ${objectName}`;
}

/** Whole objects need no cleaning, because nothing of them is told. */
function toTold(event: Event): Event {
  if (event.type !== 'step-ended') return event;
  const { operation } = event.step;
  if (!('objects' in operation)) return event;
  const objects = operation.objects.map((object) => ({ ...object, object: NOTHING }));
  return { ...event, step: { ...event.step, operation: { ...operation, objects } } };
}

const NOTHING = { apiVersion: '', kind: '', metadata: { name: '' } };
