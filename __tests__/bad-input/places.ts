/** What a placeholder such as `<workspace>` stands for in this run, by its name. */
export type Places = ReadonlyMap<string, string>;

export function fillIn(text: string, places: Places): string {
  return text.replaceAll(/<([a-z-]+)>/g, (whole, name) => places.get(name) ?? whole);
}

export function fillInAll(
  texts: Readonly<Record<string, string>>,
  places: Places,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [name, fillIn(text, places)]),
  );
}

/** The other way round; any other sha256 becomes `<sha256>`. */
export function putBack(text: string, places: Places): string {
  return [...places]
    .reduce((told, [name, place]) => told.replaceAll(place, `<${name}>`), text)
    .replaceAll(/\b[0-9a-f]{64}\b/g, '<sha256>');
}
