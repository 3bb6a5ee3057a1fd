import type { Told } from '../access.ts';
import { type Claims, parseClaims, tellSubject } from '../claims.ts';
import { accountOf } from './arn.ts';
import { type AwsRefusal, isExpired } from './refusal.ts';
import type { RoleRequest } from './session.ts';

export interface Federated {
  readonly request: RoleRequest;
  readonly audience: string;
  /** Of the token that was sent. */
  readonly claims: Claims | undefined;
}

const refused = (message: string, hint: string): Told => ({
  code: 'login-refused',
  message,
  hint,
});

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html#API_AssumeRoleWithWebIdentity_Errors */
export function explainFederated(
  refusal: AwsRefusal,
  { request, audience, claims = parseClaims('') }: Federated,
): Told | undefined {
  const { role } = request;
  switch (refusal.code) {
    case 'AccessDenied': {
      const { sent, advice } = tellSubject(claims);
      return refused(
        `AWS refused the role ${role} for this workflow. ${sent}`,
        `${advice} The role's trust policy must allow exactly these (case-sensitive), and the role must exist.`.trim(),
      );
    }
    case 'InvalidIdentityToken':
      return explainIdentityToken(refusal, { request, audience, claims });
    case 'ExpiredToken':
      return {
        code: 'login-failed',
        message: `AWS took GitHub's ID token for one that has ended, twice, while assuming the role ${role}.`,
        hint: "Such a token lives 5 minutes: check the runner's clock and how long its way to AWS takes, and run the job again.",
      };
    default:
      return explainRequest(refusal, request);
  }
}

function explainIdentityToken(
  { message }: AwsRefusal,
  { request, audience, claims }: Federated & { readonly claims: Claims },
): Told | undefined {
  if (/No OpenIDConnect provider/i.test(message)) {
    const issuer = claims.iss.replace(/^https:\/\//, '') || 'token.actions.githubusercontent.com';
    return refused(
      `Account ${accountOf(request.role)} has no IAM OIDC provider for ${issuer}.`,
      `Create it in that account with the audience "${audience}", or correct the account in \`aws-role-to-assume\`.`,
    );
  }
  if (/audience/i.test(message)) {
    return refused(
      `The IAM OIDC provider of account ${accountOf(request.role)} does not list the audience "${audience}".`,
      'Set `cluster.audience` to one that it lists, or add this one to the provider.',
    );
  }
  if (/verification key/i.test(message)) {
    return {
      code: 'login-failed',
      message: `AWS could not fetch GitHub's signing keys while assuming the role ${request.role}.`,
      hint: 'This is temporary: run the job again.',
    };
  }
  return undefined;
}

export interface Chained {
  readonly request: RoleRequest;
  /** ARN of the role or user that asks. */
  readonly caller: string;
  /** Whether that is somebody whose keys this action cannot renew. */
  readonly isAmbient: boolean;
}

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html#API_AssumeRole_Errors */
export function explainChained(
  refusal: AwsRefusal,
  { request, caller, isAmbient }: Chained,
): Told | undefined {
  if (isAmbient && isExpired(refusal)) return tellExpired(refusal);
  if (refusal.code !== 'AccessDenied') return explainRequest(refusal, request, true);
  return refused(
    `AWS does not let ${caller} assume the role ${request.role} of \`cluster.role-chaining\`.`,
    "The role's trust policy must allow the first one (and ask for the same `cluster.role-chaining.external-id`, if for any), the first one needs sts:AssumeRole on it, and it must exist.",
  );
}

/** What was asked for beside the role. */
function explainRequest(
  { code, message }: AwsRefusal,
  { role, narrowing }: RoleRequest,
  isChained = false,
): Told | undefined {
  if (code === 'ValidationError' && /DurationSeconds/.test(message)) {
    return explainDuration(message, { role, seconds: narrowing?.duration, isChained });
  }
  if (code === 'PackedPolicyTooLarge') {
    return refused(
      `The session policies for the role ${role} are too large when AWS packs them.`,
      'Shorten `cluster.inline-session-policy`, or list fewer `cluster.managed-session-policies`.',
    );
  }
  if (code === 'MalformedPolicyDocument') {
    return refused(
      `AWS does not understand the session policy for the role ${role}: ${message}`,
      'Correct `cluster.inline-session-policy`.',
    );
  }
  return undefined;
}

function explainDuration(
  message: string,
  asked: {
    readonly role: string;
    readonly seconds: number | undefined;
    readonly isChained: boolean;
  },
): Told {
  const { role, seconds } = asked;
  if (asked.isChained && /chaining|1 hour/i.test(message)) {
    return refused(
      `Chained roles last at most 1 hour; \`cluster.role-duration-seconds\` asks ${seconds} s of ${role}.`,
      'Ask at most 3600: the action renews the session by itself.',
    );
  }
  return refused(
    `The role ${role} allows at most its maximum session duration; \`cluster.role-duration-seconds\` asks ${seconds} s.`,
    "Ask less (the action renews the session by itself), or raise the role's maximum session duration.",
  );
}

/** Of keys that an earlier step has put into the environment, or the machine holds. */
export function tellExpired({ code }: AwsRefusal): Told {
  const state = code === 'ExpiredToken' ? 'have expired' : 'are no longer valid';
  return {
    code: 'login-expired',
    message: `The AWS credentials in the environment ${state} (they came from an earlier step).`,
    hint: 'Give `aws-role-to-assume` so that this action can renew them.',
  };
}
