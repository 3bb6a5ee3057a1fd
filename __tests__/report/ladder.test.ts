import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { renderComments } from '../../src/report/comment.ts';
import { COMMENT_BUDGET, LADDER, SUMMARY_BUDGET } from '../../src/report/ladder.ts';
import type { Report } from '../../src/report/report.ts';
import { renderSummary } from '../../src/report/summary.ts';
import { hostileReport, makeLarge, readReport, readTarget, withTargets } from './reports.ts';

const KEY = '0123456789abcdef';
const bytes = (text: string) => Buffer.byteLength(text);

/** Every fence and element that opens also closes, and nothing is left inside another. */
function expectComplete(markdown: string): void {
  let marks = '';
  let depth = 0;
  for (const line of markdown.split('\n')) {
    const fence = /^(`{3,})(\w*)$/.exec(line);
    if (marks !== '') {
      if (line === marks) marks = '';
      continue;
    }
    if (fence) marks = fence[1] ?? '';
    const told = line.replace(/(?<!\\)(`+)(?!`).*?[^`]\1(?!`)/g, '');
    depth += told.split(/<details(?: open)?>/).length - told.split('</details>').length;
    expect(depth).toBeGreaterThanOrEqual(0);
  }
  expect({ marks, depth }).toEqual({ marks: '', depth: 0 });
}

function expectRungs(report: Report): readonly string[] {
  const comments = [...renderComments(report, KEY)];
  const summary = renderSummary(report);
  for (const comment of comments) {
    expect(bytes(comment)).toBeLessThanOrEqual(COMMENT_BUDGET);
    expectComplete(comment);
    expect(comment.split('\n')[0]).toBe(`<!-- slipway/v1 key=${KEY} -->`);
  }
  expect(bytes(summary)).toBeLessThanOrEqual(SUMMARY_BUDGET);
  expectComplete(summary);
  return comments;
}

describe('the largest rendering that fits', () => {
  test('a small report is told whole, and every smaller form is there', () => {
    expect(expectRungs(makeLarge(3))).toHaveLength(LADDER.length);
  });

  test('many objects lose their fields first, then their rows', () => {
    const [hundreds = ''] = expectRungs(makeLarge(400));
    expect(hundreds).toContain('object-399');
    expect(hundreds).toContain('more diffs in');
    const [thousands = ''] = expectRungs(makeLarge(4000));
    expect(thousands).toContain('more objects in [the summary or log of the run]');
    expect(thousands).toContain('Changes: 4000 updated');
  });

  test('one enormous value does not cost the others', () => {
    const old = Array.from({ length: 20_000 }, (_, i) => `line ${i}`).join('\n');
    const fields = [{ path: 'data.big', old, new: old.replaceAll('line', 'row') }];
    const report = makeLarge(2, { fields });
    const [comment = ''] = expectRungs(report);
    expect(comment).toContain('more lines');
    expect(comment).toContain('- line 0');
  });

  test('what is deleted is told first and last', () => {
    const report = makeLarge(500, { action: 'delete', fields: [] });
    const [comment = ''] = expectRungs(report);
    expect(comment).toContain('− | ConfigMap `payments/object-0`');
  });

  test.each([30, 300])('%i releases are told, those that failed by name', (count) => {
    const [good, failed] = readReport('several').targets;
    if (!good || !failed) throw new Error('no targets');
    const targets = Array.from({ length: count }, (_, i) => ({
      ...(i === 7 ? failed : good),
      release: `release-${i}`,
    }));
    const [comment = '', ...smaller] = expectRungs(withTargets(...targets));
    expect(comment).toContain(`${count - 1} of ${count} deployed; \`release-7\` failed and was`);
    for (const text of [comment, ...smaller]) {
      expect(text).toMatch(/### ❌ production `payments\/release-7` — deploy failed/);
    }
    expect(comment).toContain(count === 30 ? '`payments/release-29`' : 'more releases in');
  });

  test('everything at its worst still fits', () => {
    const target = readTarget('crash-loop-rolled-back');
    const long = '<@|>'.repeat(20_000);
    const [finding] = target.failure?.findings ?? [];
    if (!target.failure || !finding) throw new Error('no finding');
    const logs = [{ pod: long, container: long, run: 'current' as const, lines: [long, long] }];
    const findings = Array.from({ length: 30 }, () => ({ ...finding, message: long, logs }));
    const failure = { ...target.failure, cause: long, helmError: long, findings };
    const notes = Array.from({ length: 1000 }, () => long);
    const dropped = notes.slice(0, 50).map((path) => ({ path, value: long }));
    const values = dropped.map((one) => ({ ...one, from: long, secret: false }));
    const problems = notes
      .slice(0, 50)
      .map((message) => ({ code: 'x', message, hint: long, said: long }));
    const plan = { ...target.plan, dropped, values, lock: problems[0] };
    const worst = { ...target, plan, failure, notes };
    expectRungs({ ...withTargets(worst), warnings: problems });
    expectRungs({ ...withTargets(worst, worst, worst, worst), warnings: problems });
  });
});

test('any report, whatever stands in it, gives complete renderings', () => {
  fc.assert(
    fc.property(hostileReport, (report) => {
      expectRungs(report);
    }),
    { numRuns: 50 },
  );
});
