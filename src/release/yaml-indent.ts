/** More than any document is indented; spaces at the start of such a line mean nothing to YAML. */
const INDENT = ' '.repeat(100);

/** From inside a quoted text, or a collection, up to what closes it; for a collection, perhaps less. */
const REST: Readonly<Record<string, RegExp>> = {
  '"': /(?:[^"\\]|\\[\s\S])*"/y,
  "'": /(?:[^']|'')*'/y,
  ']': /[^\]]*\]/y,
  '}': /[^}]*\}/y,
};

/**
 * go-yaml lets quotes and brackets go on in lines of any indentation, as `"{{ .Values.text }}"` renders
 * them; the library wants these lines indented. Given its complaint, the text with such lines indented;
 * undefined when that is not what is wrong.
 */
export function indentContinuation(
  text: string,
  { message, pos }: { readonly message: string; readonly pos: readonly [number, number] },
): string | undefined {
  const [, quote, bracket] = /^Missing closing (.)quote|end with a (.)$/.exec(message) ?? [];
  const rest = REST[quote ?? bracket ?? ''];
  const start = lineStart(text, pos[0]);
  // A line that is indented already is not what the library misses.
  if (!rest || start === 0 || text.startsWith(INDENT, start)) return undefined;
  rest.lastIndex = start;
  const lines = rest.exec(text)?.[0];
  if (lines === undefined) return undefined;
  return text.slice(0, start) + lines.replaceAll(/^/gm, INDENT) + text.slice(start + lines.length);
}

/** A quote is missed at the end of the line before, a bracket at the first token of the line itself. */
function lineStart(text: string, offset: number): number {
  return (text[offset] === '\n' ? offset : text.lastIndexOf('\n', offset - 1)) + 1;
}
