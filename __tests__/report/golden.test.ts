import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { Event } from '../../src/execute/outcome.ts';
import { renderComments } from '../../src/report/comment.ts';
import { renderEvent } from '../../src/report/log.ts';
import { toLogGroups } from '../../src/report/log-groups.ts';
import { renderPlan } from '../../src/report/log-plan.ts';
import { renderVerdicts } from '../../src/report/log-verdict.ts';
import type { Report } from '../../src/report/report.ts';
import { renderStepTitle } from '../../src/report/step-title.ts';
import { renderSummary } from '../../src/report/summary.ts';

/*
 * A folder per case: report.json (and events.json) are the input, the rest is what people read.
 * UPDATE_GOLDEN=1 writes it anew; look at the difference before you keep it.
 */

const ROOT = join(import.meta.dirname, '../golden/report');

test.each(readdirSync(ROOT))('%s', (name) => {
  const folder = join(ROOT, name);
  const report = readJson(folder, 'report.json') as Report;
  const told: Record<string, string> = {
    'summary.md': renderSummary(report),
    'comment.md': `${renderComments(report, '0123456789abcdef').next().value}\n`,
    'log.txt': `${[...renderEvents(folder), ...renderLog(report)].join('\n')}\n`,
  };
  for (const [file, text] of Object.entries(told)) {
    const path = join(folder, file);
    if (process.env['UPDATE_GOLDEN']) writeFileSync(path, text);
    expect({ file, text }).toEqual({ file, text: readFileSync(path, 'utf8') });
  }
});

/** Every plan is told while the run goes on, groups and verdicts at its end. */
function renderLog(report: Report): readonly string[] {
  const isOne = report.targets.length === 1;
  return [
    ...report.targets.flatMap((target) =>
      'plan' in target ? renderPlan(target.plan, isOne ? '' : target.release) : [],
    ),
    ...toLogGroups(report).flatMap(({ title, lines }) => [
      `▸ ${title}`,
      ...lines.map((text) => `  ${text}`),
    ]),
    ...renderVerdicts(report),
  ];
}

/** As the log of the job shows them: an operation's title, what belongs to it, its result. */
function renderEvents(folder: string): readonly string[] {
  if (!existsSync(join(folder, 'events.json'))) return [];
  const events = readJson(folder, 'events.json') as readonly Event[];
  return events.flatMap((event) =>
    event.type === 'step-started'
      ? [`▸ ${renderStepTitle(event.operation)}`]
      : renderEvent(event).map((text) => (event.type === 'step-ended' ? text : `  ${text}`)),
  );
}

function readJson(folder: string, file: string): unknown {
  return JSON.parse(readFileSync(join(folder, file), 'utf8'));
}
