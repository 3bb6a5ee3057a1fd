import {
  StsCredentials,
  type StsCredentialsOptions,
} from 'google-auth-library/build/src/auth/stscredentials.js';
import { type Claims, parseClaims } from '../claims.ts';
import { createTransporter, type Google, withPatience } from './client.ts';
import { type Asked, explainExchange } from './exchange-refusals.ts';
import { tellIncomplete, toDeployError } from './failure.ts';
import type { GoogleToken } from './token.ts';

/** A token of somebody else, and the provider that turns it into one of Google's. */
export interface Exchange extends Asked {
  /** Secret. */
  readonly subject: string;
  readonly subjectType: string;
  readonly tokenUrl: string;
}

const SERVICE = "Google's token exchange";
/** Seconds; a direct token lives as long as what is left of GitHub's, which is 5 minutes at most. */
const LIFE = 300;

/**
 * https://docs.cloud.google.com/iam/docs/reference/sts/rest/v1/TopLevel/token
 * @throws DeployError `login-refused`, `clock-skew`, `login-failed`
 */
export async function exchange(asked: Exchange, google: Google): Promise<GoogleToken> {
  const { world } = google;
  const claims = parseClaims(asked.subject);
  const start = world.clock.now().getTime();
  const client = new StsCredentials({
    tokenExchangeEndpoint: asked.tokenUrl,
    transporter: createTransporter(google),
  });
  try {
    const answer = await withPatience(SERVICE, google, () =>
      client.exchangeToken(toOptions(asked)),
    );
    const { access_token: token, expires_in: told } = answer;
    const life = Number(told) || LIFE;
    if (typeof token !== 'string' || token === '') throw tellIncomplete(SERVICE, 'a token');
    world.hide(token);
    return { token, expiresAt: start + life * 1000, ...toPrincipal(asked, claims) };
  } catch (error) {
    const told = { asked, claims, now: world.clock.now() };
    throw toDeployError(
      error,
      {
        service: SERVICE,
        explain: (refusal, { answer }) => explainExchange(refusal, answer, told),
      },
      google,
    );
  }
}

function toOptions({ subject, subjectType, audience }: Exchange): StsCredentialsOptions {
  return {
    grantType: 'urn:ietf:params:oauth:grant-type:token-exchange',
    requestedTokenType: 'urn:ietf:params:oauth:token-type:access_token',
    scope: ['https://www.googleapis.com/auth/cloud-platform'],
    audience,
    subjectToken: subject,
    subjectTokenType: subjectType,
  };
}

/**
 * By the usual mapping of the subject; what is no JWT, such as a signed request to AWS, tells nobody.
 * https://docs.cloud.google.com/iam/docs/principal-identifiers
 */
function toPrincipal(
  { audience, named }: Exchange,
  claims: Claims,
): Pick<GoogleToken, 'identity' | 'member' | 'claims'> {
  const { sub, repository } = claims;
  if (sub === '') return { identity: `the external account of ${named}`, member: '' };
  const pool = audience.replace(/^\/\//, '').replace(/\/providers\/.*$/, '');
  const identity = `principal://${pool}/subject/${sub}`;
  // Never the whole repository, whose pull requests could then do as its deploys.
  return { identity, member: identity, claims: repository === '' ? undefined : claims };
}
