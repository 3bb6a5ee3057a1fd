/** Needles are found by their first characters; none may be shorter. */
const PREFIX = 4;
const FILTER_SIZE = 1 << 16;

/** Replaces every occurrence of some words in a text. */
export type Matcher = (text: string) => string;

/**
 * One pass over the text whatever the number of needles: a table over the hash of the next four
 * characters says "surely none" for nearly all positions. Overlapping finds are replaced together,
 * so that a longer needle never leaves the rest of a shorter one behind.
 */
export function createMatcher(needles: Iterable<string>, replacement: string): Matcher {
  const byPrefix = groupByPrefix(needles);
  const filter = new Uint8Array(FILTER_SIZE);
  for (const prefix of byPrefix.keys()) filter[hash(prefix, 0)] = 1;

  function longestAt(text: string, at: number): number {
    if (filter[hash(text, at)] === 0) return 0;
    const candidates = byPrefix.get(text.slice(at, at + PREFIX)) ?? [];
    return candidates.find((needle) => text.startsWith(needle, at))?.length ?? 0;
  }

  return (text) => replaceSpans(text, findSpans(text, longestAt), replacement);
}

type Span = readonly [start: number, end: number];

/** Where the text is covered by needles; overlapping and touching finds are one span. */
function findSpans(text: string, longestAt: (text: string, at: number) => number): readonly Span[] {
  const spans: [number, number][] = [];
  for (let at = 0; at + PREFIX <= text.length; at++) {
    const length = longestAt(text, at);
    if (length === 0) continue;
    const last = spans.at(-1);
    if (last && at <= last[1]) last[1] = Math.max(last[1], at + length);
    else spans.push([at, at + length]);
  }
  return spans;
}

function replaceSpans(text: string, spans: readonly Span[], replacement: string): string {
  const starts = [0, ...spans.map(([, end]) => end)];
  const ends = [...spans.map(([start]) => start), text.length];
  return starts.map((start, i) => text.slice(start, ends[i])).join(replacement);
}

/** Longest first within a prefix. */
function groupByPrefix(needles: Iterable<string>): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const needle of needles) {
    if (needle.length < PREFIX) continue;
    const prefix = needle.slice(0, PREFIX);
    const group = groups.get(prefix);
    if (group) group.push(needle);
    else groups.set(prefix, [needle]);
  }
  for (const group of groups.values()) group.sort((a, b) => b.length - a.length);
  return groups;
}

function hash(text: string, at: number): number {
  let sum = 0;
  for (let i = at; i < at + PREFIX; i++) sum = (Math.imul(sum, 131) + text.charCodeAt(i)) | 0;
  return (sum ^ (sum >>> 16)) & (FILTER_SIZE - 1);
}
