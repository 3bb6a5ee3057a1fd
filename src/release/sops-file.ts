import { parseYaml } from './yaml.ts';

/**
 * Whether a text is encrypted by sops: it then has the key `sops` with the checksum (`mac`) or the
 * time of the encryption (https://getsops.io/docs, "Encryption Protocol"). Helm would deploy the
 * ciphertext.
 */
export function isSopsFile(text: string): boolean {
  // Spares files that sops never saw a second parsing.
  if (!/\bsops\b/.test(text)) return false;
  const { sops } = parseOrNothing(text);
  return typeof sops === 'object' && sops !== null && ('mac' in sops || 'lastmodified' in sops);
}

function parseOrNothing(text: string): { readonly sops?: unknown } {
  try {
    return (parseYaml(text) ?? {}) as object;
  } catch {
    return {};
  }
}
