import type { Problem } from '../errors.ts';
import { ACCESS_RULES } from './helm-error-access.ts';
import { CHART_RULES } from './helm-error-chart.ts';
import { OBJECT_RULES } from './helm-error-object.ts';
import { POST_RENDERER_RULES } from './helm-error-post-renderer.ts';
import { applyRule, type HelmErrorContext, toSentence } from './helm-error-rule.ts';
import { RUN_RULES } from './helm-error-run.ts';
import { TEMPLATE_RULES } from './helm-error-template.ts';

/**
 * The first rule that knows the text wins. What the chart says comes first, because a chart may say
 * anything; the run's own words (hook, timeout) come last, because they wrap all others.
 */
const RULES = [
  ...POST_RENDERER_RULES,
  ...TEMPLATE_RULES,
  ...CHART_RULES,
  ...OBJECT_RULES,
  ...ACCESS_RULES,
  ...RUN_RULES,
];

/**
 * What helm (3 or 4) printed to stderr, as one problem in one sentence (texts: helm.md §4.2); the
 * whole of it besides, unless the sentence has it all.
 */
export function parseHelmError(stderr: string, context: HelmErrorContext): Problem {
  const text = toErrorText(stderr);
  const problem = toProblem(text, context);
  const said = stderr.trim();
  return problem.message.includes(said) ? problem : { ...problem, said };
}

function toProblem(text: string, context: HelmErrorContext): Problem {
  for (const rule of RULES) {
    const explained = applyRule(rule, text, context);
    if (explained) {
      const { cause, hint, at } = explained;
      return { code: rule.code, message: toMessage(cause, context), hint, ...(at && { at }) };
    }
  }
  return {
    code: 'helm-failed',
    message: toMessage(text.split('\n')[0] || 'helm said nothing', context),
    hint: 'Read all that helm said in the log of this run.',
  };
}

function toMessage(cause: string, { doing }: HelmErrorContext): string {
  return `${doing} failed: ${toSentence(cause)}`;
}

/** Warnings of helm 3 and 4, of the Kubernetes client (klog) and of Go's log; and a piece of advice. */
const NOISE = [
  /^(?:time=\S+ )?level=(?:WARN|INFO|DEBUG)\b/,
  /^[IWE]\d{4} /,
  /^(?:\d{4}\/\d\d\/\d\d \S+ )?(?:warning|info): /i,
  /^(?:\d{4}\/\d\d\/\d\d \S+ )?\w+\.go:\d+: /,
  /^Use --debug flag to render out invalid YAML/,
];

/** The error itself: from `Error:` on, without that word, the operation's name and the noise. */
function toErrorText(stderr: string): string {
  const all = stderr.split(/\r?\n/);
  // What a post-renderer says is all its own: kubectl tells its errors in lines of klog.
  const isOfPostRenderer = all[0]?.startsWith('Error: the post-renderer ');
  const lines = isOfPostRenderer
    ? all
    : all.filter((line) => !NOISE.some((noise) => noise.test(line)));
  const start = lines.findIndex((line) => line.startsWith('Error: '));
  return lines
    .slice(Math.max(start, 0))
    .join('\n')
    .replace(/^Error: (?:(?:UPGRADE|INSTALLATION|ROLLBACK) FAILED: )?/, '')
    .trim();
}
