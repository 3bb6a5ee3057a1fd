import type { Explanation, HelmErrorContext, Rule } from './helm-error-rule.ts';
import { toFile, toPlace } from './helm-error-rule.ts';

/** helm 4 and helm 3, in this order. */
const TEXT_FOR_OTHER =
  /got string, want (?:integer|number|boolean)|Expected: (?:integer|number|boolean), given: string/;
const FROM_SET = ' `set` gives texts only: write numbers and switches into `values-inline`.';

/** Values that do not fit, and templates that cannot be rendered. */
export const TEMPLATE_RULES: readonly Rule[] = [
  {
    code: 'chart-invalid',
    pattern:
      /(?<chart>[^\n:]+):\n(?:[^\n]* is not valid against metaschema:[^\n]*\n(?<lines>[\s\S]*)|(?<said>[^\n]*that is NOT VALID[^\n]*))/,
    explain: (groups, context) => ({
      cause: `values.schema.json of the chart ${groups('chart')} is no JSON Schema: ${groups('said') || toViolations(groups('lines'), context)}`,
      hint: 'Correct the schema, or set `skip-schema-validation: true` in slipway.yaml.',
      at: toPlace(`${groups('chart')}/values.schema.json`, context),
    }),
  },
  {
    code: 'schema-violation',
    pattern: /values don't meet the specifications of the schema\(s\)[^\n]*\n(?<lines>[\s\S]*)/i,
    explain: (groups, context) => ({
      cause: `the values do not fit the chart's schema: ${toViolations(groups('lines'), context)}`,
      hint: `Correct these values; values.schema.json in the chart has the rules.${TEXT_FOR_OTHER.test(groups('lines')) ? FROM_SET : ''}`,
    }),
  },
  {
    code: 'values-refused',
    pattern:
      /execution error at \((?<file>[^:)]+)(?::(?<line>\d+))?(?::(?<column>\d+))?\): (?<said>[\s\S]*)/,
    explain: (groups, context) => ({
      cause: `the chart says: ${groups('said')}`,
      hint: 'Set the values so that the chart accepts them.',
      at: toPlace(groups('file'), context, { line: groups('line'), column: groups('column') }),
    }),
  },
  {
    code: 'template-error',
    pattern: /(?<text>\S+:\d+(?::\d+)?:?\s+executing "[\s\S]*)/,
    explain: (groups, context) => explainFrames(groups('text'), context),
  },
  {
    code: 'template-error',
    pattern: /parse error at \((?<file>[^:)]+):(?<line>\d+)\): (?<said>[^\n]*)/,
    explain: (groups, context) => ({
      cause: `${where(groups('file'), groups('line'), context)} is not a valid template: ${groups('said')}`,
      hint: 'Correct the template there.',
      at: toPlace(groups('file'), context, { line: groups('line') }),
    }),
  },
  {
    code: 'template-error',
    pattern:
      /YAML parse error on (?<file>[^:\n]+): [^\n]*cannot unmarshal (?<type>\w+) into Go value/,
    explain: (groups, context) => ({
      cause: `${where(groups('file'), '', context)} renders a document that is no map (${groups('type')})`,
      hint: 'Run `helm template --debug` to see the text, and correct the template.',
      at: toPlace(groups('file'), context),
    }),
  },
  {
    code: 'template-error',
    pattern:
      /YAML parse error on (?<file>[^:\n]+): (?:error converting YAML to JSON: )?(?<said>[^\n]*)/,
    explain: (groups, context) => ({
      cause: `${where(groups('file'), '', context)} does not render to valid YAML: ${groups('said')}`,
      hint: 'Run `helm template --debug` to see the text; its lines are not those of the template.',
      at: toPlace(groups('file'), context),
    }),
  },
];

/** A template calls others: every frame names where it was, and the last one is the cause. */
const FRAME =
  /(?<file>[^\s:]+):(?<line>\d+)(?::(?<column>\d+))?:?\s+executing "[^"\n]*" at <(?<expression>[^\n]*?)>:\s*/g;

function explainFrames(text: string, context: HelmErrorContext): Explanation {
  const frames = [...text.matchAll(FRAME)];
  const last = frames.at(-1);
  // The text given to `tpl` is no file: then the place is where `tpl` was called.
  const placed = frames.findLast((frame) => toFile(frame.groups?.['file'] ?? '', context)) ?? last;
  const { file = '', line = '', column = '' } = placed?.groups ?? {};
  const expression = last?.groups?.['expression'] ?? '';
  const said = last ? text.slice(last.index + last[0].length) : text;
  const missing = /no template "(?<name>[^"\n]+)" associated with template/.exec(said)?.groups?.[
    'name'
  ];
  return {
    cause: `${where(file, line, context)}: ${expression && `\`${expression}\`: `}${missing ? `there is no template "${missing}"` : said}`,
    hint: missing ? MISSING_TEMPLATE : toHint(expression, said),
    at: toPlace(file, context, { line, column }),
  };
}

const MISSING_TEMPLATE =
  'Correct its name, define it in a file of `templates/`, or add the chart that has it to the dependencies.';

/** `nil pointer evaluating interface {}.tag` at `.Values.image.tag` means that `image` has no value. */
function toHint(expression: string, said: string): string {
  const field = /nil pointer evaluating \S.*\.(\w+)\s*$/.exec(said.trim())?.[1];
  const path = /\.Values\.([\w.]+)/.exec(expression)?.[1]?.split('.') ?? [];
  const parent = field ? path.slice(0, path.indexOf(field)).join('.') : '';
  if (parent === '') return 'Correct the template there, or set the values that it reads.';
  return `Set \`${parent}\` in the values: it is empty, and the template reads \`${field}\` from it.`;
}

function where(file: string, line: string, context: HelmErrorContext): string {
  return `${toFile(file, context) ?? file}${line && `, line ${line}`}`;
}

const MOST_VIOLATIONS = 5;

/** `path: rule` of each violation; a rule that only sums up those below it is left out. */
function toViolations(lines: string, { chart }: HelmErrorContext): string {
  const violations: string[] = [];
  let owner = '';
  for (const line of lines.split('\n')) {
    owner = /^(\S.*):$/.exec(line)?.[1] ?? owner;
    const said = /^\s*- (.*)$/.exec(line)?.[1];
    if (said === undefined || said.endsWith(': validation failed')) continue;
    violations.push(
      `${owner === chart.name || !owner ? '' : `chart ${owner}: `}${toViolation(said)}`,
    );
  }
  const more = violations.length - MOST_VIOLATIONS;
  // helm lists them in another order each time.
  const shown = violations.toSorted().slice(0, MOST_VIOLATIONS).join('; ');
  // Without a list the schema itself is at fault.
  return `${shown || lines}${more > 0 ? `; and ${more} more` : ''}`;
}

/** Helm 4 (and 3.18.5) writes `at '/image/tag': …`, earlier ones `image.tag: …`. Values stay untold. */
function toViolation(said: string): string {
  const pointer = /^at '([^']*)': (.*)$/.exec(said);
  const [path, rule] = pointer
    ? [toDotted(pointer[1] ?? ''), pointer[2] ?? '']
    : ['', said.replace(/^\(root\): /, '')];
  return `${path && `${path}: `}${rule.replace(/^'.*' (does not match|is not valid)/, 'its text $1')}`;
}

/** A JSON pointer (RFC 6901) as the dotted path that values are written with. */
function toDotted(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .join('.');
}
