import { isSecretName } from './named-secrets.ts';

/**
 * A value of a chart as it may be told, JSON on one line; empty when a name on its path says that it is
 * secret. `secretsManager.enabled: true` gives nothing away. Of a long text only its length is told:
 * cut off in the middle of a secret, the rest of it would be.
 */
export function toShownValue(path: readonly (string | number)[], value: unknown): string {
  const isTelling = typeof value === 'number' || (typeof value === 'string' && value !== '');
  if (isTelling && path.some((part) => typeof part === 'string' && isSecretName(part))) return '';
  if (typeof value === 'string' && value.length > LONGEST) {
    return `(a text of ${value.length} characters)`;
  }
  return JSON.stringify(value);
}

/** Characters; longer texts are scripts and documents. */
const LONGEST = 200;
