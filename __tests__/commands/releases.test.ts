import { describe, expect, test } from '@jest/globals';
import { workThrough } from '../../src/commands/releases.ts';
import type { ReleaseSpec } from '../../src/release/spec.ts';
import type { Command, ReportTarget } from '../../src/report/report.ts';
import { makeSpec } from '../fakes/plan.ts';

const SPECS = [spec('db'), spec('api', 'db'), spec('web', 'api'), spec('cache')];

function spec(release: string, ...needs: readonly string[]): ReleaseSpec {
  const one = makeSpec();
  return { ...one, target: { ...one.target, release }, needs };
}

/** Works through the four; `results` says what comes of a release, `deployed` otherwise. */
async function work(
  command: Command,
  results: Readonly<Record<string, ReportTarget['result']>>,
  cancelAt?: string,
): Promise<{ readonly worked: readonly string[]; readonly targets: readonly string[] }> {
  const worked: string[] = [];
  const cancel = new AbortController();
  const targets = await workThrough(
    { command, specs: SPECS, signal: cancel.signal },
    async ({ target: { release, environment, namespace } }) => {
      worked.push(release);
      if (release === cancelAt) cancel.abort();
      const result = results[release] ?? 'deployed';
      const head = { environment, release, namespace: namespace.name, result, code: result };
      return { ...head, type: 'refused', problems: [] };
    },
  );
  const told = targets.map(({ release, code }) => `${release}: ${code}`);
  return { worked, targets: told };
}

describe('several releases', () => {
  test('are worked on one after the other', async () => {
    expect(await work('deploy', {})).toEqual({
      worked: ['db', 'api', 'web', 'cache'],
      targets: ['db: deployed', 'api: deployed', 'web: deployed', 'cache: deployed'],
    });
  });

  test.each(['failed', 'rolled-back', 'held', 'refused'] as const)(
    'what needs one that is %s is skipped, and what needs that; the others are not',
    async (result) => {
      expect(await work('deploy', { db: result })).toEqual({
        worked: ['db', 'cache'],
        targets: [`db: ${result}`, 'api: needs-failed', 'web: needs-failed', 'cache: deployed'],
      });
    },
  );

  test('unchanged is as good as deployed', async () => {
    expect((await work('deploy', { db: 'unchanged' })).worked).toContain('api');
  });

  test('a plan is made of each', async () => {
    expect((await work('plan', { db: 'refused' })).worked).toEqual(['db', 'api', 'web', 'cache']);
  });

  test('a cancel leaves those that it had not come to', async () => {
    expect(await work('deploy', { api: 'cancelled' }, 'api')).toEqual({
      worked: ['db', 'api'],
      targets: ['db: deployed', 'api: cancelled', 'web: cancelled', 'cache: cancelled'],
    });
  });
});
