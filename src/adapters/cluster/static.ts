import { readFileSync } from 'node:fs';
import type { OutgoingHttpHeaders } from 'node:http';
import type { SecureContextOptions } from 'node:tls';
import type { Access, UserFields } from './kubeconfig.ts';

/* What a kubeconfig holds itself, in the precedence of client-go: data before file, tokenFile before token. */

export interface Tls extends SecureContextOptions {
  readonly servername?: string;
  readonly rejectUnauthorized?: boolean;
}

/** Certificates, and how the server's is verified. */
export function readTls({ cluster, user }: Access): Tls {
  const name = cluster['tls-server-name'];
  return {
    ca: readPem(cluster['certificate-authority-data'], cluster['certificate-authority']),
    cert: readPem(user['client-certificate-data'], user['client-certificate']),
    key: readPem(user['client-key-data'], user['client-key']),
    ...(name ? { servername: name } : {}),
    ...(cluster['insecure-skip-tls-verify'] === true ? { rejectUnauthorized: false } : {}),
  };
}

function readPem(data: string | undefined, file: string | undefined): Buffer | undefined {
  if (data) return Buffer.from(data, 'base64');
  return file ? readFileSync(file) : undefined;
}

/** For the header Authorization, read anew at every call; undefined: the kubeconfig has neither token nor password. */
export function createSecret(user: UserFields): () => string | undefined {
  const { token, tokenFile, username, password = '' } = user;
  if (tokenFile) return createTokenFile(tokenFile, token);
  if (token) return () => `Bearer ${token}`;
  if (!username) return () => undefined;
  const basic = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  return () => basic;
}

/** A file that cannot be read for a moment, because it is being replaced, is no reason to forget what it said. */
function createTokenFile(file: string, token: string | undefined): () => string {
  let last = token;
  return () => {
    try {
      last = readToken(file);
    } catch (error) {
      if (!last) throw error;
    }
    return `Bearer ${last}`;
  };
}

function readToken(file: string): string {
  const token = readFileSync(file, 'utf8').trim();
  if (token === '') throw new Error(`the tokenFile ${file} is empty`);
  return token;
}

/** https://kubernetes.io/docs/reference/access-authn-authz/user-impersonation/ */
export function toImpersonation(user: UserFields): OutgoingHttpHeaders {
  const headers: OutgoingHttpHeaders = {};
  if (user.as) headers['Impersonate-User'] = user.as;
  if (user['as-uid']) headers['Impersonate-Uid'] = user['as-uid'];
  if (user['as-groups']?.length) headers['Impersonate-Group'] = [...user['as-groups']];
  for (const [key, values] of Object.entries(user['as-user-extra'] ?? {})) {
    headers[`Impersonate-Extra-${encodeKey(key)}`] = [...values];
  }
  return headers;
}

/** Brackets are the only ones that a URL may hold and the name of a header may not. */
function encodeKey(key: string): string {
  return encodeURIComponent(key).replaceAll('(', '%28').replaceAll(')', '%29');
}
