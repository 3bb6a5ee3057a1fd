/** Keeps book of the tokens that the double of Google has made, and of whom the cluster sees by each. */
import { createPublicKey, createVerify, randomUUID } from 'node:crypto';

export interface Issuer {
  /** A new token for a principal, which ends after so many seconds. */
  issue(principal: string, life: number): string;
  /** Undefined when the token is unknown or has ended. */
  whois(token: string): string | undefined;
}

export function createIssuer(): Issuer {
  const issued = new Map<string, { readonly principal: string; readonly end: number }>();
  return {
    issue(principal, life) {
      const token = `ya29.${randomUUID()}${randomUUID()}`;
      issued.set(token, { principal, end: Date.now() + life * 1000 });
      return token;
    },
    whois(token) {
      const known = issued.get(token);
      return known && known.end > Date.now() ? known.principal : undefined;
    },
  };
}

export type Claims = Readonly<Record<string, unknown>>;

/** What a JWT claims; undefined when it is none. */
export function readClaims(jwt: string): Claims | undefined {
  try {
    const payload = Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString('utf8');
    return JSON.parse(payload) as Claims;
  } catch {
    return undefined;
  }
}

/** Whether a JWT is signed (RS256) by the owner of a key, public or private, PEM. */
export function isSigned(jwt: string, key: string): boolean {
  const [header = '', payload = '', signature = ''] = jwt.split('.');
  const verifier = createVerify('RSA-SHA256').update(`${header}.${payload}`);
  return verifier.verify(createPublicKey(key), Buffer.from(signature, 'base64url'));
}
