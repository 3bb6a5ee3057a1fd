import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Problem } from '../../src/errors.ts';
import type { Event } from '../../src/execute/outcome.ts';
import { toAnnotations } from '../../src/report/annotations.ts';
import { toRefusedTarget } from '../../src/report/build.ts';
import { formatDuration } from '../../src/report/duration.ts';
import { diffLines } from '../../src/report/line-diff.ts';
import { createNarrator, renderEvent } from '../../src/report/log.ts';
import { toLogGroups } from '../../src/report/log-groups.ts';
import { toOutputs } from '../../src/report/outputs.ts';
import type { ReportTarget } from '../../src/report/report.ts';
import { toDiffLines } from '../../src/report/values.ts';
import { createRedactor } from '../../src/secrecy/redactor.ts';
import { makeUpgrade } from '../fakes/plan.ts';
import { hostile, readReport, readTarget, withTargets } from './reports.ts';

describe('annotations', () => {
  test('cause, state, next step', () => {
    const [only, ...more] = toAnnotations(readReport('crash-loop-rolled-back'));
    expect(more).toEqual([]);
    expect(only?.level).toBe('error');
    expect(only?.title).toBe('production payments/api: deploy failed, rolled back to revision 41');
    const [why, now, next] = only?.message.split('\n\n') ?? [];
    expect(why).toContain('Last log line: config: DATABASE_URL is not set');
    expect(now).toMatch(/^Now: Revision 43 is the rollback to 41/);
    expect(next).toMatch(/^Next: Container api ended with exit code 1[\s\S]*deploy again/);
  });

  test('what reverses the direction of writing is not in them', () => {
    const problem = { code: 'input-invalid', message: '`d\u202ea\u0007`', hint: 'No\u2066.' };
    const refused = readTarget('crash-loop-rolled-back');
    const report = withTargets(toRefusedTarget(refused, [problem]));
    expect(toAnnotations(report).map(({ message }) => message)).toEqual(['`da`\nNo.']);
  });

  test('a cancel is a warning', () => {
    expect(toAnnotations(readReport('cancelled')).map(({ level }) => level)).toEqual(['warning']);
  });

  test('the commands to type stand at the end', () => {
    const [only] = toAnnotations(readReport('rollback-failed'));
    expect(only?.message).toMatch(/\nhelm rollback api 41 --namespace payments[^\n]*$/);
  });

  test('problems stand beside their lines, three at most', () => {
    const all = toAnnotations(readReport('refused'));
    expect(all.map(({ title, at }) => [title, at?.line])).toEqual([
      ['production payments/api: not started: 4 problems', undefined],
      ['yaml-broken', 12],
      ['template-error', 8],
    ]);
    expect(all[0]?.message.split('\n\n')).toEqual([
      expect.stringContaining('`values/production.yaml` cannot be read'),
      expect.stringContaining('`timeout` is `300`, without a unit'),
    ]);
  });

  test('what is more is counted', () => {
    const refused = readReport('refused');
    const all = toAnnotations({ ...refused, targets: [...refused.targets, ...refused.targets] });
    expect(all).toHaveLength(3);
    expect(all[2]?.message).toContain('4 more problems');
  });

  test('warnings stand beside their lines, each once, five at most', () => {
    const told = readReport('warnings');
    expect(toAnnotations(told).map(({ level, title, at }) => [level, title, at?.line])).toEqual([
      ['warning', 'values-trap', 12],
      ['warning', 'values-duplicate-key', 19],
      ['warning', 'kubectl-skew', undefined],
    ]);
    const [first] = told.warnings;
    const many = Array.from({ length: 9 }, (_, i) => ({ ...first, message: `${i}` }) as Problem);
    const all = toAnnotations({ ...told, warnings: many });
    expect(all).toHaveLength(5);
    expect(all[4]).toMatchObject({ level: 'warning', message: expect.stringContaining('5 more') });
  });

  test('a skipped release is nobody’s mistake', () => {
    const titles = toAnnotations(readReport('several')).map(({ title }) => title);
    expect(titles).toEqual(['production payments/db: deploy failed, rolled back to revision 41']);
  });

  test.each(['change', 'unchanged', 'plan-only', 'stale-configuration'])('none for %s', (name) => {
    expect(toAnnotations(readReport(name))).toEqual([]);
  });
});

