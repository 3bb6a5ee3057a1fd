import { cleanText, clip } from '../text.ts';
import { longestRun } from './inline.ts';

/** Foreign text in a fence that is longer than any run of backticks inside. */
export function fence(text: string, info: 'diff' | 'text' | 'sh'): string {
  const clean = cleanText(text)
    .split('\n')
    .map((line) => clip(line))
    .join('\n');
  const marks = '`'.repeat(Math.max(3, longestRun(clean) + 1));
  return `${marks}${info}\n${clean}\n${marks}`;
}

/** Rows of ready Markdown, aligned left, header too; an empty string when there are none. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(header), line(header.map(() => ':---')), ...rows.map(line)].join('\n');
}

/** A pipe ends a cell even inside a code span, and behind two backslashes. */
function cell(markdown: string): string {
  return markdown.replace(/\n/g, ' ').replace(/\\*\|/g, '\\|');
}

/** A section that opens on a click; the summary is ready HTML, the body Markdown. */
export function details(summary: string, body: string, state: 'open' | 'closed'): string {
  const tag = state === 'open' ? '<details open>' : '<details>';
  return `${tag}<summary>${summary}</summary>\n\n${body}\n\n</details>`;
}

/** GitHub's coloured box. */
export function alert(kind: 'CAUTION' | 'WARNING' | 'NOTE', lines: readonly string[]): string {
  return `> [!${kind}]\n${lines.map((line) => `> ${line}`).join('\n>\n')}`;
}

/** Blocks with an empty line in between; empty ones leave no trace. */
export function page(blocks: readonly string[]): string {
  return blocks.filter((block) => block !== '').join('\n\n');
}
