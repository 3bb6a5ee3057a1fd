/** `oci://host:5000/path` → `host:5000`; empty for what is no host, such as a text that helm would take for a flag. */
export function hostOf(reference: string): string {
  return /^\w+:\/\/([\w[][^/]*)/.exec(reference)?.[1] ?? '';
}
