import { parseJsonMap } from '../release/json.ts';

/**
 * What GitHub says of a job in its ID token; empty: not said.
 * https://docs.github.com/en/actions/reference/security/oidc#oidc-token-claims
 */
export interface Claims {
  /** Whom trust policies name; organisations can change its form, so it is read and never built. */
  readonly sub: string;
  readonly aud: string;
  readonly iss: string;
  /** `owner/name`. */
  readonly repository: string;
  readonly ref: string;
  readonly environment: string;
  /** Seconds since 1970. */
  readonly iat?: number | undefined;
  readonly exp?: number | undefined;
}

/** Reads the claims of a JWT without verifying it; those of what is none are empty. */
export function parseClaims(token: string): Claims {
  const [, payload = ''] = token.split('.');
  const fields = parseJsonMap(Buffer.from(payload, 'base64url').toString('utf8')) ?? {};
  const text = (name: string) => toText(fields[name]);
  const time = (name: string) => (typeof fields[name] === 'number' ? fields[name] : undefined);
  return {
    sub: text('sub'),
    aud: text('aud'),
    iss: text('iss'),
    repository: text('repository'),
    ref: text('ref'),
    environment: text('environment'),
    iat: time('iat'),
    exp: time('exp'),
  };
}

/** An audience may be a list: https://www.rfc-editor.org/rfc/rfc7519#section-4.1.3 */
function toText(value: unknown): string {
  if (Array.isArray(value)) return value.map(toText).filter(Boolean).join(', ');
  return typeof value === 'string' ? value : '';
}

/** Some claims as a sentence: `GitHub sent sub="repo:a/b:ref:refs/heads/main", aud="sts.amazonaws.com".` */
export function tellClaims(
  claims: Claims,
  names: readonly ('sub' | 'aud' | 'iss' | 'repository' | 'ref' | 'environment')[],
): string {
  return `GitHub sent ${names.map((name) => `${name}="${claims[name]}"`).join(', ')}.`;
}

export interface SubjectTold {
  /** What GitHub sent: subject and audience. */
  readonly sent: string;
  /** What often goes wrong with such a subject, for the hint; empty: nothing known. */
  readonly advice: string;
}

/** For the refusal of a login: what the trust policy has to allow, and why it may not. */
export function tellSubject(claims: Claims): SubjectTold {
  return {
    sent: tellClaims(claims, ['sub', 'aud']),
    advice: [tellImmutable(claims), tellKind(claims)].filter(Boolean).join(' '),
  };
}

/** Repositories of 2026-07-15 and later: `repo:acme@12/shop@34:…`. */
function tellImmutable({ sub }: Claims): string {
  if (!/^repo:[^/:]+@\d+\/[^/:]+@\d+:/.test(sub)) return '';
  const name = sub.replace(/^repo:([^@]+)@\d+\/([^@]+)@\d+:.*$/, '$1/$2');
  return `This repository uses GitHub's immutable subject format (2026): policies written as "repo:${name}:…" no longer match.`;
}

function tellKind({ sub }: Claims): string {
  if (/:pull_request(:|$)/.test(sub)) {
    return 'The job of a pull request must not get the role that deploys: give it a read-only one in `cluster.plan`, whose trust allows this subject.';
  }
  const [, name] = /:environment:([^:]+)/.exec(sub) ?? [];
  if (name === undefined) return '';
  return `Because the job uses environment "${name}", the subject ends in environment:${name}, not ref:….`;
}
