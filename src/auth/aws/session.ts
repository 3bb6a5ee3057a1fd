import type { AwsLogin } from '../../release/cluster-spec.ts';
import type { AuthWorld } from '../access.ts';

/** Keys and whose they are. */
export interface AwsSession {
  readonly credentials: AwsCredentials;
  /** As GetCallerIdentity tells it. */
  readonly arn: string;
  /** By which access entries and policies name them: of a role with its path, as far as that is known. */
  readonly principal: string;
}

/** Secret; hidden already. */
export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** Undefined: not known, or never. */
  readonly expiration?: Date;
}

/** What the last role of a login is asked for. */
export type Narrowing = Pick<AwsLogin, 'duration' | 'inlinePolicy' | 'managedPolicies'>;

export interface RoleRequest {
  readonly role: string;
  readonly sessionName: string;
  /** Undefined: an hour with all rights of the role. */
  readonly narrowing: Narrowing | undefined;
}

export function hideCredentials(
  { accessKeyId, secretAccessKey, sessionToken }: AwsCredentials,
  { hide }: Pick<AuthWorld, 'hide'>,
): void {
  for (const secret of [accessKeyId, secretAccessKey, sessionToken]) if (secret) hide(secret);
}
