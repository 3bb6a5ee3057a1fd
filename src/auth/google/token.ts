import type { Token } from '../access.ts';
import type { Claims } from '../claims.ts';

/** A token of Google's, and whose it is. */
export interface GoogleToken extends Token {
  /** As the cluster names its owner: an e-mail address, or `principal://…`. */
  readonly identity: string;
  /** As IAM grants roles to it: `serviceAccount:…`, `principal://…`; empty: not known. */
  readonly member: string;
  /** What GitHub said of the job, when the login rests on that. */
  readonly claims?: Claims | undefined;
}

/** Whether it is one of direct federation, of nobody but the job itself: not every service takes it, and it lives 5 minutes at most. */
export function isDirect({ identity }: Pick<GoogleToken, 'identity'>): boolean {
  return identity.startsWith('principal:');
}

/** One way to log in; every call gives a new token. */
export type Mint = () => Promise<GoogleToken>;

/** What a cluster's login may do; the address because bindings in the cluster name it by that. */
export const SCOPES: readonly string[] = [
  'https://www.googleapis.com/auth/cloud-platform',
  'https://www.googleapis.com/auth/userinfo.email',
];

/** An owner known by address. */
export function toServiceAccount(email: string): Pick<GoogleToken, 'identity' | 'member'> {
  return { identity: email, member: `serviceAccount:${email}` };
}
