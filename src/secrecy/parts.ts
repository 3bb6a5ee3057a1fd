import { isWorthHiding } from './guard.ts';

/** A line on its own is hidden from this length on: shorter ones, such as `enabled: true`, are ordinary. */
export const MIN_LINE_LENGTH = 16;
/** Longer values are hidden piece by piece, which keeps the number of spellings times length small. */
const PIECE_LENGTH = 1536;

const ASSIGNMENT = /^\s*[\w.-]+\s*[:=]\s*(.+)$/;
const URL_PASSWORD = /:\/\/[^\s:/@]*:([^\s/@]+)@/g;

/**
 * The value and what inside it is secret by itself: lines of a multi-line value, what a line assigns,
 * strings of a JSON document, the password of a connection string. Only what is worth hiding; an
 * ordinary word inside a document (`"type": "service_account"`) never is.
 */
export function toSecretParts(
  value: string,
  isPublic: (word: string) => boolean,
): readonly string[] {
  const whole = value.trim();
  const inner = [...fromLines(whole), ...fromJson(whole), ...fromUrls(whole)]
    .map((part) => part.trim())
    .filter((part) => isWorthHiding(part, () => true));
  const worthy = new Set(isWorthHiding(whole, isPublic) ? [whole, ...inner] : inner);
  return [...worthy].flatMap(toPieces);
}

function fromLines(value: string): readonly string[] {
  if (!/[\r\n]/.test(value)) return [];
  return value.split(/[\r\n]+/).flatMap((line) => {
    const assigned = ASSIGNMENT.exec(line)?.[1]
      ?.trim()
      .replace(/^(["'])(.*)\1$/, '$2');
    const whole = line.trim().length >= MIN_LINE_LENGTH ? [line] : [];
    return assigned === undefined ? whole : [...whole, assigned];
  });
}

function fromJson(value: string): readonly string[] {
  if (!value.startsWith('{') && !value.startsWith('[')) return [];
  try {
    return stringsOf(JSON.parse(value));
  } catch {
    return []; // Not JSON after all: its lines are hidden as they are.
  }
}

function stringsOf(node: unknown): readonly string[] {
  if (typeof node === 'string') return [node, ...fromLines(node), ...fromUrls(node)];
  if (typeof node !== 'object' || node === null) return [];
  return Object.values(node).flatMap(stringsOf);
}

function fromUrls(value: string): readonly string[] {
  return [...value.matchAll(URL_PASSWORD)].map((match) => match[1] ?? '');
}

function toPieces(value: string): readonly string[] {
  if (value.length <= PIECE_LENGTH) return [value];
  const count = Math.ceil(value.length / PIECE_LENGTH);
  const size = Math.ceil(value.length / count);
  return Array.from({ length: count }, (_, i) => value.slice(i * size, (i + 1) * size));
}
