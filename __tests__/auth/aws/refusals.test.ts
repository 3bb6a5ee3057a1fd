import { inspect } from 'node:util';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { openEks } from '../../../src/auth/aws/eks.ts';
import { DeployError } from '../../../src/errors.ts';
import type { AwsLogin, EksCluster } from '../../../src/release/cluster-spec.ts';
import type { Refusal } from '../../cloud/aws-sts.ts';
import {
  AMBIENT,
  type AwsWorld,
  CHAINED,
  ROLE,
  SECOND,
  SUBJECT,
  startAwsWorld,
  toEksCluster,
} from './aws-world.ts';

let world: AwsWorld;

beforeAll(async () => {
  world = await startAwsWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.stop());

interface Case {
  readonly name: string;
  readonly arrange?: (world: AwsWorld) => void;
  readonly login?: Partial<AwsLogin>;
  readonly spec?: Partial<EksCluster>;
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  /** Calls of an action; ['AssumeRoleWithWebIdentity', 1] unless told. */
  readonly asked?: readonly [action: string, times: number];
}

const refusal = (code: string, message: string, status = 400): Refusal => ({
  code,
  message,
  status,
});
const always = (refused: Refusal): Refusal[] => Array.from({ length: 9 }, () => refused);
const POLICY =
  "The role's trust policy must allow exactly these (case-sensitive), and the role must exist.";
const EXPIRED = 'Give `aws-role-to-assume` so that this action can renew them.';
const setKeys = () => {
  process.env['AWS_ACCESS_KEY_ID'] = 'AKIAIOSFODNN7EXAMPLE';
  process.env['AWS_SECRET_ACCESS_KEY'] = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
};
const addKeys = ({ aws }: AwsWorld) => {
  setKeys();
  aws.addSession({ arn: 'arn:aws:iam::111122223333:user/ci' });
};
const setCluster =
  (fields: object) =>
  ({ aws }: AwsWorld) => {
    aws.clusters.set('data-prod', { ...aws.clusters.get('data-prod'), ...fields });
  };

/** The numbers are those of auth.md, section 11. */
const CASES: readonly Case[] = [
  {
    name: '6: neither role nor credentials, empty variables being none (20)',
    login: AMBIENT,
    code: 'login-missing',
    message:
      "There are no AWS credentials: `aws-role-to-assume` is not given, and neither the job's environment nor the machine has any.",
    hint: "Set `aws-role-to-assume` (with GitHub's OIDC token), or run aws-actions/configure-aws-credentials in an earlier step.",
    asked: ['GetCallerIdentity', 0],
  },
  {
    name: '10: the trust policy is for another subject',
    arrange: ({ aws }) => aws.roles.set(ROLE, { subjects: ['repo:acme/shop:ref:refs/heads/main'] }),
    code: 'login-refused',
    message: `AWS refused the role ${ROLE} for this workflow. GitHub sent sub="${SUBJECT}", aud="sts.amazonaws.com".`,
    hint: `${POLICY} Because the job uses environment "production", the subject ends in environment:production, not ref:….`,
    asked: ['AssumeRoleWithWebIdentity', 3],
  },
  {
    name: '10: the immutable subject format',
    arrange: ({ github }) => {
      github.claims = { sub: 'repo:acme@12/shop@34:ref:refs/heads/main' };
    },
    code: 'login-refused',
    message: `AWS refused the role ${ROLE} for this workflow. GitHub sent sub="repo:acme@12/shop@34:ref:refs/heads/main", aud="sts.amazonaws.com".`,
    hint: `${POLICY} This repository uses GitHub's immutable subject format (2026): policies written as "repo:acme/shop:…" no longer match.`,
    asked: ['AssumeRoleWithWebIdentity', 3],
  },
  {
    name: '11: no provider in the account',
    arrange: ({ aws }) => {
      aws.audiences = undefined;
    },
    code: 'login-refused',
    message:
      'Account 111122223333 has no IAM OIDC provider for token.actions.githubusercontent.com.',
    hint: 'Create it in that account with the audience "sts.amazonaws.com", or correct the account in `aws-role-to-assume`.',
  },
  {
    name: '12: an audience that the provider does not list',
    login: { role: { arn: ROLE, audience: 'slipway' } },
    code: 'login-refused',
    message: 'The IAM OIDC provider of account 111122223333 does not list the audience "slipway".',
    hint: 'Set `cluster.audience` to one that it lists, or add this one to the provider.',
  },
  {
    name: "13: AWS cannot fetch GitHub's keys",
    arrange: ({ aws }) =>
      aws.refuse(
        'AssumeRoleWithWebIdentity',
        ...always(
          refusal(
            'InvalidIdentityToken',
            "Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity documentation for requirements",
          ),
        ),
      ),
    code: 'login-failed',
    message: `AWS could not fetch GitHub's signing keys while assuming the role ${ROLE}.`,
    hint: 'This is temporary: run the job again.',
    asked: ['AssumeRoleWithWebIdentity', 5],
  },
  {
    name: 'an ID token that AWS holds for ended, twice',
    arrange: ({ aws }) =>
      aws.refuse(
        'AssumeRoleWithWebIdentity',
        ...always(refusal('ExpiredTokenException', 'Token expired')),
      ),
    code: 'login-failed',
    message: `AWS took GitHub's ID token for one that has ended, twice, while assuming the role ${ROLE}.`,
    hint: "Such a token lives 5 minutes: check the runner's clock and how long its way to AWS takes, and run the job again.",
    asked: ['AssumeRoleWithWebIdentity', 2],
  },
  {
    name: 'STS answers 503',
    arrange: ({ aws }) =>
      aws.refuse(
        'AssumeRoleWithWebIdentity',
        ...always(refusal('ServiceUnavailable', 'Later', 503)),
      ),
    code: 'login-failed',
    message: `AWS STS could not assume the role ${ROLE}: after 5 tries it answered ServiceUnavailable.`,
    hint: 'This is usually temporary: run the job again.',
    asked: ['AssumeRoleWithWebIdentity', 5],
  },
  {
    name: 'somebody else answers for STS, for a while',
    arrange: ({ aws }) =>
      aws.refuse(
        'AssumeRoleWithWebIdentity',
        { status: 502, body: '<html>' },
        { status: 403, body: '<html>' },
      ),
    code: 'login-failed',
    message: `What answered instead of AWS STS, which was to assume the role ${ROLE}, is none of AWS (HTTP 403).`,
    hint: 'Check HTTPS_PROXY, NO_PROXY and AWS_ENDPOINT_URL_… in the environment of the step.',
    asked: ['AssumeRoleWithWebIdentity', 2],
  },
  {
    name: '15: longer than the role allows',
    login: { duration: 14_400 },
    code: 'login-refused',
    message: `The role ${ROLE} allows at most its maximum session duration; \`cluster.role-duration-seconds\` asks 14400 s.`,
    hint: "Ask less (the action renews the session by itself), or raise the role's maximum session duration.",
  },
  {
    name: '15: longer than AWS lets chained roles last',
    login: { ...CHAINED, duration: 7200 },
    code: 'login-refused',
    message: `Chained roles last at most 1 hour; \`cluster.role-duration-seconds\` asks 7200 s of ${SECOND}.`,
    hint: 'Ask at most 3600: the action renews the session by itself.',
  },
  {
    name: 'chaining with another external id',
    login: { chained: { arn: SECOND, externalId: 'other' } },
    code: 'login-refused',
    message: `AWS does not let ${ROLE} assume the role ${SECOND} of \`cluster.role-chaining\`.`,
    hint: "The role's trust policy must allow the first one (and ask for the same `cluster.role-chaining.external-id`, if for any), the first one needs sts:AssumeRole on it, and it must exist.",
    asked: ['AssumeRole', 1],
  },
  {
    name: '17: policies too large',
    arrange: ({ aws }) =>
      aws.refuse('AssumeRoleWithWebIdentity', refusal('PackedPolicyTooLarge', 'Packed size 110%')),
    code: 'login-refused',
    message: `The session policies for the role ${ROLE} are too large when AWS packs them.`,
    hint: 'Shorten `cluster.inline-session-policy`, or list fewer `cluster.managed-session-policies`.',
  },
  {
    name: 'a policy that AWS cannot read',
    arrange: ({ aws }) =>
      aws.refuse(
        'AssumeRoleWithWebIdentity',
        refusal('MalformedPolicyDocument', 'Syntax errors in policy.'),
      ),
    code: 'login-refused',
    message: `AWS does not understand the session policy for the role ${ROLE}: Syntax errors in policy.`,
    hint: 'Correct `cluster.inline-session-policy`.',
  },
  {
    name: 'STS is off in the region',
    arrange: ({ aws }) =>
      aws.refuse(
        'AssumeRoleWithWebIdentity',
        refusal('RegionDisabledException', 'STS is not activated', 403),
      ),
    code: 'login-refused',
    message: `AWS STS is switched off in eu-west-1 for this account, so it could not assume the role ${ROLE}.`,
    hint: 'Activate the region in the account (IAM, account settings), then run this again.',
  },
  {
    name: 'a refusal that nobody knows, which quotes the token',
    arrange: ({ aws }) =>
      aws.refuse(
        'AssumeRoleWithWebIdentity',
        refusal(
          'ValidationError',
          `1 validation error: Value '${'eyJh.'.repeat(50)}' at 'webIdentityToken'`,
        ),
      ),
    code: 'login-refused',
    message: `AWS STS refused to assume the role ${ROLE}: ValidationError: 1 validation error: Value '…' at 'webIdentityToken'`,
    hint: 'Check the role, its trust policy and its permissions.',
  },
  {
    name: '18: the account of the role',
    login: { allowedAccounts: ['999900001111'] },
    code: 'account-not-allowed',
    message:
      'The AWS credentials are for account 111122223333, which `cluster.allowed-account-ids` does not list (999900001111).',
    hint: 'Nothing was done. Log in to the right account, or add this one to `cluster.allowed-account-ids`.',
    asked: ['DescribeCluster', 0],
  },
  {
    name: '18: the account of ambient credentials',
    arrange: addKeys,
    login: { ...AMBIENT, allowedAccounts: ['999900001111'] },
    code: 'account-not-allowed',
    message:
      'The AWS credentials are for account 111122223333, which `cluster.allowed-account-ids` does not list (999900001111).',
    hint: 'Nothing was done. Log in to the right account, or add this one to `cluster.allowed-account-ids`.',
    asked: ['DescribeCluster', 0],
  },
  {
    name: '19: ambient credentials that have expired',
    arrange(world) {
      setKeys();
      world.aws.addSession({ arn: 'arn:aws:iam::111122223333:user/ci', expiresAt: 1 });
    },
    login: AMBIENT,
    code: 'login-expired',
    message:
      'The AWS credentials in the environment have expired (they came from an earlier step).',
    hint: EXPIRED,
    asked: ['GetCallerIdentity', 1],
  },
  {
    name: '19: ambient credentials that AWS does not know',
    arrange: setKeys,
    login: { ...AMBIENT, ...CHAINED },
    code: 'login-expired',
    message:
      'The AWS credentials in the environment are no longer valid (they came from an earlier step).',
    hint: EXPIRED,
    asked: ['GetCallerIdentity', 1],
  },
  {
    name: '21: a signature of another time',
    arrange(world) {
      addKeys(world);
      world.aws.skew = 20 * 60_000;
    },
    login: AMBIENT,
    code: 'clock-skew',
    message:
      "The runner's clock is N s behind that of AWS (Date header), so AWS does not accept what is signed here.",
    hint: "Set the runner's clock by NTP.",
    asked: ['GetCallerIdentity', 1],
  },
  {
    name: '21: an answer from another time, before anything is signed',
    arrange: ({ aws }) => {
      aws.skew = -10 * 60_000;
    },
    code: 'clock-skew',
    message:
      "The runner's clock is N s ahead of that of AWS (Date header), so AWS does not accept what is signed here.",
    hint: "Set the runner's clock by NTP.",
  },
  {
    name: '22: DescribeCluster is denied',
    arrange: ({ aws }) => aws.denied.add('eks:DescribeCluster'),
    code: 'cluster-unreadable',
    message: `${ROLE} may not call eks:DescribeCluster on the cluster "data-prod".`,
    hint: 'Allow it in a policy of the role, or give `cluster.server` and `cluster.ca`.',
  },
  {
    name: '23: no such cluster',
    spec: { name: 'data' },
    code: 'cluster-not-found',
    message: 'There is no EKS cluster "data" in eu-west-1 (account 111122223333).',
    hint: 'Check `cluster-name` and `cluster-location`, and the account of the role.',
  },
  {
    name: '24: not yet there',
    arrange: setCluster({ status: 'CREATING', endpoint: undefined }),
    code: 'cluster-not-ready',
    message: 'Cluster "data-prod" is CREATING; deploys need it ACTIVE or UPDATING.',
    hint: 'Wait until it is ready, then run this again.',
  },
  {
    name: '24: no more',
    arrange: setCluster({ status: 'FAILED' }),
    code: 'cluster-not-ready',
    message: 'Cluster "data-prod" is FAILED; deploys need it ACTIVE or UPDATING.',
    hint: 'Look at the cluster in the AWS console.',
  },
  {
    name: '25: EKS Connector',
    arrange: setCluster({ endpoint: undefined, connectorConfig: { provider: 'OTHER' } }),
    code: 'cluster-endpoint-unavailable',
    message:
      'Cluster "data-prod" is an external cluster registered in EKS (connector); it has no endpoint there.',
    hint: 'Use `cluster-provider`: kubeconfig.',
  },
  {
    name: '31: FIPS and another endpoint',
    arrange: () => {
      process.env['AWS_USE_FIPS_ENDPOINT'] = 'true';
    },
    code: 'input-invalid',
    message:
      'AWS_USE_FIPS_ENDPOINT cannot be combined with an address of AWS_ENDPOINT_URL or AWS_ENDPOINT_URL_….',
    hint: 'Unset one of the two in the environment of the step.',
    asked: ['AssumeRoleWithWebIdentity', 0],
  },
  {
    name: '3, the same for AWS: nobody listens',
    arrange: () => {
      process.env['AWS_ENDPOINT_URL_STS'] = 'https://127.0.0.1:9';
    },
    code: 'login-failed',
    message: `AWS STS could not assume the role ${ROLE}: after 5 tries it did not answer (connect ECONNREFUSED 127.0.0.1:9).`,
    hint: 'Check that the runner reaches AWS: name resolution, firewall, HTTPS_PROXY and NO_PROXY; then run the job again.',
    asked: ['AssumeRoleWithWebIdentity', 0],
  },
];

test.each(CASES)('$name', async ({ arrange, login, spec, code, message, hint, asked }) => {
  arrange?.(world);
  const cluster = { ...toEksCluster(login), ...spec };
  const error = await openEks(cluster, world).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(DeployError);
  const told = error as DeployError;
  // The Date header has whole seconds.
  const heard = told.message.replace(/clock is (1199|1200|600|601) s/, 'clock is N s');
  expect({ code: told.code, message: heard, hint: told.hint }).toEqual({
    code,
    message,
    hint,
  });
  const [action, times] = asked ?? ['AssumeRoleWithWebIdentity', 1];
  expect(world.aws.count(action)).toBe(times);
  expectNoSecret(inspect(error, { depth: 12, showHidden: true }) + world.logged.join('\n'));
});

function expectNoSecret(text: string): void {
  const secrets = [...world.github.given, ...world.aws.sessions.values()].flatMap((it) =>
    typeof it === 'string' ? [it] : [it.secretAccessKey, it.sessionToken],
  );
  const leaked = secrets.filter((secret) => secret !== '' && text.includes(secret));
  expect(leaked).toEqual([]);
  expect(text).not.toContain('eyJh');
}

test('what passes by itself is tried again, with one line each', async () => {
  const busy = refusal('Throttling', 'Rate exceeded');
  world.aws.refuse('AssumeRoleWithWebIdentity', busy, refusal('AccessDenied', 'Not yet', 403));
  world.aws.refuse('DescribeCluster', refusal('ServerException', 'Oops', 500));
  await openEks(toEksCluster(), world);
  expect(world.logged.filter((line) => line.includes('trying again'))).toEqual([
    expect.stringMatching(/^AWS STS answered Throttling; trying again in [\d.]+ s \(2 of 5\)$/),
    expect.stringMatching(/^AWS STS answered AccessDenied; trying again in [\d.]+ s \(3 of 3\)$/),
    expect.stringMatching(/^AWS EKS answered Server; trying again in [\d.]+ s \(2 of 5\)$/),
  ]);
  // Each try has a token of its own.
  expect(world.github.asked).toHaveLength(3);
});
