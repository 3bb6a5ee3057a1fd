import type { LoginWorld } from '../../src/auth/access.ts';
import type { Problem } from '../../src/errors.ts';
import { fakeAuthWorld } from '../fakes/auth-world.ts';
import { fakeFiles } from '../fakes/files.ts';

/** A job on a machine with nothing but these, and what it was told. */
export function fakeLoginWorld(
  environment: LoginWorld['environment'] = {},
  texts: Readonly<Record<string, string>> = {},
) {
  const files = fakeFiles(texts);
  const warnings: Problem[] = [];
  const auth = fakeAuthWorld({ environment });
  const world: LoginWorld = { ...auth, files, warn: (problem) => warnings.push(problem) };
  return { world, files, hidden: auth.hidden, warnings };
}

/** A JWT of which only the claims matter. */
export function makeToken(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'RS256' })}.${part(claims)}.c2lnbmF0dXJl`;
}
