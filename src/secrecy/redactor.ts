import type { KubeObject } from '../release/object.ts';
import { base64Spellings, toSpellings } from './encodings.ts';
import { createMatcher, type Matcher } from './matcher.ts';
import { toSecretParts } from './parts.ts';
import type { Safe } from './safe.ts';
import { isHelmRecord } from './show.ts';

/** Stands for a secret in every text; the runner uses the same. */
export const HIDDEN = '***';

/** The set of this run's secrets, and the only way to make `Safe` text (design.md rule 10). */
export interface Redactor {
  /** Hides a value from now on; ordinary words stay readable (guard.ts has the numbers). */
  add(value: string): void;
  /** Text that is shown anyway: ordinary words in it stay readable although a Secret has them, too. */
  addPublic(text: string): void;
  /** Hides the values of a Secret, rendered or live; any other object is ignored. */
  addSecretObject(object: KubeObject): void;
  /** The text without any secret, raw or encoded. */
  safe(text: string): Safe;
  /**
   * The same data with every string made safe. To be applied before rendering: escaping, wrapping
   * and clipping would otherwise hide a secret from `safe`, but not from the reader.
   */
  clean<T>(data: T): T;
}

/** Words of every report: a Secret that holds one of them would blot out our own sentences. */
const OUR_WORDS =
  'cancelled container default deployed deployment disabled enabled failed namespace production release restarts revision rollback rollout staging unchanged verified workloads';

/** A redactor that knows no secret yet. */
export function createRedactor(): Redactor {
  const needles = new Set<string>();
  let matcher: Matcher | undefined;
  let shown = OUR_WORDS;
  const isPublic = (word: string) => shown.includes(word);

  function learn(spellings: readonly string[]): void {
    const before = needles.size;
    for (const spelling of spellings) needles.add(spelling);
    if (needles.size > before) matcher = undefined;
  }

  function add(value: string): void {
    const parts = toSecretParts(value, isPublic);
    for (const part of parts) learn(toSpellings(part));
    // With its line break at the end, so that nothing of the encoded form is left over.
    if (parts.length > 0 && value !== value.trim()) learn(base64Spellings(Buffer.from(value)));
  }

  function safe(text: string): Safe {
    if (needles.size === 0) return text as Safe;
    matcher ??= createMatcher(needles, HIDDEN);
    return matcher(text) as Safe;
  }

  function addSecretObject(object: KubeObject): void {
    // A helm record repeats the whole release, and its own values come from the decoded record.
    if (object.kind !== 'Secret' || isHelmRecord(object)) return;
    for (const value of stringValues(object['stringData'])) add(value);
    for (const encoded of stringValues(object['data'])) addEncoded(encoded);
  }

  function addEncoded(encoded: string): void {
    const bytes = Buffer.from(encoded, 'base64');
    const text = bytes.toString('utf8');
    if (Buffer.from(text).equals(bytes)) add(text);
    else learn(toSecretParts(encoded, isPublic).flatMap(urlSafeToo)); // Binary values only appear encoded.
  }

  function addPublic(text: string): void {
    shown += `${text}\n`;
  }

  return { add, addPublic, addSecretObject, safe, clean: (data) => mapStrings(data, safe) };
}

function urlSafeToo(encoded: string): readonly string[] {
  return [encoded, encoded.replaceAll('+', '-').replaceAll('/', '_')];
}

function stringValues(map: unknown): readonly string[] {
  if (typeof map !== 'object' || map === null) return [];
  return Object.values(map).filter((value) => typeof value === 'string');
}

function mapStrings<T>(data: T, change: (text: string) => string): T {
  if (typeof data === 'string') return change(data) as T;
  if (Array.isArray(data)) return data.map((item) => mapStrings(item, change)) as T;
  if (typeof data !== 'object' || data === null) return data;
  const entries = Object.entries(data).map(([key, value]) => [key, mapStrings(value, change)]);
  return Object.fromEntries(entries) as T;
}
