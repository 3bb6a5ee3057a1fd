import { appendFile } from 'node:fs/promises';
import type { Host } from '../ports.ts';
import { addPath, issueCommand, printLine, setOutput } from './runner.ts';

/**
 * Zero-width space: breaks the two marks by which the runner finds commands in a log (`::` at the
 * start of a line, `##[` anywhere; actions/runner src/Runner.Common/ActionCommand.cs), so that a line
 * of a pod's log or of a chart's notes stays text.
 */
const BREAK = '\u200b';

/** The runner; outside of one, such as in the demo, texts go to stdout and a summary goes nowhere. */
export function createHost(environment: Readonly<Record<string, string | undefined>>): Host {
  return {
    info: (line) => printLine(withoutCommands(line)),
    debug: (line) => issueCommand('debug', line),
    startGroup: (title) => issueCommand('group', title),
    endGroup: () => issueCommand('endgroup', ''),
    annotate: (level, message, { title, file, line, column }) =>
      issueCommand(level, message, {
        title,
        ...(file === undefined ? {} : { file }),
        ...(line === undefined ? {} : { line }),
        ...(column === undefined ? {} : { col: column }),
      }),
    async writeSummary(markdown) {
      const path = environment['GITHUB_STEP_SUMMARY'];
      if (path) await appendFile(path, `${markdown}\n`);
    },
    setOutput,
    mask(value) {
      // The runner warns about an empty mask, and it would hide nothing.
      if (value.trim() !== '') issueCommand('add-mask', value);
    },
    addPath,
  };
}

function withoutCommands(text: string): string {
  return text.replaceAll(/^(\s*):(?=:)/gm, `$1${BREAK}:`).replaceAll('##[', `##${BREAK}[`);
}