describe('outputs', () => {
  test.each([
    ['change', 'deployed', 'deployed', 'true', '42'],
    ['unchanged', 'unchanged', 'unchanged', 'false', '41'],
    ['plan-only', 'planned', 'out-of-sync', 'true', '41'],
    ['crash-loop-rolled-back', 'rolled-back', 'crash-loop', 'true', '43'],
    ['refused', 'refused', 'values-missing', 'false', ''],
    ['locked', 'refused', 'locked', 'false', ''],
    ['several', 'rolled-back', 'crash-loop', 'true', ''],
  ])('%s', (name, outcome, code, changed, revision) => {
    expect(toOutputs(readReport(name))).toMatchObject({
      outcome,
      'reason-code': code,
      changed,
      revision,
    });
  });

  test('the result is small, versioned JSON', () => {
    const { result = '', url } = toOutputs(readReport('crash-loop-rolled-back'));
    expect(url).toBe('https://api.acme.io');
    expect(JSON.parse(result)).toEqual({
      schema: 1,
      command: 'deploy',
      run: 'https://github.com/acme/deploy/actions/runs/1234567890',
      targets: [
        {
          target: { environment: 'production', release: 'api', namespace: 'payments' },
          outcome: 'rolled-back',
          'reason-code': 'crash-loop',
          revision: 43,
          changes: { create: 0, update: 2, delete: 0 },
          findings: [
            {
              code: 'crash-loop',
              object: 'Deployment api',
              reason: 'CrashLoopBackOff',
              message: expect.stringContaining('exit code 1, 3 restarts'),
            },
          ],
        },
      ],
    });
  });

  test('of several the result has each, and the cause is never what was skipped', () => {
    const { targets, run } = readReport('several');
    const [, failed, skipped] = targets;
    if (!failed || !skipped) throw new Error('no targets');
    const refused = { ...failed, result: 'refused', code: 'schema-violation' } as ReportTarget;
    const told = toOutputs({ ...withTargets(skipped, refused), run });
    expect(told).toMatchObject({ outcome: 'refused', 'reason-code': 'schema-violation', url: '' });
    const { result = '' } = toOutputs(readReport('several'));
    const codes = (JSON.parse(result) as { targets: { 'reason-code': string }[] }).targets;
    expect(codes.map((target) => target['reason-code'])).toEqual([
      ...['deployed', 'crash-loop', 'needs-failed', 'unchanged'],
    ]);
  });

  test('nothing at all is refused', () => {
    expect(toOutputs(withTargets())).toMatchObject({ outcome: 'refused', changed: 'false' });
  });
});

describe('groups of the log', () => {
  test('all that was said, line by line and harmless, an enormous text without its middle', () => {
    const [skipped] = readReport('refused').targets;
    if (skipped?.type !== 'refused') throw new Error('not refused');
    const said = ['::error::x', ...Array.from({ length: 2000 }, (_, i) => `line ${i}`)].join('\n');
    const problem = { code: 'helm-failed', message: 'It failed.', hint: '', said };
    const groups = toLogGroups(withTargets({ ...skipped, problems: [problem, problem] }));
    expect(groups.map(({ title }) => title)).toEqual(['Said in full: It failed.']);
    const lines = groups[0]?.lines ?? [];
    expect(lines[0]).toBe('    | ::error::x');
    expect(lines).toHaveLength(1001);
    expect(lines[500]).toContain('1001 more lines');
    expect(lines.at(-1)).toBe('    | line 1999');
  });
});

