/** A scalar as it stands in the text, unescaped. */
export interface ScalarText {
  readonly text: string;
  /** Resolved tag, such as `tag:yaml.org,2002:int`; undefined when none was written. */
  readonly tag: string | undefined;
  /** Neither quoted nor a block. */
  readonly plain: boolean;
}

const STANDARD = 'tag:yaml.org,2002:';

/**
 * What a scalar means to go-yaml v2 as sigs.k8s.io/yaml uses it (its resolve.go; the table of
 * results is in the tests). Throws an Error when tag and text contradict each other, or for a number
 * that JSON cannot say.
 */
export function resolveScalar({ text, tag, plain }: ScalarText): unknown {
  if (tag === undefined) return plain ? resolvePlain(text) : text;
  // Local tags say nothing about the type; `!` alone asks for a string.
  if (!tag.startsWith(STANDARD)) return text;
  return resolveTagged(text, tag.slice(STANDARD.length));
}

function resolveTagged(text: string, tag: string): unknown {
  if (tag === 'binary') return decodeBinary(text);
  const type = TYPES[tag];
  if (type === undefined) return text;
  const value = resolvePlain(text);
  const found = value === null ? 'null' : typeof value;
  if (found !== type || (tag === 'int' && !Number.isInteger(value))) {
    throw new Error(`a value is not what its tag !!${tag} says`);
  }
  return value;
}

/** Tags that ask for a type; the others, such as str and timestamp, make strings. */
const TYPES: Readonly<Record<string, string>> = {
  null: 'null',
  bool: 'boolean',
  int: 'number',
  float: 'number',
};

function decodeBinary(text: string): string {
  const compact = text.replaceAll(/\s/g, '');
  if (compact.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(compact)) {
    throw new Error('!!binary value contains invalid base64 data');
  }
  return Buffer.from(compact, 'base64').toString('utf8');
}

const WORDS: ReadonlyMap<string, boolean | null> = new Map([
  ...words(true, 'y Y yes Yes YES true True TRUE on On ON'),
  ...words(false, 'n N no No NO false False FALSE off Off OFF'),
  ...words(null, '~ null Null NULL'),
  ['', null],
]);

function words<T>(value: T, list: string): [string, T][] {
  return list.split(' ').map((word) => [word, value]);
}

function resolvePlain(text: string): unknown {
  const word = WORDS.get(text);
  if (word !== undefined) return word;
  if (!/^[-+.\d]/.test(text)) return text;
  if (/^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/.test(text)) {
    throw new Error(`${text} is not a number that JSON can say`);
  }
  const number = toNumber(text);
  return number === undefined ? text : number;
}

/** Underscores are skipped wherever they stand. */
function toNumber(text: string): number | undefined {
  const digits = text.replaceAll('_', '');
  return toInteger(digits) ?? toFloat(digits);
}

const LARGEST = 2n ** 64n - 1n;
const SMALLEST = -(2n ** 63n);

/** Go's ParseInt with base 0; beyond 64 bits it is no integer. */
function toInteger(text: string): number | undefined {
  const match = /^([-+]?)(0[xX][\da-fA-F]+|0[oO]?[0-7]+|0[bB][01]+|0|[1-9]\d*)$/.exec(text);
  if (match?.[2] === undefined) return undefined;
  const magnitude = BigInt(match[2].replace(/^0(?=[0-7])/, '0o'));
  const value = match[1] === '-' ? -magnitude : magnitude;
  return value > LARGEST || value < SMALLEST ? undefined : Number(value);
}

function toFloat(text: string): number | undefined {
  if (!/^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/.test(text)) return undefined;
  const value = Number(text);
  // Go refuses what overflows, so it stays a string.
  return Number.isFinite(value) ? value : undefined;
}
