/** How the demo looks: colours where the terminal has them (NO_COLOR is respected), lines that fit it. */
import { stripVTControlCharacters, styleText } from 'node:util';

export type Style = Parameters<typeof styleText>[0];

/** Wider lines are hard to read, also where there is room. */
const MAX_WIDTH = 120;
/** Breaking lines for fewer makes them harder to read, not easier. */
const MIN_WIDTH = 40;

export function paint(style: Style, text: string): string {
  return text === '' ? '' : styleText(style, text);
}

/** Columns to use; without a terminal, or when it does not tell, lines stay as long as they are. */
export function terminalWidth(): number {
  const columns = process.stdout.columns ?? 0; // undefined in a pipe, 0 in some pseudo-terminals
  return columns < MIN_WIDTH ? Infinity : Math.min(columns, MAX_WIDTH);
}

/** Columns that a text takes: emoji take two. */
export function widthOf(text: string): number {
  const visible = stripVTControlCharacters(text).replaceAll('\u200b', '');
  const wide = visible.match(/\p{Emoji_Presentation}/gu)?.length ?? 0;
  return [...visible].length + wide;
}

/** Breaks at spaces, with continuing lines as far to the right as the first. Words are never broken. */
export function wrap(text: string, width: number): string {
  return text
    .split('\n')
    .map((line) => wrapLine(line, width))
    .join('\n');
}

function wrapLine(line: string, width: number): string {
  if (widthOf(line) <= width) return line;
  // Behind the mark of a list or of a quotation as well.
  const margin = /^\s*(?:[^\w\s] )?/u.exec(stripVTControlCharacters(line))?.[0].length ?? 0;
  const [first = '', ...words] = line.split(' ');
  const lines = [first];
  for (const word of words) {
    const longer = `${lines.at(-1)} ${word}`;
    const isFull = widthOf(longer) > width && widthOf(lines.at(-1) ?? '') > margin;
    if (isFull) lines.push(`${' '.repeat(margin)}${word}`);
    else lines[lines.length - 1] = longer;
  }
  return lines.join('\n');
}

/** Every line moved to the right. */
export function indent(text: string, by = '  '): string {
  return text.replace(/^(?=.)/gm, by);
}

/** Text on the screen, within the terminal's width and a margin. */
export function say(text = ''): void {
  show(wrap(text, terminalWidth() - 4));
}

/** Lines on the screen as they are, behind the same margin. */
export function show(text: string): void {
  console.log(indent(text));
}

/** `── 3 of 6 · A pull request ────────`. */
export function sayRule(count: string, title: string): void {
  const length = Math.min(terminalWidth(), 100) - widthOf(count) - widthOf(title) - 9;
  const rule = paint('cyan', '─'.repeat(Math.max(3, length)));
  console.log(`${paint('cyan', `── ${count} ·`)} ${paint('bold', title)} ${rule}`);
}
