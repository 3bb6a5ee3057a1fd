/** How the demo looks: colours where the terminal has them (NO_COLOR is respected), lines that fit it. */
import { stripVTControlCharacters, styleText } from 'node:util';

export type Style = Parameters<typeof styleText>[0];

/** Wider lines are hard to read, also where there is room. */
const MAX_WIDTH = 120;

export function paint(style: Style, text: string): string {
  return text === '' ? '' : styleText(style, text);
}

/** Columns to use; a file or a pipe gets lines as long as they are. */
export function terminalWidth(): number {
  return process.stdout.isTTY ? Math.min(process.stdout.columns, MAX_WIDTH) : Infinity;
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
  const indent = /^\s*(?:[^\w\s] )?/u.exec(line)?.[0] ?? '';
  const margin = ' '.repeat(widthOf(indent));
  const lines: string[] = [];
  let current = indent;
  for (const word of line.slice(indent.length).split(' ')) {
    const isFull = current.trim() !== '' && widthOf(current) + 1 + widthOf(word) > width;
    if (isFull) lines.push(current);
    current = isFull ? `${margin}${word}` : `${current}${isBlank(current) ? '' : ' '}${word}`;
  }
  return [...lines, current].join('\n');
}

function isBlank(text: string): boolean {
  return text.endsWith(' ') || text === '';
}

/** Every line moved to the right. */
export function indent(text: string, by = '  '): string {
  return text.replace(/^(?=.)/gm, by);
}

/** A block on the screen, within the terminal's width and a margin. */
export function say(text = ''): void {
  const fitting = wrap(text, terminalWidth() - 4);
  console.log(indent(fitting));
}

/** `── 3 of 6 · A pull request ────────`. */
export function sayTitle(count: string, title: string): void {
  const length = Math.min(terminalWidth(), 100) - widthOf(count) - widthOf(title) - 9;
  const rule = paint('cyan', '─'.repeat(Math.max(3, length)));
  const told = `${paint('cyan', `── ${count} ·`)} ${paint('bold', title)} ${rule}`;
  console.log(`\n\n${told}\n`);
}
