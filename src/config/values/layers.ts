import { DeployError } from '../../errors.ts';
import { resolvePath } from '../../paths.ts';
import type { FileLayer, SetLayer, ValuesLayer } from '../../release/spec.ts';
import { parseYamlMap } from '../../release/yaml-map.ts';
import type { FieldSource, Fields } from '../fields.ts';
import { parseAll, parseAt, parseEach } from '../gather.ts';
import type { Line } from '../given.ts';
import { fillIn } from '../placeholders.ts';
import { nest, parseSetting, parseSettingLine, type Setting } from './settings.ts';
import { parseValuesFile, type ValuesEntry, type ValuesPlace } from './values-files.ts';

/**
 * All values in helm's order (helm.md §1.1): files, inline, then by dotted path; later wins. What
 * several sources say by map or path are layers of their own, so that helm merges them.
 */
export function parseLayers(fields: Fields, place: ValuesPlace): readonly ValuesLayer[] {
  const { files, inline, setJson, set, setFile } = parseAll({
    files: () => parseFiles(fields, place),
    inline: () => parseEach(fields.each('values-inline'), parseInline).flat(),
    setJson: () => parseEach(fields.each('set-json'), parseSetJson),
    set: () => parseEach(fields.each('set'), parseSet).flat(),
    setFile: () => parseEach(fields.each('set-file'), (said) => parseSetFile(said, place)),
  });
  return [...files, ...inline, ...setJson, ...set, ...setFile];
}

function parseFiles(fields: Fields, place: ValuesPlace): readonly FileLayer[] {
  const entries = (fields.get('values') ?? []) as readonly ValuesEntry[];
  return parseEach(entries, (entry, index) =>
    parseAt(fields.at('values', index), () => parseValuesFile(entry, place)),
  ).flat();
}

interface Said {
  readonly value: unknown;
  readonly source: FieldSource;
}

/** Text of an input, as helm reads it; the map of slipway.yaml as the file means it. */
function parseInline({ value }: Said): readonly ValuesLayer[] {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (text.trim() === '') return [];
  parseYamlMap({ name: '`values-inline`', text });
  return [{ type: 'inline', text }];
}

/** Lines of the input, or the map of slipway.yaml. */
function parseSet(said: Said): readonly SetLayer[] {
  const settings = Array.isArray(said.value)
    ? parseEach(said.value as readonly Line[], parseSettingLine)
    : parseEntries(said, 'set', (value) => value);
  return settings.length === 0 ? [] : [{ type: 'set', values: nest(settings, 'set') }];
}

function parseSetJson(said: Said): SetLayer {
  const settings = parseEntries(said, 'set-json', (value, name) => {
    if (typeof value !== 'string') return value;
    try {
      return JSON.parse(value) as unknown;
    } catch {
      throw new DeployError('set-invalid', `\`${name}\` is a text that is not JSON.`, {
        hint: 'Write JSON, such as `\'{"cpu": 1}\'`, the value itself as YAML, or a plain text into `set`.',
      });
    }
  });
  return { type: 'set-json', values: nest(settings, 'set-json') };
}

/** helm takes the content as text, whatever it is. */
function parseSetFile(said: Said, place: ValuesPlace): SetLayer {
  const settings = parseEntries(said, 'set-file', (value, name) => {
    const written = fillIn({ name, text: String(value) }, place.placeholders);
    const bytes = place.files.readBytes(resolvePath(place.directory(), written));
    if (bytes === undefined) {
      throw new DeployError(
        'set-file-missing',
        `\`${name}\` names \`${written}\`, but there is no file ${resolvePath(place.directory(), written)}.`,
        { hint: 'Add the file, or correct its path; it starts in `working-directory`.' },
      );
    }
    return toText(bytes, name, written);
  });
  return { type: 'set-file', values: nest(settings, 'set-file') };
}

/** Values reach the chart as JSON, which has no bytes. */
function toText(bytes: Uint8Array, name: string, written: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new DeployError(
      'set-file-binary',
      `\`${name}\` names \`${written}\`, which is not text.`,
      {
        hint: 'Encode it with base64 in an earlier step, and decode it in the chart with `b64dec`.',
      },
    );
  }
}

function parseEntries(
  { value, source }: Said,
  field: string,
  parse: (value: unknown, name: string) => unknown,
): readonly Setting[] {
  return parseEach(
    Object.entries(value as Readonly<Record<string, unknown>>),
    ([path, written]) => {
      const at = source.at([field, path]);
      return parseAt(at, () => ({
        ...parseSetting(path, parse(written, `${field}.${path}`), `\`${field}\``),
        at,
      }));
    },
  );
}
