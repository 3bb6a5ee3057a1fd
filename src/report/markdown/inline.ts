import { cleanLine } from '../text.ts';

/** Breaks a mention, issue link or emoji without showing (as Dependabot does). */
const BREAK = '&#8203;';

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '|': '&#124;',
  $: '&#36;',
  '@': `@${BREAK}`,
  '#': `#${BREAK}`,
};

/** Foreign text inside a paragraph, a cell or a heading: shown as it is, never interpreted. */
export function inline(text: string): string {
  const start = /^\s/.test(text) ? ' ' : '';
  const end = /\S\s+$/.test(text) ? ' ' : '';
  const escaped = cleanLine(text)
    .replace(/[&<>|$@#]/g, (character) => ESCAPES[character] ?? character)
    .replace(/[\\`*[\]~]/g, '\\$&')
    // Within a word an underscore means nothing, and a backslash would break a URL.
    .replace(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, '\\_')
    // What would start a list or underline a heading.
    .replace(/^[-+=]/, '\\$&')
    .replace(/^(\d+)(?=[.)](\s|$))/, `$1${BREAK}`);
  return `${start}${escaped}${end}`;
}

/** A message with names in backticks: those become code spans, everything else is shown as it is. */
export function prose(text: string): string {
  const parts = text.split(/`([^`]+)`/);
  return parts.map((part, i) => (i % 2 === 1 ? code(part) : inline(part))).join('');
}

/** Foreign text as a code span; `table` takes care of pipes. */
export function code(text: string): string {
  const clean = cleanLine(text);
  if (clean === '') return '';
  const marks = '`'.repeat(longestRun(clean) + 1);
  const pad = clean.startsWith('`') || clean.endsWith('`') ? ' ' : '';
  return `${marks}${pad}${clean}${pad}${marks}`;
}

/** A link; without one when the address is not http(s). */
export function link(text: string, url: string): string {
  if (!/^https?:\/\/[^\s<>()[\]"'`\\|]+$/.test(url)) return inline(text);
  return `[${inline(text)}](${url})`;
}

/** Foreign text inside an HTML element such as `summary`, where Markdown is not read. */
export function html(text: string): string {
  return cleanLine(text)
    .replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replace(/[@#]/g, `$&${BREAK}`);
}

/** Length of the longest run of backticks. */
export function longestRun(text: string): number {
  return (text.match(/`+/g) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0);
}
