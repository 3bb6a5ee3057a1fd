/** A map as JSON has it. */
export type JsonMap = Readonly<Record<string, unknown>>;

/** A map of JSON: not null, not a list. */
export function isMap(value: unknown): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Undefined for whatever is not the JSON of a map. Never throws: what `JSON.parse` says quotes the text, which may be secret. */
export function parseJsonMap(text: string): JsonMap | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isMap(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
