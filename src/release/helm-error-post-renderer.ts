import type { Rule } from './helm-error-rule.ts';

/** For a post-renderer that printed something else than Kubernetes objects. */
export const NO_MANIFEST =
  'Correct what it prints on stdout: the manifest, changed; its messages belong on stderr.';

/** What our own program around the user's post-renderer says of it (adapters/post-renderer-program.ts). */
export const POST_RENDERER_RULES: readonly Rule[] = [
  {
    code: 'post-renderer-failed',
    // helm 4; helm 3 hands on whatever it was.
    pattern:
      /error while parsing post rendered output: (?:error parsing YAML: )?(?:MalformedYAMLError: )?(?<said>[^\n]*)/,
    explain: (groups) => ({
      cause: `what the post-renderer printed is no manifest: ${groups('said')}`,
      hint: NO_MANIFEST,
    }),
  },
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

/** The head of a line of klog (https://github.com/kubernetes/klog): severity, time, process, file. */
const KLOG = /^[EWI]\d{4} \S+ +\d+ \S+\] /;

/** With its last line, which says more than its first. */
function toEnd(groups: (name: string) => string): string {
  const last = groups('said')
    .split('\n')
    .findLast((line) => line.trim() !== '');
  return last ? `${groups('how')}: ${last.replace(KLOG, '').trim()}` : groups('how');
}
