/** Text that helm's YAML parser would refuse. Line and column count from 1. */
export class YamlError extends Error {
  readonly line: number;
  readonly column: number;
  /** The message without its place. */
  readonly reason: string;

  constructor(reason: string, { line, column }: { line: number; column: number }) {
    super(`line ${line}, column ${column}: ${reason}`);
    this.name = 'YamlError';
    this.line = line;
    this.column = column;
    this.reason = reason;
  }
}

/** Where an offset is in a text. */
export function toPosition(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}

/** The quote or bracket that the library did not find, by its message. */
export function findMissing(reason: string): string | undefined {
  const [, quote, bracket] =
    /^Missing closing (.)quote|(?:indented and|must) end with a (.)$/.exec(reason) ?? [];
  return quote ?? bracket;
}
