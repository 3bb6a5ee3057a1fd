import { type ChartFile, withArchives } from './chart-files.ts';

/** What a chart's text asks of the world, or of chance, when it is rendered. */
export interface TemplateUses {
  /** Reads objects from the cluster. */
  readonly lookup: boolean;
  /** Asks which APIs the cluster has. */
  readonly apiVersions: boolean;
  /** The revision's number, which `helm template` does not know. */
  readonly revision: boolean;
  /** Random values or the time: two renderings differ. */
  readonly random: boolean;
}

type Use = keyof TemplateUses;

/** A name that stands alone: not a field (`.now`), not a variable, not part of a longer word. */
const functionCall = (names: string) =>
  new RegExp(`(?<![\\w.$-])(?:${names.trim().replaceAll(/\s+/g, '|')})(?![\\w-])`);

/** Functions of sprig (https://masterminds.github.io/sprig/) whose result is another each time. */
const RANDOM = `
  randAlphaNum randAlpha randAscii randNumeric randBytes randInt shuffle uuidv4
  genPrivateKey genCA genCAWithKey genSelfSignedCert genSelfSignedCertWithKey
  genSignedCert genSignedCertWithKey htpasswd bcrypt encryptAES now ago
`;

const PATTERNS: Readonly<Record<Use, RegExp>> = {
  lookup: functionCall('lookup'),
  apiVersions: /\.APIVersions\b/,
  revision: /\.Revision\b/,
  random: functionCall(RANDOM),
};

const USES = Object.keys(PATTERNS) as Use[];

/**
 * What the templates use, by their text: those of the chart and of its dependencies, and all other
 * files and values, because `tpl` may render any of them. Finds what is never called too, so it errs
 * on the side of the exact rendering.
 */
export function usesOf(files: Iterable<ChartFile>, values: readonly string[] = []): TemplateUses {
  const found = new Set<Use>();
  for (const text of [...values, ...textsOf(files)]) {
    for (const action of actionsOf(text)) {
      for (const use of USES) if (PATTERNS[use].test(action)) found.add(use);
    }
  }
  return {
    lookup: found.has('lookup'),
    apiVersions: found.has('apiVersions'),
    revision: found.has('revision'),
    random: found.has('random'),
  };
}

/** Documentation is full of examples, and no chart renders it. */
const NEVER_RENDERED = /(?:\.md|\.png|\.tgz|(?:^|\/)LICENSE)$|(?:^|\/)\.git\//;

function* textsOf(files: Iterable<ChartFile>): Generator<string> {
  for (const { path, bytes } of withArchives(files)) {
    if (!NEVER_RENDERED.test(path)) yield Buffer.from(bytes).toString('utf8');
  }
}

/** The `{{ … }}` of a text, without comments and without the words of its strings. */
function* actionsOf(text: string): Generator<string> {
  for (const [action] of text.matchAll(/\{\{[\s\S]*?\}\}/g)) {
    if (!/^\{\{-?\s*\/\*/.test(action)) yield action.replaceAll(PLAIN_STRING, '""');
  }
}

/** A string that is not itself a template. */
const PLAIN_STRING = /"(?:[^"\\{]|\\.)*"|`[^`{]*`/g;
