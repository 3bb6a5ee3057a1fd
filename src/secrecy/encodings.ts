/** What is left of an encoded value after its uncertain ends are cut must still be unmistakable. */
const MIN_ENCODED_LENGTH = 6;

/** Every spelling in which a value may turn up in a text (pull-request.md §4, "Secrets in diffs"). */
export function toSpellings(value: string): readonly string[] {
  // A lone surrogate has no UTF-8 form; this is how it comes out of any encoder.
  const text = Buffer.from(value, 'utf8').toString('utf8');
  const spellings = [
    value,
    text,
    ...jsonSpellings(text),
    ...urlSpellings(text),
    text.replaceAll("'", "''"), // YAML, single-quoted
    ...base64Spellings(Buffer.from(text, 'utf8')),
  ];
  return [...new Set(spellings)];
}

/** Base64 on its own and at the three alignments inside a longer one, standard and URL-safe. */
export function base64Spellings(bytes: Buffer): readonly string[] {
  const whole = bytes.toString('base64');
  const standard = [
    whole,
    whole.replace(/=+$/, ''),
    ...[0, 1, 2].map((n) => alignedCore(bytes, n)),
  ];
  const long = standard.filter((spelling) => spelling.length >= MIN_ENCODED_LENGTH);
  return [...long, ...long.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'))];
}

/** The characters that depend on these bytes alone when `before` (0 to 2) other bytes precede them. */
function alignedCore(bytes: Buffer, before: number): string {
  const text = Buffer.concat([Buffer.alloc(before), bytes])
    .toString('base64')
    .replace(/=+$/, '');
  const mixedAtStart = before === 0 ? 0 : before + 1;
  const mixedAtEnd = (before + bytes.length) % 3 === 0 ? 0 : 1;
  return text.slice(mixedAtStart, text.length - mixedAtEnd);
}

/** As JavaScript writes it, as Go does (helm, Kubernetes: also `<`, `>` and `&`), and JSON inside JSON. */
function jsonSpellings(text: string): readonly string[] {
  const plain = JSON.stringify(text).slice(1, -1);
  const go = plain
    .replaceAll('<', '\\u003c')
    .replaceAll('>', '\\u003e')
    .replaceAll('&', '\\u0026')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
  return [plain, go, JSON.stringify(plain).slice(1, -1), JSON.stringify(go).slice(1, -1)];
}

/** Percent-encoding of a path or query, and of a form, with upper- and lower-case digits. */
function urlSpellings(text: string): readonly string[] {
  const component = encodeURIComponent(text);
  const strict = component.replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  // A form writes a blank as `+`, and `~` in digits (https://url.spec.whatwg.org/#concept-urlencoded-serializer).
  const forms = [strict, strict.replaceAll('~', '%7E')].map((s) => s.replaceAll('%20', '+'));
  const spellings = [component, strict, ...forms];
  return [
    ...spellings,
    ...spellings.map((s) => s.replace(/%[0-9A-F]{2}/g, (c) => c.toLowerCase())),
  ];
}
