/*
 * Foreign text (pod logs, events, helm's words, values) made harmless for any reader: nothing that
 * colours, moves the cursor, reverses the direction of writing or hides characters.
 */

/** Longer sentences and lines are clipped; the rest is counted. */
export const MAX_LINE = 1000;

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must go
const ANSI = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must go
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;
/** Marks of direction (Trojan Source, CVE-2021-42574), zero-width characters, line separators. */
const INVISIBLE = /[\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]/g;

/** Several lines, made harmless; tabs stay. */
export function cleanText(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(ANSI, '')
    .replace(CONTROL, '')
    .replace(INVISIBLE, '');
}

/** One line, made harmless: every kind of white space is one blank. */
export function cleanLine(text: string): string {
  return cleanText(text.replace(/[\u2028\u2029]/g, ' '))
    .replace(/\s+/g, ' ')
    .trim();
}

/** At most so many characters, and how many were left out; never half a character. */
export function clip(text: string, max = MAX_LINE): string {
  if (text.length <= max) return text;
  const kept = text.slice(0, max).replace(/[\ud800-\udbff]$/, '');
  return `${kept}… (${text.length - kept.length} more characters)`;
}

/** `1 object`, `3 objects`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** The text with a capital at its beginning. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
