import { inspect } from 'node:util';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { openEks } from '../../../src/auth/aws/eks.ts';
import { DeployError } from '../../../src/errors.ts';
import type { AwsLogin } from '../../../src/release/cluster-spec.ts';
import type { Refusal } from '../../cloud/aws-sts.ts';
import { AMBIENT, type AwsWorld, ROLE, SECOND, startAwsWorld, toEksCluster } from './aws-world.ts';

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

/** As the webhook of EKS points a pod to its service account's token. */
function pointTo({ aws, environment }: AwsWorld, file: string): void {
  Object.assign(environment, { AWS_WEB_IDENTITY_TOKEN_FILE: file, AWS_ROLE_ARN: ROLE });
  const message = 'Not authorized to perform sts:AssumeRoleWithWebIdentity';
  aws.refuse('AssumeRoleWithWebIdentity', refusal('AccessDenied', message, 403));
}

/** Beside those of the acceptance list (edge-cases.test.ts). */
const CASES: readonly Case[] = [
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
    name: 'somebody else answers for EKS, and calls it a success',
    arrange: ({ aws }) => aws.refuse('DescribeCluster', { status: 200, body: 'null' }),
    code: 'login-failed',
    message:
      'What answered instead of AWS EKS, which was to describe the cluster data-prod, is none of AWS (HTTP 200).',
    hint: 'Check HTTPS_PROXY, NO_PROXY and AWS_ENDPOINT_URL_… in the environment of the step.',
    asked: ['DescribeCluster', 1],
  },
  {
    name: 'a web identity file of a pod whose role does not trust it',
    arrange: (job) => pointTo(job, import.meta.filename),
    login: AMBIENT,
    code: 'login-refused',
    message: `AWS refused the role ${ROLE} of AWS_ROLE_ARN for the token in AWS_WEB_IDENTITY_TOKEN_FILE.`,
    hint: "The role's trust policy must allow the service account of this runner's pod, and the role must exist; or set `aws-role-to-assume`, to log in with GitHub's OIDC token.",
  },
  {
    name: 'a web identity file that is not there',
    arrange: (job) => pointTo(job, `${import.meta.dirname}/none`),
    login: AMBIENT,
    code: 'login-missing',
    message:
      "There are no AWS credentials: `aws-role-to-assume` is not given, and neither the job's environment nor the machine has any. AWS_WEB_IDENTITY_TOKEN_FILE is set, but leads to none.",
    hint: "Set `aws-role-to-assume` (with GitHub's OIDC token), or run aws-actions/configure-aws-credentials in an earlier step.",
    asked: ['AssumeRoleWithWebIdentity', 0],
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
    name: 'nobody listens',
    arrange: () => {
      process.env['AWS_ENDPOINT_URL_STS'] = 'https://127.0.0.1:9';
    },
    code: 'login-failed',
    message: `AWS STS could not assume the role ${ROLE}: after 5 tries it did not answer (connect ECONNREFUSED 127.0.0.1:9).`,
    hint: 'Check that the runner reaches AWS: name resolution, firewall, HTTPS_PROXY and NO_PROXY; then run the job again.',
    asked: ['AssumeRoleWithWebIdentity', 0],
  },
];

test.each(CASES)('$name', async ({ arrange, login, code, message, hint, asked }) => {
  arrange?.(world);
  const error = await openEks(toEksCluster(login), world).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(DeployError);
  const told = error as DeployError;
  expect({ code: told.code, message: told.message, hint: told.hint }).toEqual({
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
