import type { Change, FieldChange } from '../plan/plan.ts';
import { deletesData } from './changes.ts';
import { clip, plural } from './text.ts';
import { toValueLines } from './values.ts';

/** Fields whose new value says most about a change; told in full where there is one line only. */
const TELLING = /(^|\.)(image|replicas|storage|schedule|type|host)$/;
const MAX_TOLD = 2;
const MAX_CREATED = 3;
const MAX_KEYS = 3;
const MAX_VALUE = 60;

/** `airbyte/web`; the name alone for what has no namespace. */
export function objectName({ ref }: Change): string {
  return ref.namespace === '' ? ref.name : `${ref.namespace}/${ref.name}`;
}

/** The change in a few words: `image web:1.0 → web:1.1, 2 more fields`; keys alone for a Secret. */
export function tellFields(change: Change): string {
  const { action, fields } = change;
  if (fields.length === 0) return '';
  if (action === 'create') return tellCreated(fields);
  const [first] = fields;
  if (first && !isTelling(first) && !first.secret && fields.every((one) => isSame(one, first))) {
    return tellOnly(first);
  }
  const telling = fields.filter(isTelling).slice(0, MAX_TOLD);
  const rest = fields.length - telling.length;
  const told = telling.map((field) => `${lastName(field.path)} ${tellMarked(field)}`);
  const secrets = fields.filter(({ secret }) => secret);
  if (secrets.length > 0 && told.length === 0) {
    const others = rest - secrets.length;
    return `${tellKeys(secrets)}${others > 0 ? `, ${plural(others, 'more field')}` : ''}`;
  }
  const more = told.length === 0 ? plural(rest, 'field') : `${plural(rest, 'more field')}`;
  return [...told, ...(rest > 0 ? [more] : [])].join(', ');
}

/** `path: old → new` in one line, for the log; of a new object the value alone. */
export function tellField({ action }: Change, field: FieldChange): string {
  const isPlain = action === 'create' && field.new !== undefined && !field.secret;
  return `${field.path}: ${isPlain ? oneLine(field.new) : tellValue(field)}`;
}

/** What the change does beyond the object itself. */
export function tellEffects(change: Change): readonly string[] {
  const { hook, keptBy, restartsPods } = change;
  const readers = keptBy.map(({ kind, name }) => `${kind} ${name}`).join(', ');
  return [
    ...(deletesData(change) ? ['deleted with its data'] : []),
    ...(restartsPods ? ['restarts pods'] : []),
    ...(hook.length > 0 ? [`hook ${hook.join(', ')}`] : []),
    ...(keptBy.length > 0 ? [`not reread by pods of ${readers}`] : []),
  ];
}

/** What a new object is: `image web:1.0, replicas 3`; the keys of a ConfigMap or Secret. */
function tellCreated(fields: readonly FieldChange[]): string {
  const telling = fields.filter(isTelling).slice(0, MAX_CREATED);
  const told = telling.map((field) => `${lastName(field.path)} ${tellNew(field)}`);
  if (told.length > 0) return told.join(', ');
  if (fields.some(({ secret }) => secret)) return tellKeys(fields);
  const keys = fields.slice(0, MAX_KEYS).map(({ path }) => `\`${lastName(path)}\``);
  const more = fields.length - keys.length;
  return `${keys.join(', ')}${more > 0 ? ` and ${plural(more, 'more key')}` : ''}`;
}

/** The same name, and the same values: labels of an object are those of its pods, too. */
function isSame(one: FieldChange, other: FieldChange): boolean {
  return (
    lastName(one.path) === lastName(other.path) && one.old === other.old && one.new === other.new
  );
}

/** The one field that an update changes, by name; a text of several lines is in the diff. */
function tellOnly(field: FieldChange): string {
  const isLong = [field.old, field.new].some((v) => v !== undefined && toValueLines(v).length > 1);
  return `\`${lastName(field.path)}\` ${isLong ? verbOf(field) : tellMarked(field)}`;
}

function verbOf({ old, new: now }: FieldChange): string {
  if (old === undefined) return 'added';
  return now === undefined ? 'removed' : 'changed';
}

function tellKeys(fields: readonly FieldChange[]): string {
  const keys = fields
    .slice(0, MAX_KEYS)
    .map(({ path, secret }) => `\`${lastName(path)}\` ${secret}`);
  const more = fields.length - keys.length;
  return `${keys.join(', ')}${more > 0 ? ` and ${plural(more, 'more key')}` : ''} (values hidden)`;
}

/** Old and new as code; of two images only what differs and the name before it. */
function tellMarked(field: FieldChange): string {
  const [before, after] = [field.old, field.new].map((v) => (v === undefined ? v : oneLine(v)));
  const folder = before?.slice(0, before.lastIndexOf('/') + 1) ?? '';
  const isSame = field.path.endsWith('image') && folder !== '' && after?.startsWith(folder);
  const mark = (value: string) => `\`${isSame ? value.slice(folder.length) : value}\``;
  if (before === undefined) return `${mark(after ?? '')} (new)`;
  return after === undefined ? `${mark(before)} (removed)` : `${mark(before)} → ${mark(after)}`;
}

/** Of a new object the name of the image, without its registry. */
function tellNew({ path, new: value = '' }: FieldChange): string {
  const line = oneLine(value);
  return `\`${path.endsWith('image') ? line.slice(line.lastIndexOf('/') + 1) : line}\``;
}

function isTelling(field: FieldChange): boolean {
  return TELLING.test(field.path) && !field.secret;
}

function tellValue(field: FieldChange): string {
  if (field.secret) return `${field.secret} (value hidden)`;
  const before = field.old === undefined ? undefined : oneLine(field.old);
  const after = field.new === undefined ? undefined : oneLine(field.new);
  if (before === undefined) return `${after} (new)`;
  return after === undefined ? `${before} (removed)` : `${before} → ${after}`;
}

function oneLine(value: string): string {
  const lines = toValueLines(value);
  return lines.length > 1 ? `(${lines.length} lines)` : clip(lines[0] ?? '', MAX_VALUE);
}

/** `data["a.b"]` → a.b, `spec.replicas` → replicas, `env[LOG_LEVEL].value` → LOG_LEVEL. */
function lastName(path: string): string {
  const quoted = /\["((?:[^"\\]|\\.)*)"\]$|\[([^"\]]+)\]\.value$/.exec(path);
  return quoted?.[1] ?? quoted?.[2] ?? path.slice(path.lastIndexOf('.') + 1);
}
