import type { Told } from '../access.ts';
import { type Claims, tellClaims, tellSubject } from '../claims.ts';
import type { TextAnswer } from '../https.ts';
import { type Refusal, readSkew } from './refusal.ts';

/** The provider that was asked. */
export interface Asked {
  /** `//iam.googleapis.com/projects/N/locations/global/workloadIdentityPools/P/providers/X` */
  readonly audience: string;
  /** Where it was named, for messages: an input, or a credentials file. */
  readonly named: string;
}

export interface ExchangeTold {
  readonly asked: Asked;
  /** Of the token that was sent. */
  readonly claims: Claims;
  readonly now: Date;
}

/** Whether the token was too old when Google saw it: a new one may do. */
export function isStale({ code, message }: Refusal): boolean {
  return code === 'invalid_grant' && /stale|expired/i.test(message);
}

/** Why Google did not take a token for one of its own; undefined: nothing that we know. */
export function explainExchange(
  refusal: Refusal,
  answer: TextAnswer,
  told: ExchangeTold,
): Told | undefined {
  const { code, message } = refusal;
  if (isStale(refusal)) return tellStale(message, answer, told);
  if (code === 'unauthorized_client' && /attribute condition/i.test(message)) {
    return tellCondition(told);
  }
  if (code === 'invalid_target') return tellTarget(told);
  if (/\b127 bytes/.test(message)) return tellLength(message, told);
  if (/\bissuer\b/i.test(message)) return tellIssuer(message, told);
  if (/\baudience\b/i.test(message)) return tellAudience(told);
  return undefined;
}

function tellCondition({ asked, claims }: ExchangeTold): Told {
  const sent = tellClaims(claims, ['repository', 'ref', 'sub']);
  const { advice } = tellSubject(claims);
  return {
    code: 'login-refused',
    message: `Google's provider rejected this workflow: attribute condition not met. ${sent}`,
    hint: join(
      `The attribute condition of the provider in ${asked.named} must allow exactly these (case-sensitive).`,
      advice,
    ),
  };
}

function tellTarget({ asked }: ExchangeTold): Told {
  return {
    code: 'login-refused',
    message: `Provider "${toProvider(asked)}" does not exist or is disabled or deleted, or its pool is.`,
    hint: `Check ${asked.named} letter by letter: the project is given by its number, and a deleted pool keeps its name for 30 days.`,
  };
}

function tellLength(message: string, { asked, claims }: ExchangeTold): Told {
  const [, attribute = 'google.subject'] = /attribute (\S+)/.exec(message) ?? [];
  const bytes = Buffer.byteLength(claims.sub);
  // Only this one is most often the claim itself.
  const size = attribute === 'google.subject' && bytes > 127 ? `${bytes} bytes` : 'too long';
  return {
    code: 'login-refused',
    message: `Google's provider rejected this workflow: ${attribute} would be ${size} (limit 127). ${tellClaims(claims, ['sub'])}`,
    hint: `Map a shorter claim, such as assertion.repository_id, in the provider of ${asked.named}.`,
  };
}

function tellIssuer(message: string, { asked, claims }: ExchangeTold): Told {
  return {
    code: 'login-refused',
    message: `The provider of ${asked.named} expects another issuer than GitHub's "${claims.iss}": ${message}`,
    hint: 'Give the provider the issuer of this GitHub: https://token.actions.githubusercontent.com, one of an enterprise, or https://HOST/_services/token of a GitHub Enterprise Server.',
  };
}

function tellAudience({ asked, claims }: ExchangeTold): Told {
  return {
    code: 'login-refused',
    message: `Google's provider does not allow the audience "${claims.aud}".`,
    hint: `Set \`cluster.audience\` to one that the provider of ${asked.named} lists, or add this one to it.`,
  };
}

function tellStale(message: string, answer: TextAnswer, { now }: ExchangeTold): Told {
  const skew = readSkew(answer, now);
  if (skew !== undefined) return tellSkew(skew);
  return {
    code: 'login-refused',
    message: `Google takes GitHub's OIDC token for too old: ${message}`,
    hint: 'A token lives 5 minutes: re-run the job; if it stays so, check the clock of the runner.',
  };
}

/** `skew`: seconds that this machine is ahead. */
export function tellSkew(skew: number): Told {
  const side = skew < 0 ? 'behind' : 'ahead of';
  return {
    code: 'clock-skew',
    message: `The runner's clock is ${Math.abs(skew)} s ${side} that of Google (Date header).`,
    hint: "Set the runner's clock by NTP.",
  };
}

function toProvider({ audience }: Asked): string {
  return audience.replace(/^\/\/[^/]+\//, '');
}

function join(...sentences: readonly string[]): string {
  return sentences.filter(Boolean).join(' ');
}
