import { code as codeSpan, inline, link as markdownLink, prose } from '../markdown/inline.ts';
import { cleanLine } from '../text.ts';

/** One sentence that log and Markdown both tell; names of things are marked, not decorated. */
export type Phrase = readonly Part[];
type Part =
  | { readonly type: 'text' | 'code' | 'strong'; readonly text: string }
  | { readonly type: 'link'; readonly text: string; readonly url: string };

/** Builds a phrase; plain values are taken as foreign text and escaped when rendered. */
export function say(
  strings: TemplateStringsArray,
  ...values: readonly (string | number | Part | Phrase)[]
): Phrase {
  return strings.flatMap((text, i) => [{ type: 'text', text } as const, ...toParts(values[i])]);
}

export const name = (text: string): Part => ({ type: 'code', text });
export const strong = (text: string): Part => ({ type: 'strong', text });
export const link = (text: string, url: string): Part => ({ type: 'link', text, url });

/** The phrase as plain text, one line. */
export function toPlain(phrase: Phrase): string {
  return cleanLine(phrase.map(partToPlain).join(''));
}

/** The phrase as Markdown, one line, foreign text escaped. */
export function toMarkdown(phrase: Phrase): string {
  return phrase.map(partToMarkdown).join('');
}

function partToPlain(part: Part): string {
  const isAddress = part.type === 'link' && part.text !== part.url;
  return isAddress ? `${part.text} (${part.url})` : part.text;
}

function partToMarkdown(part: Part): string {
  switch (part.type) {
    case 'code':
      return codeSpan(part.text);
    case 'strong':
      return `**${inline(part.text)}**`;
    case 'link':
      return markdownLink(part.text, part.url);
    default:
      return prose(part.text);
  }
}

function toParts(value: string | number | Part | Phrase | undefined): Phrase {
  if (value === undefined) return [];
  if (typeof value === 'string') return [{ type: 'text', text: value }];
  if (typeof value === 'number') return [{ type: 'text', text: String(value) }];
  return 'type' in value ? [value] : value;
}
