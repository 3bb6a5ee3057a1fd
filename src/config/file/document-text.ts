import { isMap, type ParsedNode, parseAllDocuments, type YAMLError } from 'yaml';
import { DeployError } from '../../errors.ts';
import { toReason } from '../../release/yaml.ts';
import { YamlError } from '../../release/yaml-error.ts';
import { broken, SAVE_UTF8 } from '../../release/yaml-map.ts';
import { brokenAt, placeOf, type YamlSource } from './document-place.ts';

/** YAML 1.2 even where a directive says 1.1; what a tag would make of a value JSON cannot say. */
const OPTIONS = {
  schema: 'core',
  merge: false,
  resolveKnownTags: false,
  // Ours name both lines.
  uniqueKeys: false,
  prettyErrors: false,
  logLevel: 'silent',
} as const;

/** The one map that the text must hold. Throws `DeployError`. */
export function parseContents(source: YamlSource): ParsedNode {
  const foreign = source.text.search(NOT_UTF8);
  if (foreign >= 0) throw brokenAt(foreign, source, { what: 'it is not UTF-8', hint: SAVE_UTF8 });
  const documents = parseAllDocuments<ParsedNode>(source.text, OPTIONS);
  const [document, second] = 'empty' in documents ? [] : documents;
  const error = document?.errors[0] ?? document?.warnings[0];
  if (error) throw toBroken(error, source);
  if (second) throw severalDocuments(second.range[0], source);
  const contents = document?.contents;
  if (isMap(contents)) return contents;
  throw notAMap(contents, source);
}

/** What reading as UTF-8 makes of other bytes; without a look at it, a broken text would be deployed. */
const NOT_UTF8 = /[\ufffd\0]/;

/** What a text may not begin with unless it is quoted. */
const INDICATORS = '*&!|>%@`';

function toBroken({ message, pos: [offset] }: YAMLError, source: YamlSource): DeployError {
  if (message.startsWith('Maximum call stack')) {
    return brokenAt(offset, source, {
      what: 'lists and maps are nested beyond any use',
      hint: 'Write it flatter.',
    });
  }
  const place = placeOf(offset, source);
  const error = new YamlError(toReason(message), place);
  const told = broken({ ...source, name: `\`${source.file}\`` }, error);
  // The library points behind the `>` or `|` that it takes for the head of a block.
  const behind = message.startsWith('Block scalar header') ? 1 : 0;
  const start = source.text[offset - behind] ?? '';
  const unquoted = start !== '' && INDICATORS.includes(start);
  return new DeployError('config-broken', told.message, {
    hint: unquoted ? `A text that starts with \`${start}\` needs quotes.` : told.hint,
    at: told.problems[0]?.at ?? place,
  });
}

function severalDocuments(offset: number, source: YamlSource): DeployError {
  const at = placeOf(offset, source);
  return new DeployError(
    'config-broken',
    `\`${source.file}\` holds several documents; another one begins in line ${at.line}.`,
    { hint: 'Keep one: remove the `---` between them.', at },
  );
}

function notAMap(contents: unknown, source: YamlSource): DeployError {
  const found = contents ? 'is not a map of fields' : 'is empty';
  return new DeployError('config-broken', `\`${source.file}\` ${found}.`, {
    hint: 'Write at least `releases:` with one release, its chart and its namespace.',
    at: placeOf(0, source),
  });
}
