import { findInput, type InputName } from './inputs.ts';

/** The inputs as the user wrote them. */
export interface Given {
  /** Without surrounding blank space; the default when nothing was given, empty without one. */
  text(name: InputName): string;
  /** As it was written, for YAML, in which indentation and line numbers mean something. */
  raw(name: InputName): string;
  /** Trimmed; without blank lines and those that start with `#`. */
  lines(name: InputName): readonly Line[];
  /** Given, and not what action.yml says by default: the runner passes defaults like any value. */
  has(name: string): boolean;
  readonly names: readonly string[];
}

export interface Line {
  /** Counted from 1, with the lines that are left out. */
  readonly number: number;
  readonly text: string;
}

/** `inputs`: names in lower case with what the runner passes, as `readInputs` takes them. */
export function toGiven(inputs: ReadonlyMap<string, string>): Given {
  const trimmed = (name: string): string => (inputs.get(name) ?? '').trim();
  const text = (name: InputName): string => trimmed(name) || defaultOf(name);
  return {
    text,
    raw: (name) => inputs.get(name) ?? '',
    lines: (name) =>
      (inputs.get(name) ?? '')
        .split('\n')
        .map((line, index) => ({ number: index + 1, text: line.trim() }))
        .filter((line) => line.text !== '' && !line.text.startsWith('#')),
    has: (name) => trimmed(name) !== '' && trimmed(name) !== defaultOf(name),
    names: [...inputs.keys()],
  };
}

/** An expression such as `${{ github.token }}` is filled in by the runner; outside of it there is none. */
function defaultOf(name: string): string {
  const text = findInput(name)?.default ?? '';
  return text.startsWith('${{') ? '' : text;
}
