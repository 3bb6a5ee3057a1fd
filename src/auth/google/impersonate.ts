import type { JsonMap } from '../../release/json.ts';
import type { Told } from '../access.ts';
import { tellClaims, tellSubject } from '../claims.ts';
import { StatusError } from '../retry.ts';
import { type Google, requestJson, toAddress } from './client.ts';
import { tellIncomplete, toDeployError } from './failure.ts';
import { parseRefusal, type Refusal } from './refusal.ts';
import { type GoogleToken, SCOPES, toServiceAccount } from './token.ts';

const SERVICE = "Google's service for service-account tokens";
/** Seconds: the longest that every organisation allows, and what still passes when the clocks differ. */
const LIVES = [3600, 3300] as const;

/**
 * A token of the service account, by right of the one given.
 * https://docs.cloud.google.com/iam/docs/reference/credentials/rest/v1/projects.serviceAccounts/generateAccessToken
 * @throws DeployError `login-refused`, `login-failed`
 */
export async function impersonate(
  email: string,
  by: GoogleToken,
  google: Google,
): Promise<GoogleToken> {
  try {
    const answer = await request(email, by, google);
    const { accessToken: token, expireTime } = answer;
    if (typeof token !== 'string') throw tellIncomplete(SERVICE, 'a token');
    google.world.hide(token);
    const end = Date.parse(String(expireTime));
    const expiresAt = Number.isNaN(end) ? undefined : end;
    return { token, expiresAt, claims: by.claims, ...toServiceAccount(email) };
  } catch (error) {
    const explain = (refusal: Refusal) => explainImpersonation(refusal, email, by);
    throw toDeployError(error, { service: SERVICE, explain }, google);
  }
}

async function request(email: string, by: GoogleToken, google: Google): Promise<JsonMap> {
  const path = `/projects/-/serviceAccounts/${encodeURIComponent(email)}:generateAccessToken`;
  const ask = (seconds: number) =>
    requestJson(
      {
        service: SERVICE,
        url: toAddress(google, 'iamcredentials', path),
        bearer: by.token,
        body: { scope: SCOPES, lifetime: `${seconds}s` },
      },
      google,
    );
  try {
    return await ask(LIVES[0]);
  } catch (error) {
    if (!isTooLong(error)) throw error;
    return ask(LIVES[1]);
  }
}

function isTooLong(error: unknown): boolean {
  return error instanceof StatusError && /cannot exceed/.test(parseRefusal(error.answer).message);
}

function explainImpersonation(
  { status, reason, message }: Refusal,
  email: string,
  by: GoogleToken,
): Told | undefined {
  if (reason === 'SERVICE_DISABLED') return tellDisabled(message);
  if (status === 404) return tellMissing(email);
  if (status !== 403) return undefined;
  return by.claims ? tellWorkflow(email, by) : tellOther(email, by);
}

function tellWorkflow(email: string, { claims, member }: GoogleToken): Told | undefined {
  if (!claims) return undefined;
  const { advice } = tellSubject(claims);
  const grant = `On the service account for this job, grant roles/iam.workloadIdentityUser to ${member}, and check the address; changes of IAM take up to 5 minutes.`;
  return {
    code: 'login-refused',
    message: `The GitHub identity may not impersonate ${email} (\`gcp-service-account\`). ${tellClaims(claims, ['repository', 'ref', 'sub'])}`,
    hint: `${advice} ${grant}`.trim(),
  };
}

function tellOther(email: string, { identity, member }: GoogleToken): Told {
  return {
    code: 'login-refused',
    message: `${identity} may not impersonate ${email} (\`gcp-service-account\`).`,
    hint: `On this service account, grant roles/iam.serviceAccountTokenCreator to ${member || 'the login'}, and check the address; changes of IAM take up to 5 minutes.`,
  };
}

function tellMissing(email: string): Told {
  return {
    code: 'login-refused',
    message: `There is no service account ${email}.`,
    hint: 'Check the address in `gcp-service-account`.',
  };
}

function tellDisabled(message: string): Told {
  const [, project = 'of the service account'] = /project (\S+)/.exec(message) ?? [];
  return {
    code: 'login-refused',
    message: `The IAM Service Account Credentials API is not enabled in project ${project}.`,
    hint: `Enable iamcredentials.googleapis.com in project ${project}; it takes a few minutes.`,
  };
}
