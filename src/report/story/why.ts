import type { Finding } from '../../execute/outcome.ts';
import type { ExecutedTarget } from '../report.ts';
import { capital, plural } from '../text.ts';
import { name, type Phrase, say } from './phrase.ts';

/** The cause, the facts of it that its sentence leaves out, and the last thing the container said. */
export function toWhy({ failure, plan, result }: ExecutedTarget): readonly Phrase[] {
  // Of an install that worked, `does not exist yet` is no longer true.
  if (!failure && (result === 'cancelled' || plan.verdict === 'absent')) return [];
  if (!failure) return [say`${plan.reason}`];
  const [finding] = failure.findings;
  const facts = finding ? factsOf(finding, failure.cause) : [];
  const line = finding && lastLogLine(finding);
  return [
    say`${failure.cause}`,
    ...(facts.length > 0 ? [say`${capital(facts.join(', '))}.`] : []),
    ...(line ? [say`Last log line: ${name(line)}`] : []),
  ];
}

function factsOf(finding: Finding, cause: string): readonly string[] {
  const { object, pod, container, reason, exitCode, restarts } = finding;
  const facts = [
    `${object.kind} ${object.name}`,
    pod && `pod ${pod}`,
    container && `container ${container}`,
    reason,
    exitCode !== undefined && `exit code ${exitCode}`,
    restarts !== undefined && restarts > 0 && plural(restarts, 'restart'),
  ];
  return facts.filter(
    (fact) => typeof fact === 'string' && fact !== '' && !cause.includes(fact),
  ) as string[];
}

/** Of the run that crashed, when the container was started again since. */
export function lastLogLine({ logs }: Finding): string | undefined {
  const crashed = logs.filter(({ run }) => run === 'previous');
  const lines = [...crashed, ...logs].map((log) =>
    log.lines.findLast((line) => line.trim() !== ''),
  );
  return lines.find((line) => line !== undefined);
}
