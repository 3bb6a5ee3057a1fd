import {
  Composer,
  type Document,
  type ParsedNode,
  Parser,
  Schema,
  type YAMLParseError,
} from 'yaml';
import { toPosition, YamlError } from './yaml-error.ts';
import { indentContinuation } from './yaml-indent.ts';
import { toJson } from './yaml-value.ts';

export { YamlError };

/**
 * The first document of a text as JSON, by the rules of helm and kubectl (sigs.k8s.io/yaml, which is
 * go-yaml v2): `on` is true, `017` is octal, timestamps are strings, the last of two equal keys wins.
 * A text without a document is null.
 * @throws YamlError
 */
export function parseYaml(text: string): unknown {
  const document = parseDocument(text);
  return document ? toJson(document.contents, text) : null;
}

function parseDocument(text: string): ParsedDocument | undefined {
  const document = findDocument(text);
  const [error] = document?.errors ?? [];
  if (!error) return document;
  const indented = findIndented(text, error);
  if (indented) return indented;
  throw new YamlError(toReason(error.message), toPosition(text, error.pos[0]));
}

/** The document with its lines indented as the library wants them, when that is all that is wrong. */
function findIndented(text: string, first: YAMLParseError): ParsedDocument | undefined {
  let lines: string | undefined = text;
  let error: YAMLParseError | undefined = first;
  let document: ParsedDocument | undefined;
  while (error) {
    lines = indentContinuation(lines, error);
    if (lines === undefined) return undefined;
    document = findDocument(lines);
    error = document?.errors[0];
  }
  return document;
}

type ParsedDocument = Document.Parsed<ParsedNode, false>;

function findDocument(text: string): ParsedDocument | undefined {
  for (const document of composeDocuments(text)) return document;
  return undefined;
}

/** The structure of every document of a text, with what is wrong in it; nothing is resolved. */
export function* composeDocuments(text: string): Generator<ParsedDocument> {
  for (const document of new Composer<ParsedNode, false>(OPTIONS).compose(
    new Parser().parse(text),
  )) {
    yield document as ParsedDocument;
  }
}

/** The library ends some messages with the text that it did not expect, which may be secret. */
export function toReason(message: string): string {
  if (message.startsWith('Maximum call stack')) return 'lists and maps are nested beyond any use';
  return message.replace(/(?<=\w): .*$/s, '').replace(/(?<=escape sequence) .*$/s, '');
}

/**
 * The library finds the structure; what a scalar means is decided here, since neither of its
 * schemas decides as go-yaml does. One schema serves all documents.
 */
const OPTIONS = {
  schema: new Schema({ schema: 'failsafe', resolveKnownTags: false, merge: false }),
  uniqueKeys: false,
  prettyErrors: false,
  // go-yaml takes a comment without a space before it.
  strict: false,
  logLevel: 'silent',
} as const;
