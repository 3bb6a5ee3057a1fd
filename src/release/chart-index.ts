import { isMap } from './json.ts';
import { parseYaml } from './yaml.ts';

/** Names of a repository's charts and their versions, newest first. */
export type ChartIndex = ReadonlyMap<string, readonly string[]>;

/** Near enough for a hint: only a pre-release comes before what it leads to. */
const VERSIONS = new Intl.Collator('en', { numeric: true });

/** Larger ones would take seconds, for a hint. */
const MAX_LENGTH = 5_000_000;

/** What a repository's index.yaml lists; empty when it cannot be told. */
export function parseChartIndex(text: string): ChartIndex {
  const { entries } = parse(text) ?? {};
  if (!isMap(entries)) return new Map();
  return new Map(
    Object.entries(entries).map(([name, charts]) => [
      name,
      (Array.isArray(charts) ? charts : [])
        .map((chart: unknown) => (isMap(chart) ? String(chart['version'] ?? '') : ''))
        .filter(Boolean)
        .sort((one, other) => VERSIONS.compare(other, one)),
    ]),
  );
}

function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  try {
    // Some servers write JSON, which is read much faster as such.
    const value: unknown = text.startsWith('{') ? JSON.parse(text) : parseYaml(text);
    return isMap(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