describe('the log', () => {
  const ref = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'payments', name: 'web' };
  test.each<[Event, readonly string[]]>([
    [
      { type: 'heartbeat', elapsed: 75_000, left: 225_000, waiting: ['Deployment web 1/3 ready'] },
      ['still waiting (1m15s, 3m45s left): Deployment web 1/3 ready'],
    ],
    [
      { type: 'progress', object: ref, state: 'ready', message: '3 of 3 pods ready' },
      ['✓ Deployment web: 3 of 3 pods ready'],
    ],
    [{ type: 'helm', line: 'a\u001b[31mb\r::error::c' }, ['helm: ab ::error::c']],
    [{ type: 'note', message: '##[group]x' }, ['note: ## [group]x']],
    [{ type: 'helm', line: 'STATUS: deployed' }, []],
    [{ type: 'helm', line: 'LAST DEPLOYED: Mon Mar  2 14:10:11 2026' }, []],
    [{ type: 'helm', line: 'STATUS: see the dashboard' }, ['helm: STATUS: see the dashboard']],
    [{ type: 'helm', line: 'WARNING: x is deprecated' }, ['helm: WARNING: x is deprecated']],
  ])('%j', (event, expected) => {
    expect(renderEvent(event)).toEqual(expected);
  });

  test('no line of others is a workflow command', () => {
    const finding = readTarget('hook-failed').failure?.findings[0];
    if (!finding) throw new Error('no finding');
    fc.assert(
      fc.property(
        fc.array(hostile, { minLength: 4, maxLength: 4 }),
        ([a = '', b = '', c = '', d = '']) => {
          const logs = [{ pod: a, container: b, run: 'current' as const, lines: [c, d] }];
          const told = renderEvent({
            type: 'finding',
            finding: { ...finding, logs, message: d, advice: c },
          });
          for (const line of told) {
            expect(line).not.toMatch(/^\s*::|##\[|[\r\n\u202e]/);
            expect(line).not.toContain('\u001b');
          }
        },
      ),
    );
  });

  test('an operation is a group, its result stands behind it, without secrets', () => {
    const lines: string[] = [];
    const host = {
      info: (line: string) => void lines.push(line),
      startGroup: (title: string) => void lines.push(`[${title}`),
      endGroup: () => void lines.push(']'),
    };
    const redactor = createRedactor();
    redactor.add('s3cr3t-value');
    const narrate = createNarrator(host, redactor);
    const operation = makeUpgrade(4);
    const step = {
      operation,
      phase: 'apply',
      result: 'done',
      started: '',
      duration: 9400,
    } as const;
    narrate({ type: 'step-started', operation });
    narrate({ type: 'helm', line: 'password is s3cr3t-value' });
    narrate({ type: 'step-ended', step: { ...step, detail: 'revision 4' } });
    expect(lines).toEqual([
      '[helm upgrade to revision 4',
      'helm: password is ***',
      ']',
      '✓ helm upgrade to revision 4: revision 4 (9s)',
    ]);
  });
});

describe('values', () => {
  test.each([
    [{ path: 'p', old: '1', new: '2' }, ['- 1', '+ 2']],
    [{ path: 'p', old: '"a"', new: 'b' }, ['- a', '+ b']],
    [{ path: 'p', new: '"true"' }, ['+ "true"']],
    [{ path: 'p', old: 'x' }, ['- x']],
    [{ path: 'p', secret: 'changed' as const }, ['! changed (value hidden)']],
    [{ path: 'p', old: 'a\n', new: 'a' }, ['! differs in white space at its end']],
    [
      { path: 'p', old: '1\n2\n3\n4\n5\n6\n7', new: '1\n2\n3\n4\n5\nsix\n7' },
      ['  … 3 unchanged lines', '  4', '  5', '- 6', '+ six', '  7'],
    ],
  ])('%j', (field, expected) => {
    expect(toDiffLines(field)).toEqual(expected);
  });

  test('a line diff leads from one text to the other', () => {
    const lines = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 });
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const diff = diffLines(before, after);
        const without = (type: string) =>
          diff.filter((l) => l.type !== type).map(({ text }) => text);
        expect(without('added')).toEqual(before);
        expect(without('removed')).toEqual(after);
      }),
    );
  });
});

test.each([
  [0, '0.0s'],
  [420, '0.4s'],
  [950, '1s'],
  [59_400, '59s'],
  [59_600, '1m00s'],
  [225_000, '3m45s'],
  [3_720_000, '1h02m'],
])('%i ms is %s', (milliseconds, expected) => {
  expect(formatDuration(milliseconds)).toBe(expected);
});
