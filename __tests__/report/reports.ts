import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Change } from '../../src/plan/plan.ts';
import type { ObjectKey } from '../../src/release/object.ts';
import type { ExecutedTarget, Report, ReportTarget, RunRef } from '../../src/report/report.ts';

/* Reports for tests: the golden ones, large ones, and any with hostile text in every place. */

/** The report of a golden case. */
export function readReport(name: string): Report {
  const path = join(import.meta.dirname, '../golden/report', name, 'report.json');
  return JSON.parse(readFileSync(path, 'utf8')) as Report;
}

export const RUN: RunRef = readReport('change').run;

export function withTargets(...targets: readonly ReportTarget[]): Report {
  return { schema: 1, command: 'deploy', run: RUN, targets, warnings: [] };
}

export function readTarget(name: string): ExecutedTarget {
  const [target] = readReport(name).targets;
  if (target?.type !== 'executed') throw new Error(`${name} is not a deploy`);
  return target;
}

export function makeChange(index: number, more: Partial<Change> = {}): Change {
  const name = `object-${index}`;
  return {
    action: 'update',
    key: `/ConfigMap/payments/${name}` as ObjectKey,
    ref: { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'payments', name },
    hook: [],
    fields: [{ path: 'data.value', old: `old ${index}`, new: `new ${index}` }],
    restartsPods: false,
    keptBy: [],
    ...more,
  };
}

/** A plan of so many changes. */
export function makeLarge(count: number, more: Partial<Change> = {}): Report {
  const target = readTarget('change');
  const changes = Array.from({ length: count }, (_, i) => makeChange(i, more));
  return withTargets({ ...target, plan: { ...target.plan, changes } });
}

/** Text that wants out of wherever it stands. */
export const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...['`', '```', '````', '|', '\\', '\n', '\r', '@', '@acme/team', '#1', '<', '>', '&', ']'],
        ...['</details>', '<!--', '-->', '</pre>', '[x](javascript:y)', '![x](https://e.il/p.png)'],
        ...['**', '__', '~~', '$', '::error::', '##[error]', '\u001b[31m', '\u202e', '\u0000'],
        ...['- ', '# ', '> ', '1. ', '=== ', 'word', ' ', '\t', '\ud800', 'é', '漢'],
      ),
      fc.string({ maxLength: 5 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

/** The golden report with every text replaced that comes from outside. */
export const hostileReport = fc
  .record({
    name: fc.constantFrom(
      ...['crash-loop-rolled-back', 'plan-only', 'refused', 'stale-configuration'],
      ...['several', 'warnings', 'adopted', 'values'],
    ),
    texts: fc.array(hostile, { minLength: 1, maxLength: 20 }),
  })
  .map(({ name, texts }) => {
    let next = 0;
    const replace = (value: unknown, key: string): unknown => {
      if (typeof value === 'string') return KEPT.has(key) ? value : texts[next++ % texts.length];
      if (Array.isArray(value)) return value.map((item) => replace(item, key));
      if (typeof value !== 'object' || value === null) return value;
      const entries = Object.entries(value).map(([k, v]) => [k, k === 'run' ? v : replace(v, k)]);
      return Object.fromEntries(entries);
    };
    return replace(readReport(name), '') as Report;
  });

/** Ours: words of a closed set, and numbers. */
const KEPT = new Set([
  ...['type', 'action', 'result', 'verdict', 'phase', 'secret', 'started', 'status', 'command'],
  'code',
]);
