import type { Rule } from './helm-error-rule.ts';

/** What our own program around the user's post-renderer says of it (adapters/post-renderer-program.ts). */
export const POST_RENDERER_RULES: readonly Rule[] = [
  {
    code: 'post-renderer-failed',
    pattern:
      /^the post-renderer (?<name>[^\n]+) (?<how>(?:could|was|ended|printed) [^\n]*):\n?(?<said>[\s\S]*)$/,
    explain: (groups) => ({
      cause: `the post-renderer ${groups('name')} ${toEnd(groups)}`,
      hint: 'Correct it, or try it by hand: `helm template` prints what it is given on stdin.',
    }),
  },
];

/** With its last line, which says more than its first. */
function toEnd(groups: (name: string) => string): string {
  const last = groups('said')
    .split('\n')
    .findLast((line) => line.trim() !== '');
  return last ? `${groups('how')}: ${last.trim()}` : groups('how');
}
