import {
  AwsClient,
  type AwsClientOptions,
  type BaseExternalAccountClient,
  IdentityPoolClient,
  type IdentityPoolClientOptions,
} from 'google-auth-library';
import { DeployError } from '../../errors.ts';
import { isMap, type JsonMap } from '../../release/json.ts';
import { createTransporter, type Google, withPatience } from './client.ts';
import { type CredentialsText, readField } from './credentials-text.ts';
import { exchange } from './exchange.ts';
import { toDeployError } from './failure.ts';
import { impersonate } from './impersonate.ts';
import type { Mint } from './token.ts';

/**
 * From an `external_account`: fetches the token that it describes, exchanges it, and acts as the service
 * account that it names. https://google.aip.dev/auth/4117
 * @throws DeployError `input-invalid` for one that we do not follow
 */
export function createExternal(fields: JsonMap, text: CredentialsText, google: Google): Mint {
  const read = (name: string) => readField(name, fields, text);
  const asked = {
    subjectType: read('subject_token_type'),
    audience: read('audience'),
    tokenUrl: toSafe(read('token_url'), text),
    named: text.named,
  };
  const url = fields['service_account_impersonation_url'];
  const email = url === undefined ? '' : parseEmail(toSafe(String(url), text), text);
  const source = readSource(fields, text);
  hideHeaders(source, google);
  return async () => {
    const subject = await readSubject(createClient(fields, source, google), text, google);
    const token = await exchange({ ...asked, subject }, google);
    return email === '' ? token : impersonate(email, token, google);
  };
}

function createClient(fields: JsonMap, source: JsonMap, google: Google): BaseExternalAccountClient {
  const options = {
    ...fields,
    transporter: createTransporter(google),
    useAuthRequestParameters: false,
  };
  return typeof source['environment_id'] === 'string'
    ? new AwsClient(options as unknown as AwsClientOptions)
    : new IdentityPoolClient(options as unknown as IdentityPoolClientOptions);
}

async function readSubject(
  client: BaseExternalAccountClient,
  { named }: CredentialsText,
  google: Google,
): Promise<string> {
  const service = `The token source of ${named}`;
  try {
    const subject = await withPatience(service, google, () => client.retrieveSubjectToken());
    google.world.hide(subject);
    return subject;
  } catch (error) {
    throw toDeployError(
      error,
      {
        service,
        explain: ({ status }) => ({
          code: 'oidc-failed',
          message: `${service} gave no token (HTTP ${status}).`,
          hint: 'The step that made these credentials must run in the same job, less than 6 hours before; or let us ask GitHub: set `gcp-workload-identity-provider`.',
        }),
      },
      google,
    );
  }
}

function readSource(fields: JsonMap, { named }: CredentialsText): JsonMap {
  const given = fields['credential_source'];
  const source = isMap(given) ? given : {};
  const { url, file, environment_id: environment } = source;
  if (typeof url === 'string') toSafeSource(url, named);
  if (url ?? file ?? environment) return source;
  throw new DeployError('input-invalid', `${named} has no token source that we follow.`, {
    hint: 'Known are a url, a file and the environment of AWS; or log in by `gcp-workload-identity-provider`.',
  });
}

/** The request token of GitHub is in a header. */
function hideHeaders({ headers }: JsonMap, { world }: Google): void {
  if (!isMap(headers)) return;
  for (const value of Object.values(headers)) world.hide(String(value).replace(/^Bearer /i, ''));
}

/** Secrets go there, so that the connection has to be a safe one. */
function toSafe(url: string, { named }: CredentialsText): string {
  if (URL.parse(url)?.protocol === 'https:') return url;
  throw tellUnsafe(named);
}

/** The metadata services of machines speak plain HTTP, which never leaves the machine. */
function toSafeSource(url: string, named: string): void {
  const { protocol, hostname } = URL.parse(url) ?? {};
  const isOwn = /^(localhost|127\.0\.0\.1|\[::1\]|169\.254\.\d+\.\d+)$/.test(hostname ?? '');
  if (protocol !== 'https:' && !(protocol === 'http:' && isOwn)) throw tellUnsafe(named);
}

function tellUnsafe(named: string): DeployError {
  return new DeployError('input-invalid', `${named} names an address that is not https://…`, {
    hint: 'Use credentials as Google or google-github-actions/auth made them.',
  });
}

function parseEmail(url: string, { named }: CredentialsText): string {
  const [, email] = /\/serviceAccounts\/([^/:]+):generateAccessToken$/.exec(url) ?? [];
  if (email !== undefined) return decodeURIComponent(email);
  const message = `${named} has a service_account_impersonation_url that names no service account.`;
  throw new DeployError('input-invalid', message, {
    hint: 'Use credentials as Google or google-github-actions/auth made them.',
  });
}
