import { expect, test } from '@jest/globals';
import type { ReportTarget } from '../../src/report/report.ts';
import { tellOverall } from '../../src/report/story/overall.ts';
import { toPlain } from '../../src/report/story/phrase.ts';
import { readReport, readTarget } from './reports.ts';

/** Targets of golden reports, named in their order: a, b, c, … */
function makeTargets(...reports: readonly string[]): readonly ReportTarget[] {
  return reports.map((name, i) => {
    const all = readReport(name === 'skipped' ? 'several' : name).targets;
    const target = name === 'skipped' ? all[2] : all[0];
    if (!target) throw new Error(`${name} has no target`);
    return { ...target, release: String.fromCharCode(97 + i) };
  });
}

test.each<[readonly string[], string]>([
  [['change', 'first-install', 'change'], 'all 3 deployed'],
  [['change', 'unchanged'], '1 of 2 deployed, 1 unchanged'],
  [['unchanged', 'unchanged'], 'all 2 unchanged'],
  [
    ['change', 'crash-loop-rolled-back', 'skipped', 'change'],
    '2 of 4 deployed; b failed and was rolled back; c was skipped',
  ],
  [['skipped', 'hold', 'skipped', 'hold'], 'b and d failed and were held; a and c were skipped'],
  [
    ['rollback-failed', 'skipped', 'skipped', 'skipped', 'skipped', 'skipped'],
    'a failed, and so did the rollback; b, c, d and 2 more were skipped',
  ],
  [
    ['locked', 'refused', 'change'],
    '1 of 3 deployed; b was not started; a was locked by another run',
  ],
  [['plan-only', 'adopted', 'values'], 'all 3 would be deployed'],
  [['cancelled', 'superseded'], 'b gave way to another run; a was cancelled'],
])('%j: %s', (reports, sentence) => {
  expect(toPlain(tellOverall(makeTargets(...reports)))).toBe(sentence);
});

test('a release that was only checked is counted', () => {
  const { environment, namespace, result, code } = readTarget('unchanged');
  const checked = { environment, namespace, result, code, release: 'a', type: 'checked' } as const;
  expect(toPlain(tellOverall([checked, { ...checked, release: 'b' }]))).toBe('all 2 checked');
});
