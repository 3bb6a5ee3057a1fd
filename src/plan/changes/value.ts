import { resolveScalar } from '../../release/yaml-scalar.ts';

/**
 * A value as a reader is shown it: text as it is, unless YAML would take it for something else or
 * its spaces would be lost; then, and for everything that is not text, JSON on one line.
 */
export function toShown(value: unknown): string {
  return typeof value === 'string' && isPlain(value) ? value : JSON.stringify(value);
}

function isPlain(text: string): boolean {
  if (text.trim().includes('\n')) return true;
  // Begins like a quoted text, a map or a list in JSON.
  return text !== '' && text === text.trim() && !/^["{[]/.test(text) && isTextToYaml(text);
}

function isTextToYaml(text: string): boolean {
  try {
    return resolveScalar({ text, tag: undefined, plain: true }) === text;
  } catch {
    return false;
  }
}
