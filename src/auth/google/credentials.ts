import { type AuthClient, JWT, UserRefreshClient } from 'google-auth-library';
import { DeployError } from '../../errors.ts';
import type { Told } from '../access.ts';
import { parseClaims } from '../claims.ts';
import { createTransporter, type Google, withPatience } from './client.ts';
import { type CredentialsText, parseCredentials, readField } from './credentials-text.ts';
import { tellSkew } from './exchange-refusals.ts';
import { createExternal } from './external.ts';
import { tellIncomplete, toDeployError } from './failure.ts';
import { type Refusal, readSkew } from './refusal.ts';
import { type GoogleToken, type Mint, SCOPES, toServiceAccount } from './token.ts';

const SERVICE = "Google's token service";

/**
 * From the JSON of a service account's key, of an external account as google-github-actions/auth leaves
 * it, or of a user.
 * @throws DeployError `login-missing` when it is empty, `input-invalid` when it is something else
 */
export function createFromCredentials(text: CredentialsText, google: Google): Mint {
  const fields = parseCredentials(text);
  const field = (name: string) => readField(name, fields, text);
  const shared = {
    universeDomain: google.universe,
    transporter: createTransporter(google),
    // These would write requests to the log.
    useAuthRequestParameters: false,
  };
  switch (fields['type']) {
    case 'service_account': {
      const email = field('client_email');
      const key = field('private_key');
      google.world.hide(key);
      const keyId = String(fields['private_key_id'] ?? '');
      const create = () => new JWT({ ...shared, email, key, keyId, scopes: [...SCOPES] });
      return () => mint(create, toServiceAccount(email), { text, google });
    }
    case 'authorized_user': {
      const clientId = field('client_id');
      const clientSecret = field('client_secret');
      const refreshToken = field('refresh_token');
      for (const secret of [clientSecret, refreshToken]) google.world.hide(secret);
      const create = () =>
        new UserRefreshClient({ ...shared, clientId, clientSecret, refreshToken });
      const identity = `the user of ${text.named}`;
      return () => mint(create, { identity, member: '' }, { text, google });
    }
    case 'external_account':
      return createExternal(fields, text, google);
    default:
      throw tellType(fields['type'], text);
  }
}

type Owner = Pick<GoogleToken, 'identity' | 'member'>;

/** A client of its own each time: the library would give the last token again. */
async function mint(
  create: () => AuthClient,
  owner: Owner,
  { text, google }: { readonly text: CredentialsText; readonly google: Google },
): Promise<GoogleToken> {
  try {
    return await withPatience(SERVICE, google, async () => {
      const client = create();
      const headers = await client.getRequestHeaders();
      const token = (headers.get('authorization') ?? '').replace(/^Bearer /, '');
      if (token === '') throw tellIncomplete(SERVICE, 'a token');
      google.world.hide(token);
      // In other universes the library signs the token itself, so that it tells its end.
      const { exp } = parseClaims(token);
      const expiresAt = exp ? exp * 1000 : client.credentials.expiry_date || undefined;
      return { token, expiresAt, ...owner };
    });
  } catch (error) {
    throw toDeployError(
      toUnreadable(error, text),
      {
        service: SERVICE,
        explain: (refusal, { answer }) =>
          explainKey(refusal, readSkew(answer, google.world.clock.now()), text),
      },
      google,
    );
  }
}

function explainKey(
  { code, message }: Refusal,
  skew: number | undefined,
  { named }: CredentialsText,
): Told | undefined {
  if (code !== 'invalid_grant') return undefined;
  if (/iat and exp/.test(message) && skew !== undefined) return tellSkew(skew);
  return {
    code: 'login-refused',
    message: `Google refused the key or login of ${named}: ${message}`,
    hint: 'It was probably deleted or disabled: make a new one, or log in without a key by `gcp-workload-identity-provider`.',
  };
}

/** OpenSSL's words for a key that it cannot read hold nothing of the key. */
function toUnreadable(error: unknown, { named }: CredentialsText): unknown {
  const { code = '' } = error as { readonly code?: unknown };
  if (!/^ERR_OSSL_|^ERR_CRYPTO_/.test(String(code))) return error;
  const message = `The private_key in ${named} is not a key in PEM.`;
  return new DeployError('input-invalid', message, {
    hint: 'Store the JSON of the key unchanged: its line breaks are written as \\n.',
  });
}

function tellType(type: unknown, { named }: CredentialsText): DeployError {
  const found = typeof type === 'string' ? `of type "${type.slice(0, 40)}"` : 'without a type';
  return new DeployError('input-invalid', `${named} holds credentials ${found}.`, {
    hint: 'Known are service_account, external_account and authorized_user; or log in by `gcp-workload-identity-provider`.',
  });
}
