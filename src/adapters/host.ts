import { appendFile } from 'node:fs/promises';
import * as core from '@actions/core';
import type { Host } from '../ports.ts';

/**
 * Zero-width space: breaks the two marks by which the runner finds commands in a log (`::` at the
 * start of a line, `##[` anywhere; actions/runner src/Runner.Common/ActionCommand.cs), so that a line
 * of a pod's log or of a chart's notes stays text.
 */
const BREAK = '\u200b';

const ANNOTATE = { error: core.error, warning: core.warning, notice: core.notice } as const;

/** The runner; outside of one, such as in the demo, texts go to stdout and a summary goes nowhere. */
export function createHost(environment: Readonly<Record<string, string | undefined>>): Host {
  return {
    info: (line) => core.info(withoutCommands(line)),
    debug: (line) => core.debug(line),
    startGroup: (title) => core.startGroup(title),
    endGroup: () => core.endGroup(),
    annotate: (level, message, { title, file, line, column }) =>
      ANNOTATE[level](message, {
        title,
        ...(file === undefined ? {} : { file }),
        ...(line === undefined ? {} : { startLine: line }),
        ...(column === undefined ? {} : { startColumn: column }),
      }),
    async writeSummary(markdown) {
      const path = environment['GITHUB_STEP_SUMMARY'];
      if (path) await appendFile(path, `${markdown}\n`);
    },
    setOutput: (name, value) => core.setOutput(name, value),
    mask(value) {
      // The runner warns about an empty mask, and it would hide nothing.
      if (value.trim() !== '') core.setSecret(value);
    },
    addPath: (folder) => core.addPath(folder),
    exportVariable: (name, value) => core.exportVariable(name, value),
  };
}

function withoutCommands(text: string): string {
  return text.replaceAll(/^(\s*):(?=:)/gm, `$1${BREAK}:`).replaceAll('##[', `##${BREAK}[`);
}
