import { expect, test } from '@jest/globals';
import { tell } from '../../src/commands/tell.ts';
import type { Host } from '../../src/ports.ts';
import type { Report } from '../../src/report/report.ts';
import { createRedactor } from '../../src/secrecy/redactor.ts';
import { readReport } from '../report/reports.ts';

const SECRET = 'hunter2-is-secret';

/** Everything that reached the host, in order, and the log by itself. */
async function tellAll(report: Report): Promise<{ log: readonly string[]; all: string }> {
  const log: string[] = [];
  const rest: unknown[] = [];
  const host: Host = {
    info: (line) => log.push(line),
    debug: (line) => log.push(line),
    startGroup: (title) => log.push(`[${title}`),
    endGroup: () => log.push(']'),
    annotate: (...annotation) => rest.push(annotation),
    writeSummary: async (markdown) => void rest.push(markdown),
    setOutput: (...output) => rest.push(output),
    mask: () => {},
    addPath: () => {},
    exportVariable: () => {},
  };
  const redactor = createRedactor();
  redactor.add(SECRET);
  const event = { eventName: 'push', payload: {}, sha: '' };
  await tell(
    report,
    { host, redactor, github: undefined },
    { event, job: { environment: 'production' } },
  );
  return { log, all: [...log, ...rest.map((one) => JSON.stringify(one))].join('\n') };
}

test('all that was said stands in a group of the log, nowhere else, and without secrets', async () => {
  const report = readReport('locked');
  const [target] = report.targets;
  if (target?.type !== 'refused') throw new Error('not refused');
  const said = `Error: it broke\n\tdue to a ${SECRET} in it\n`;
  const problem = { code: 'helm-failed', message: 'Upgrading api failed.', hint: 'Look.', said };
  const told = { ...report, targets: [{ ...target, problems: [problem] }] };
  const { log, all } = await tellAll(told);
  const group = ['[Said in full: Upgrading api failed.', '    | Error: it broke'];
  expect(log.slice(0, 4)).toEqual([...group, '    | \tdue to a *** in it', ']']);
  expect(all.split('it broke')).toHaveLength(2);
  expect(all).not.toContain(SECRET);
});

test('of several releases the log ends with what became of all', async () => {
  const { log } = await tellAll(readReport('several'));
  expect(log.at(-1)).toBe(
    '❌ production: 1 of 4 deployed, 1 unchanged; db failed and was rolled back; web was skipped',
  );
});
