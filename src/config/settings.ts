import { DeployError } from '../errors.ts';
import { parseEach } from './gather.ts';
import type { Line } from './given.ts';

interface Setting {
  readonly path: readonly string[];
  /** The path as the user wrote it, for messages. */
  readonly written: string;
  readonly value: string;
}

/** A map of names to texts or further maps. A Map, because names are foreign: `__proto__` is one like any other. */
type Tree = Map<string, string | Tree>;

/** A dot with an even number of backslashes before it, or none: one that separates names. */
const SEPARATOR = /(?<!(?<!\\)(?:\\\\)*\\)\./;

/**
 * The lines of `set`, nested. Values are never part of a message, because they may be secret.
 * Throws for every line that cannot be read, or contradicts one before it.
 */
export function parseSettings(lines: readonly Line[]): Readonly<Record<string, unknown>> {
  const settings = parseEach(lines, parseSetting);
  const tree: Tree = new Map();
  parseEach(settings, (setting) => insert(tree, setting.path, setting));
  return toRecord(tree);
}

/** `dotted.path=value`: the value starts after the first `=` without a backslash before it. */
export function parseSetting(line: Line): Setting {
  const [, left, value] = /^((?:\\.|[^\\=])*)=(.*)$/s.exec(line.text) ?? [];
  if (left === undefined || value === undefined) {
    throw invalid(
      `Line ${line.number} of \`set\` has no \`=\`.`,
      'Write `dotted.path=value`, one a line; a value of several lines goes into `values-inline`.',
    );
  }
  const written = left.trim();
  const path = written.split(SEPARATOR).map((name) => name.replaceAll(/\\(.)/gs, '$1'));
  if (path.includes('')) {
    throw invalid(
      `Line ${line.number} of \`set\` has an empty name in its path \`${written}\`.`,
      'Write names with single dots between them, such as `image.tag=1.2.3`.',
    );
  }
  if (path.some((name) => /\[-?\d*\]$/.test(name))) {
    throw invalid(
      `Line ${line.number} of \`set\` has an index in its path \`${written}\`, and helm cannot change one item of a list.`,
      'Write the whole list in `values-inline`.',
    );
  }
  return { path, written, value: value.trim() };
}

function insert(tree: Tree, [name = '', ...rest]: readonly string[], setting: Setting): void {
  const existing = tree.get(name);
  if (rest.length === 0) {
    if (existing !== undefined) throw conflict(setting);
    tree.set(name, setting.value);
    return;
  }
  const below = existing ?? new Map();
  if (typeof below === 'string') throw conflict(setting);
  tree.set(name, below);
  insert(below, rest, setting);
}

function conflict(setting: Setting): DeployError {
  return invalid(
    `\`set\` gives \`${setting.written}\` twice, or once a value and once names below it.`,
    'Keep one of the lines.',
  );
}

function toRecord(tree: Tree): Record<string, unknown> {
  return Object.fromEntries(
    [...tree].map(([name, below]) => [name, below instanceof Map ? toRecord(below) : below]),
  );
}

function invalid(message: string, hint: string): DeployError {
  return new DeployError('set-invalid', message, { hint });
}
