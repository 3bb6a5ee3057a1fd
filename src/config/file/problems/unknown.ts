import type { Problem } from '../../../errors.ts';
import { editDistance, findNearest } from '../../../nearest.ts';
import type { FieldPath } from '../../fields.ts';
import { findInput } from '../../inputs.ts';
import type { DocumentTree } from '../document-tree.ts';
import { hintForPlaceholder } from './hints.ts';
import { describeHome, findHomes } from './homes.ts';
import { LATER_FIELDS, NESTED, OURS } from './other-names.ts';
import { shorten, showPath } from './path.ts';
import { findSchema, joinWords, toOptions, toShape } from './words.ts';

/** A key that the schema does not have where it stands. */
export interface UnknownKey {
  readonly key: string;
  /** Of the map that holds it. */
  readonly path: FieldPath;
  /** The map itself. */
  readonly parent: unknown;
  readonly tree: DocumentTree;
}

type Advice = Pick<Problem, 'message' | 'hint'>;

/** Names the key, and where it belongs or what was meant by it. */
export function explainUnknown(unknown: UnknownKey): Problem {
  const { key, path, tree } = unknown;
  const at = tree.at([...path, key]);
  const later = explainLater(key, path);
  const advice = later ?? { message: describe(unknown), hint: adviseOn(unknown) };
  return { code: 'config-unknown-field', ...advice, at };
}

function describe({ key, path, tree }: UnknownKey): string {
  const where = path.length > 0 ? showPath(path) : `\`${tree.file}\``;
  return `${where} has the field \`${shorten(key)}\`, which does not belong there.`;
}

function adviseOn({ key, path, parent }: UnknownKey): string {
  const unquoted = hintForPlaceholder(path, parent);
  if (unquoted !== undefined) return unquoted;
  const siblings = fieldsAt(path);
  const kebab = toKebab(key);
  if (siblings.includes(kebab)) {
    return kebab === key
      ? `Keep \`${key}\` or the other fields: they exclude each other.`
      : `Write \`${kebab}\`.`;
  }
  const [nearest] = findNearest(kebab, siblings);
  const meant = nearest && `Did you mean \`${nearest}\`?`;
  return (
    (isTypo(kebab, nearest) ? meant : undefined) ??
    findElsewhere(kebab, path) ??
    meant ??
    listFields(siblings)
  );
}

/** Fields that a later version has. */
function explainLater(key: string, path: FieldPath): Advice | undefined {
  if (!LATER_FIELDS.includes(key)) return undefined;
  return {
    message: `${showPath([...path, key])} is not available yet in this version of Slipway.`,
    hint: 'Remove it.',
  };
}

/** Where the schema has a field of this name, or what an input is called in the file. */
function findElsewhere(key: string, path: FieldPath): string | undefined {
  const ours = OURS.get(key);
  if (ours) return ours;
  const nested = NESTED.get(key);
  if (nested) return `Write \`${nested[1]}\` inside \`${nested[0]}\`.`;
  if (key === 'release') return 'The name of a release is its key in `releases`.';
  const homes = findHomes(key, path);
  if (homes.length > 0) return `\`${key}\` belongs in ${joinWords(homes.map(describeHome))}.`;
  return findInput(key)
    ? `\`${key}\` is an input: write it into the \`with:\` of the step.`
    : undefined;
}

function fieldsAt(path: FieldPath): readonly string[] {
  const schema = findSchema(path);
  return (schema ? toOptions(schema) : []).flatMap((option) => Object.keys(toShape(option)));
}

/** camelCase, snake_case and capitals. */
function toKebab(key: string): string {
  return key
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replaceAll('_', '-')
    .toLowerCase();
}

/** One slip; more may be another word that the file has elsewhere. */
function isTypo(key: string, nearest: string | undefined): boolean {
  return nearest !== undefined && editDistance(key, nearest) <= 1;
}

function listFields(fields: readonly string[]): string {
  const names = fields.map((field) => `\`${field}\``);
  return fields.length <= 8
    ? `Remove it, or use ${joinWords(names)}.`
    : 'Remove it; docs/slipway-yaml.md lists all fields.';
}
