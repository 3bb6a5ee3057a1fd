import type { Place } from '../errors.ts';

/** What we know about the call of helm that failed. */
export interface HelmErrorContext {
  /** What was being done, as a sentence begins: `Rendering chart charts/app`, `Upgrading airbyte`. */
  readonly doing: string;
  readonly release: string;
  readonly namespace: string;
  /** The chart's name as its Chart.yaml has it, and its folder relative to the repository. */
  readonly chart: { readonly name: string; readonly folder: string };
}

export interface Explanation {
  /** Goes after `… failed: `. */
  readonly cause: string;
  readonly hint: string;
  readonly at?: Place | undefined;
}

/** The named groups of a pattern; empty for a group that took no part. */
export type Groups = (name: string) => string;

/** One kind of failure, by the words that helm has for it. */
export interface Rule<Context = HelmErrorContext> {
  readonly code: string;
  readonly pattern: RegExp;
  readonly explain: (groups: Groups, context: Context) => Explanation;
}

export function applyRule<Context>(
  { pattern, explain }: Rule<Context>,
  text: string,
  context: Context,
): Explanation | undefined {
  const match = pattern.exec(text);
  return match ? explain((name) => match.groups?.[name] ?? '', context) : undefined;
}

/** Long enough for a sentence of helm's, too short for a manifest in it. */
const LONGEST = 400;

/** On one line, at most 400 characters, ending with one full stop. */
export function toSentence(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim().replace(/\.+$/, '');
  return `${line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line}.`;
}

/**
 * `app/templates/b.yaml` as a file of the repository: helm begins its paths with the chart's name.
 * Undefined for a text that is no file, such as the argument of `tpl`.
 */
export function toFile(path: string, { chart }: HelmErrorContext): string | undefined {
  if (!path.startsWith(`${chart.name}/`)) return undefined;
  const folder = chart.folder.replace(/^(?:\.\/)+/, '').replace(/\/+$/, '');
  const rest = path.slice(chart.name.length + 1);
  return folder === '' || folder === '.' ? rest : `${folder}/${rest}`;
}

/** The place of a file of the chart, when the path is one. */
export function toPlace(
  path: string,
  context: HelmErrorContext,
  position: { line?: string; column?: string } = {},
): Place | undefined {
  const file = toFile(path, context);
  if (file === undefined) return undefined;
  const { line, column } = position;
  return {
    file,
    ...(line && { line: Number(line) }),
    // helm's columns count from 0 (https://pkg.go.dev/text/template/parse#Tree.ErrorContext).
    ...(column && { column: Number(column) + 1 }),
  };
}
