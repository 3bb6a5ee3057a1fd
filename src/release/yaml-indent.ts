/** More than any document is indented; spaces at the start of such a line mean nothing to YAML. */
const INDENT = ' '.repeat(100);

/**
 * go-yaml lets quotes and brackets go on in lines of any indentation, as `"{{ .Values.text }}"` renders
 * them; the library wants these lines indented. Given its complaint, the text with such lines indented
 * up to the next character that may close; undefined when there is none, or the complaint is another.
 */
export function indentContinuation(
  text: string,
  { message, pos }: { readonly message: string; readonly pos: readonly [number, number] },
): string | undefined {
  const [, quote, bracket] = /^Missing closing (.)quote|end with a (.)$/.exec(message) ?? [];
  const closing = quote ?? bracket;
  if (closing === undefined) return undefined;
  const start = lineStart(text, pos[0]);
  const end = text.indexOf(closing, start);
  if (start === 0 || end < 0) return undefined;
  return (
    text.slice(0, start) +
    text.slice(start, end + 1).replaceAll(/^/gm, INDENT) +
    text.slice(end + 1)
  );
}

/** A quote is missed at the end of the line before, a bracket at the first token of the line itself. */
function lineStart(text: string, offset: number): number {
  return (text[offset] === '\n' ? offset : text.lastIndexOf('\n', offset - 1)) + 1;
}
