import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseClaims, tellClaims, tellSubject } from '../../src/auth/claims.ts';
import { toJwt } from '../cloud/github.ts';

const claimsOf = (sub: string) => parseClaims(toJwt({ sub, aud: 'sts.amazonaws.com' }));

test('reads what GitHub says of the job', () => {
  const claims = {
    sub: 'repo:acme/shop:environment:prod',
    aud: 'sts.amazonaws.com',
    iss: 'https://token.actions.githubusercontent.com',
    repository: 'acme/shop',
    ref: 'refs/heads/main',
    environment: 'prod',
    iat: 1_763_726_400,
    exp: 1_763_726_700,
  };
  expect(parseClaims(toJwt(claims))).toEqual(claims);
  expect(parseClaims(toJwt({ aud: ['a', 'b', 3] })).aud).toBe('a, b');
});

test('any text is read, with empty claims for what is no JWT', () => {
  const told = { sub: expect.any(String), aud: expect.any(String) };
  const check = (text: string) => expect(parseClaims(text)).toMatchObject(told);
  fc.assert(fc.property(fc.string(), check));
  fc.assert(
    fc.property(fc.json(), (json) => check(`a.${Buffer.from(json).toString('base64url')}.c`)),
  );
});

const IMMUTABLE =
  'This repository uses GitHub\'s immutable subject format (2026): policies written as "repo:acme/shop:…" no longer match.';
const ENVIRONMENT =
  'Because the job uses environment "prod", the subject ends in environment:prod, not ref:….';
const PULL_REQUEST =
  'The job of a pull request must not get the role that deploys: give it a read-only one in `cluster.plan`, whose trust allows this subject.';

test.each([
  ['repo:acme/shop:ref:refs/heads/main', ''],
  ['repo:acme/shop:ref:refs/heads/pull_request', ''],
  ['repo:acme/shop:environment:prod', ENVIRONMENT],
  ['repo:acme/shop:pull_request', PULL_REQUEST],
  ['repo:acme@12/shop@34:ref:refs/heads/main', IMMUTABLE],
  ['repo:acme@12/shop@34:environment:prod', `${IMMUTABLE} ${ENVIRONMENT}`],
  ['repo:acme@12/shop@34:pull_request', `${IMMUTABLE} ${PULL_REQUEST}`],
  ['repo:acme/shop:ref:refs/heads/me@1/you@2:x', ''],
  ['job_workflow_ref:acme/shop/.github/workflows/a.yml@refs/heads/main', ''],
  ['', ''],
])('what may be wrong with the subject %s', (sub, advice) => {
  const sent = `GitHub sent sub="${sub}", aud="sts.amazonaws.com".`;
  expect(tellSubject(claimsOf(sub))).toEqual({ sent, advice });
});

test('tells any claims', () => {
  const claims = parseClaims(toJwt({ sub: 's', repository: 'acme/shop', ref: 'refs/tags/v1' }));
  expect(tellClaims(claims, ['repository', 'ref', 'sub'])).toBe(
    'GitHub sent repository="acme/shop", ref="refs/tags/v1", sub="s".',
  );
});
