import type { FieldPath } from '../../fields.ts';

/** A path as messages show it: `releases.api.values[0]`, in backticks. */
export function showPath(path: FieldPath): string {
  return `\`${joinPath(path)}\``;
}

export function joinPath(path: FieldPath): string {
  return path.reduce<string>((before, key) => {
    if (typeof key === 'number') return `${before}[${key}]`;
    const name = /^[\w$<>-]+$/.test(key) ? key : `"${shorten(key)}"`;
    return before === '' ? name : `${before}.${name}`;
  }, '');
}

/** Foreign text within one line of a message, where backticks have a meaning. `most`: characters. */
export function shorten(text: string, most = 60): string {
  const line = text.replaceAll(/[\s`\p{Cc}]+/gu, ' ').trim();
  return line.length > most ? `${line.slice(0, most - 1)}…` : line;
}
