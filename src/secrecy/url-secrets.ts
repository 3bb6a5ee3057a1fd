/** Characters; a shorter value in a query is an option and no signature. */
const SHORTEST_SIGNATURE = 8;

/**
 * The secrets that a URL of a mirror or a proxy may hold, as they are written and as they are sent: the
 * password, login and password together (sent in base64), and signatures in the query. None for a text
 * that is no URL.
 */
export function findUrlSecrets(text: string): readonly string[] {
  const url = URL.parse(text.trim());
  if (!url) return [];
  const { username, password, searchParams } = url;
  const login = password === '' ? [] : [password, decodeUrlPart(password), toLogin(url)];
  // A token can stand where the name belongs.
  if (password === '' && username !== '') login.push(username, decodeUrlPart(username));
  const signatures = [...searchParams.values()].filter((it) => it.length >= SHORTEST_SIGNATURE);
  return [...new Set([...login, ...signatures, ...signatures.map(encodeURIComponent)])];
}

/** `name:password`, as a login by https://www.rfc-editor.org/rfc/rfc7617 sends them in base64. */
export function toLogin({ username, password }: URL): string {
  return `${decodeUrlPart(username)}:${decodeUrlPart(password)}`;
}

/** A `%` that stands for itself is not what the URL standard wants, but what people paste. */
function decodeUrlPart(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
