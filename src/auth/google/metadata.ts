import { DeployError } from '../../errors.ts';
import { parseJsonMap } from '../../release/json.ts';
import { requestText, type TextAnswer } from '../https.ts';
import { StatusError } from '../retry.ts';
import { type Google, withPatience } from './client.ts';
import { tellIncomplete, toDeployError } from './failure.ts';
import { type GoogleToken, SCOPES, toServiceAccount } from './token.ts';

const SERVICE = "The machine's metadata server";
/** Where it is on every machine of Google's, GKE's pods included. */
const HOST = '169.254.169.254';
/** Milliseconds; other machines have nobody there, or somebody else's. */
const TIMEOUT = 3_000;

/**
 * The machine's own service account.
 * https://docs.cloud.google.com/compute/docs/access/authenticate-workloads#applications
 * @throws DeployError `login-missing` when the machine has none, `login-failed`
 */
export async function readMachine(google: Google): Promise<GoogleToken> {
  const { world } = google;
  const start = world.clock.now().getTime();
  try {
    const email = await read('email', google);
    const told = await read(`token?scopes=${encodeURIComponent(SCOPES.join(','))}`, google);
    const { access_token: token, expires_in: life } = parseJsonMap(told) ?? {};
    if (typeof token !== 'string' || token === '') throw tellIncomplete(SERVICE, 'a token');
    world.hide(token);
    return { token, expiresAt: start + toSeconds(life) * 1000, ...toServiceAccount(email.trim()) };
  } catch (error) {
    throw toDeployError(error, { service: SERVICE, explain: () => undefined }, google);
  }
}

/** Google always says it; without it a token is renewed soon. */
function toSeconds(life: unknown): number {
  return typeof life === 'number' ? life : 300;
}

/** @throws DeployError `login-missing` when this is no machine of Google's */
async function read(what: string, google: Google): Promise<string> {
  const { environment } = google.world;
  const given = environment['GCE_METADATA_IP'] || environment['GCE_METADATA_HOST'] || HOST;
  const base = /^https?:\/\//.test(given) ? given : `http://${given}`;
  const url = new URL(`/computeMetadata/v1/instance/service-accounts/default/${what}`, base);
  return withPatience(SERVICE, google, async () => {
    const answer = await ask(url, google);
    if (answer?.headers['metadata-flavor'] !== 'Google' || answer.status === 404) throw tellNone();
    if (answer.status !== 200) throw new StatusError(answer);
    return answer.text;
  });
}

/** Undefined: nobody is there, so that trying again is no use. */
async function ask(url: URL, { agent, world }: Google): Promise<TextAnswer | undefined> {
  const headers = { 'metadata-flavor': 'Google' };
  try {
    const rest = { method: 'GET', headers, body: '', agent, timeout: TIMEOUT } as const;
    return await requestText({ url, signal: world.signal, ...rest });
  } catch {
    world.signal.throwIfAborted();
    return undefined;
  }
}

function tellNone(): DeployError {
  const message =
    'No Google credentials: `gcp-workload-identity-provider` is not set, no earlier step has logged in, and this machine has no service account.';
  return new DeployError('login-missing', message, {
    hint: 'Set `gcp-workload-identity-provider` (OIDC), or run google-github-actions/auth before this step.',
  });
}
