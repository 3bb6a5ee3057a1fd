import { DeployError, type Place } from '../../errors.ts';
import { parseEach } from '../gather.ts';
import type { Line } from '../given.ts';

/** One value by its dotted path. */
export interface Setting {
  readonly path: readonly string[];
  /** The path as the user wrote it, for messages. */
  readonly written: string;
  readonly value: unknown;
  /** Where it stands in slipway.yaml; undefined for an input. */
  readonly at?: Place | undefined;
}

/** A map of names to texts or further maps. A Map, because names are foreign: `__proto__` is one like any other. */
type Tree = Map<string, Leaf | Tree>;

interface Leaf {
  readonly value: unknown;
}

/** A dot with an even number of backslashes before it, or none: one that separates names. */
const SEPARATOR = /(?<!(?<!\\)(?:\\\\)*\\)\./;

/**
 * Settings of the field `field`, nested. Values are never part of a message, because they may be secret.
 * Throws for every one that contradicts one before it.
 */
export function nest(
  settings: readonly Setting[],
  field: string,
): Readonly<Record<string, unknown>> {
  const tree: Tree = new Map();
  parseEach(settings, (setting) => insert(tree, setting.path, { ...setting, field }));
  return toRecord(tree);
}

/** A line of the input `set`, `dotted.path=value`: the value starts after the first `=` without a backslash before it. */
export function parseSettingLine(line: Line): Setting {
  const [, left, value] = /^((?:\\.|[^\\=])*)=(.*)$/s.exec(line.text) ?? [];
  if (left === undefined || value === undefined) {
    throw invalid(
      `Line ${line.number} of \`set\` has no \`=\`.`,
      'Write `dotted.path=value`, one a line; a value of several lines goes into `values-inline`.',
    );
  }
  return parseSetting(left.trim(), value.trim(), `Line ${line.number} of \`set\``);
}

/** `where`: how a message calls what holds the path. */
export function parseSetting(written: string, value: unknown, where: string): Setting {
  const path = written.split(SEPARATOR).map((name) => name.replaceAll(/\\(.)/gs, '$1'));
  if (path.includes('')) {
    throw invalid(
      `${where} has an empty name in its path \`${written}\`.`,
      'Write names with single dots between them, such as `image.tag=1.2.3`.',
    );
  }
  if (path.some((name) => /\[-?\d*\]$/.test(name))) {
    throw invalid(
      `${where} has an index in its path \`${written}\`, and helm cannot change one item of a list.`,
      'Write the whole list in `values-inline`.',
    );
  }
  return { path, written, value };
}

type Told = Setting & { readonly field: string };

function insert(tree: Tree, [name = '', ...rest]: readonly string[], setting: Told): void {
  const existing = tree.get(name);
  if (rest.length === 0) {
    if (existing !== undefined) throw conflict(setting);
    tree.set(name, { value: setting.value });
    return;
  }
  const below = existing ?? new Map();
  if (!(below instanceof Map)) throw conflict(setting);
  tree.set(name, below);
  insert(below, rest, setting);
}

function conflict(setting: Told): DeployError {
  return invalid(
    `\`${setting.field}\` gives \`${setting.written}\` twice, or once a value and once names below it.`,
    'Keep one of the lines.',
    setting.at,
  );
}

function toRecord(tree: Tree): Record<string, unknown> {
  return Object.fromEntries(
    [...tree].map(([name, below]) => [name, below instanceof Map ? toRecord(below) : below.value]),
  );
}

function invalid(message: string, hint: string, at?: Place): DeployError {
  return new DeployError('set-invalid', message, { hint, at });
}
