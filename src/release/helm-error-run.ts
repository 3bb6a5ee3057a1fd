import type { Rule } from './helm-error-rule.ts';

/** The course of helm's own run. These words wrap the causes above, so they are tried last. */
export const RUN_RULES: readonly Rule[] = [
  {
    code: 'release-locked',
    pattern:
      /another operation \(install\/upgrade\/rollback\) is in progress|release: already exists|cannot re-?use a name that is still in use/i,
    explain: (_, { release }) => ({
      cause: `another helm is working on ${release}, or was interrupted`,
      hint: 'Wait for it and run again.',
    }),
  },
  {
    code: 'release-not-found',
    pattern: /(?<said>has no deployed releases|release: not found|release has no \d+ version)/i,
    explain: (groups, { release, namespace }) => ({
      cause: `helm finds no such revision of ${release} in namespace ${namespace}: ${groups('said')}`,
      hint: 'Check `release` and `namespace`, and look at `helm history`.',
    }),
  },
  {
    code: 'hook-failed',
    pattern:
      /(?:(?<event>(?:pre|post)-\w+) hooks failed|failed (?<first>(?:pre|post)-\w+)): (?<said>[\s\S]*)/,
    explain: (groups) => ({
      cause: `a ${groups('event') || groups('first')} hook failed: ${toErrors(groups('said'))}`,
      hint: 'Read the log of its pods; nothing that comes after this hook was done.',
    }),
  },
  {
    code: 'timeout',
    pattern:
      /context deadline exceeded|timed out waiting for the condition|exceeded its progress deadline/i,
    explain: () => ({
      cause: 'it did not end in time',
      hint: 'See which workload was not ready, or raise `timeout`.',
    }),
  },
  {
    code: 'cancelled',
    pattern: /context canceled|operation was interrupted/i,
    explain: () => ({ cause: 'it was interrupted', hint: 'Run it again.' }),
  },
];

/** helm 3 lists several: `2 errors occurred:`, then a line with `*` for each. */
function toErrors(said: string): string {
  return said
    .replace(/\d+ errors? occurred:\s*\*\s*/, '')
    .trim()
    .replaceAll(/\n\s*\*\s*/g, '; ');
}
