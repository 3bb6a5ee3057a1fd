import { openEks } from '../../../src/auth/aws/eks.ts';
import type { ApiError } from '../../../src/ports.ts';
import type { AwsLogin, EksCluster } from '../../../src/release/cluster-spec.ts';
import { parse } from '../../config/cluster/sample.ts';
import {
  AMBIENT,
  type AwsWorld,
  CHAINED,
  ROLE,
  SECOND,
  SUBJECT,
  toEksCluster,
} from '../aws/aws-world.ts';
import { type EdgeCase, enter, type Scene, SILENCE, UNAUTHORIZED } from './edge-case.ts';
import { parseFile } from './slipway-yaml.ts';

const EKS = { 'cluster-provider': 'eks', 'cluster-name': 'data', 'cluster-location': 'eu-west-1' };
const FILE = { name: 'data', location: 'eu-west-1' };
const DEPLOY = 'arn:aws:iam::111122223333:role/deploy';

/** Logs in to the cluster `data-prod`. */
function open(
  login: Partial<AwsLogin> = {},
  arrange: (world: AwsWorld) => void = () => undefined,
  spec: Partial<EksCluster> = {},
) {
  return ({ aws: world }: Scene) => {
    world.github.claims = { sub: SUBJECT, environment: 'production' };
    arrange(world);
    return openEks({ ...toEksCluster(login), ...spec }, world);
  };
}

/** Logs in to the cluster, whose API server does not let us in. */
function refusedBy(
  cluster: object,
  error: ApiError,
  arrange: (world: AwsWorld) => void = () => undefined,
) {
  return async (scene: Scene) => {
    const access = await open({}, (world) => {
      setCluster(cluster)(world);
      arrange(world);
    })(scene);
    await access.mint();
    return enter({ ...access, provider: 'eks' }, error);
  };
}

const setCluster =
  (fields: object) =>
  ({ aws }: AwsWorld) => {
    aws.clusters.set('data-prod', { ...aws.clusters.get('data-prod'), ...fields });
  };

const setKeys = () => {
  process.env['AWS_ACCESS_KEY_ID'] = 'AKIAIOSFODNN7EXAMPLE';
  process.env['AWS_SECRET_ACCESS_KEY'] = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
};
const addKeys = ({ aws }: AwsWorld) => {
  setKeys();
  aws.addSession({ arn: 'arn:aws:iam::111122223333:user/ci' });
};

const POLICY =
  "The role's trust policy must allow exactly these (case-sensitive), and the role must exist.";
const ROLE_HINT =
  'Write the ARN of the role, such as `arn:aws:iam::111122223333:role/deploy`; in other partitions it begins with `arn:aws-us-gov`, `arn:aws-cn` or `arn:aws-eusc`.';
const NO_CREDENTIALS = {
  code: 'login-missing',
  message:
    "There are no AWS credentials: `aws-role-to-assume` is not given, and neither the job's environment nor the machine has any.",
  hint: "Set `aws-role-to-assume` (with GitHub's OIDC token), or run aws-actions/configure-aws-credentials in an earlier step.",
  asked: ['GetCallerIdentity', 0],
} as const;
const NOT_ALLOWED = {
  code: 'account-not-allowed',
  message:
    'The AWS credentials are for account 111122223333, which `cluster.allowed-account-ids` does not list (999900001111).',
  hint: 'Nothing was done. Log in to the right account, or add this one to `cluster.allowed-account-ids`.',
  asked: ['DescribeCluster', 0],
} as const;
const RENEW = 'Give `aws-role-to-assume` so that this action can renew them.';
const CLOCK = "Set the runner's clock by NTP.";
const NOT_ADMITTED = `The AWS login worked as ${ROLE}, but the cluster "data-prod" does not admit it.`;
const ONCE = ['AssumeRoleWithWebIdentity', 1] as const;

/** auth.md, section 11: AWS. */
export const AWS: readonly EdgeCase[] = [
  { number: 6, when: 'neither role nor credentials', provoke: open(AMBIENT), ...NO_CREDENTIALS },
  {
    number: 7,
    when: 'nobody says the region',
    provoke: () => parse({ ...EKS, 'cluster-location': '' }),
    code: 'input-missing',
    message:
      '`cluster-location` is missing or empty, and so are AWS_REGION and AWS_DEFAULT_REGION.',
    hint: 'Set it to the region of the cluster, such as `eu-west-1`.',
  },
  {
    number: 7,
    when: 'a region that there is not',
    provoke: () => parse({ ...EKS, 'cluster-location': 'Ireland' }),
    code: 'input-invalid',
    message: '`cluster-location` is `Ireland`, which is no region of AWS.',
    hint: 'Write the region of the cluster, such as `eu-west-1`.',
  },
  {
    number: 7,
    when: 'AWS_REGION is none',
    provoke: () => parse({ ...EKS, 'cluster-location': '' }, {}, { AWS_REGION: 'Ireland' }),
    code: 'input-invalid',
    message: '`AWS_REGION` is `Ireland`, which is no region of AWS.',
    hint: 'Write the region of the cluster, such as `eu-west-1`.',
  },
  {
    number: 8,
    when: 'the role is no ARN',
    provoke: () => parse({ ...EKS, 'aws-role-to-assume': 'deploy' }),
    code: 'input-invalid',
    message: '`aws-role-to-assume` is `deploy`, which is no ARN of a role.',
    hint: ROLE_HINT,
  },
  {
    number: 9,
    when: 'role and region are of two partitions',
    provoke: () =>
      parse({ ...EKS, 'aws-role-to-assume': DEPLOY, 'cluster-location': 'cn-north-1' }),
    code: 'input-ambiguous',
    message:
      'The role in `aws-role-to-assume` is of the partition aws, and the region cn-north-1 of aws-cn.',
    hint: 'Give a role of the partition aws-cn, or correct the region of the cluster.',
  },
  {
    number: 10,
    when: 'the trust policy is for another subject',
    provoke: open({}, ({ aws }) =>
      aws.roles.set(ROLE, { subjects: ['repo:acme/shop:ref:refs/heads/main'] }),
    ),
    code: 'login-refused',
    message: `AWS refused the role ${ROLE} for this workflow. GitHub sent sub="${SUBJECT}", aud="sts.amazonaws.com".`,
    hint: `Because the job uses environment "production", the subject ends in environment:production, not ref:…. ${POLICY}`,
    asked: ['AssumeRoleWithWebIdentity', 3],
  },
  {
    number: 10,
    when: 'the subject has the immutable format',
    provoke: open({}, ({ github }) => {
      github.claims = { sub: 'repo:acme@12/shop@34:ref:refs/heads/main' };
    }),
    code: 'login-refused',
    message: `AWS refused the role ${ROLE} for this workflow. GitHub sent sub="repo:acme@12/shop@34:ref:refs/heads/main", aud="sts.amazonaws.com".`,
    hint: `This repository uses GitHub's immutable subject format (2026): policies written as "repo:acme/shop:…" no longer match. ${POLICY}`,
    asked: ['AssumeRoleWithWebIdentity', 3],
  },
  {
    number: 10,
    when: 'a pull request asks for the role that deploys',
    provoke: open({}, ({ github }) => {
      github.claims = { sub: 'repo:acme/shop:pull_request' };
    }),
    code: 'login-refused',
    message: `AWS refused the role ${ROLE} for this workflow. GitHub sent sub="repo:acme/shop:pull_request", aud="sts.amazonaws.com".`,
    hint: `The job of a pull request must not get the role that deploys: give it a read-only one in \`cluster.plan\`, whose trust allows this subject. ${POLICY}`,
    asked: ['AssumeRoleWithWebIdentity', 3],
  },
  {
    number: 11,
    when: 'the account has no OIDC provider',
    provoke: open({}, ({ aws }) => {
      aws.audiences = undefined;
    }),
    code: 'login-refused',
    message:
      'Account 111122223333 has no IAM OIDC provider for token.actions.githubusercontent.com.',
    hint: 'Create it in that account with the audience "sts.amazonaws.com", or correct the account in `aws-role-to-assume`.',
    asked: ONCE,
  },
  {
    number: 12,
    when: 'the provider does not list the audience',
    provoke: open({ role: { arn: ROLE, audience: 'slipway' } }),
    code: 'login-refused',
    message: 'The IAM OIDC provider of account 111122223333 does not list the audience "slipway".',
    hint: 'Set `cluster.audience` to one that it lists, or add this one to the provider.',
    asked: ONCE,
  },
  {
    number: 13,
    when: "AWS cannot fetch GitHub's keys",
    provoke: open({}, ({ aws }) => {
      const message =
        "Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity documentation for requirements";
      const refusal = { code: 'InvalidIdentityToken', message, status: 400 };
      aws.refuse('AssumeRoleWithWebIdentity', ...Array.from({ length: 9 }, () => refusal));
    }),
    code: 'login-failed',
    message: `AWS could not fetch GitHub's signing keys while assuming the role ${ROLE}.`,
    hint: 'This is temporary: run the job again.',
    asked: ['AssumeRoleWithWebIdentity', 5],
  },
  {
    number: 14,
    when: 'a name of a session that AWS would not take',
    provoke: () =>
      parseFile({ ...FILE, 'role-to-assume': DEPLOY, 'role-session-name': 'my session' }),
    code: 'config-invalid',
    message:
      '`environments.production.cluster.role-session-name` is `my session`, which has no meaning there.',
    hint: 'Use letters, digits and `_+=,.@-`, 2 to 64 of them.',
  },
  {
    number: 14,
    when: 'a name that we derive: made such as AWS takes, silently',
    proof: {
      file: '__tests__/auth/aws/eks.test.ts',
      test: 'any name of a run becomes one that AWS takes',
    },
  },
  {
    number: 15,
    when: 'longer than the role allows',
    provoke: open({ duration: 14_400 }),
    code: 'login-refused',
    message: `The role ${ROLE} allows at most its maximum session duration; \`cluster.role-duration-seconds\` asks 14400 s.`,
    hint: "Ask less (the action renews the session by itself), or raise the role's maximum session duration.",
    asked: ONCE,
  },
  {
    number: 15,
    when: 'longer than AWS lends chained roles',
    provoke: () =>
      parse(EKS, {
        ...{ 'role-to-assume': DEPLOY, 'role-chaining': { 'role-to-assume': DEPLOY } },
        'role-duration-seconds': 7200,
      }),
    code: 'input-invalid',
    message:
      '`cluster.role-duration-seconds` is 7200, and AWS lends a chained role for 3600 seconds at most.',
    hint: 'Remove it, or `cluster.role-chaining`.',
  },
  {
    number: 15,
    when: 'the same, though nobody looked before',
    provoke: open({ ...CHAINED, duration: 7200 }),
    code: 'login-refused',
    message: `Chained roles last at most 1 hour; \`cluster.role-duration-seconds\` asks 7200 s of ${SECOND}.`,
    hint: 'Ask at most 3600: the action renews the session by itself.',
    asked: ['AssumeRole', 1],
  },
  {
    number: 16,
    when: 'a policy that is no JSON',
    provoke: () =>
      parse(EKS, { 'role-to-assume': DEPLOY, 'inline-session-policy': 'Version: 2012-10-17' }),
    code: 'input-invalid',
    message: '`cluster.inline-session-policy` is no policy: it is not a map of JSON.',
    hint: 'Write the policy as a map of YAML, or put its JSON in single quotes.',
  },
  {
    number: 16,
    when: 'a policy that is too long',
    provoke: () =>
      parse(EKS, {
        'role-to-assume': DEPLOY,
        'inline-session-policy': { Sid: 'x'.repeat(2048) },
      }),
    code: 'input-invalid',
    message: '`cluster.inline-session-policy` has 2058 characters; AWS takes 2048.',
    hint: 'Shorten it, or make it a policy of its own for `cluster.managed-session-policies`.',
  },
  {
    number: 17,
    when: 'policies that AWS cannot pack',
    provoke: open({}, ({ aws }) => {
      const refusal = { code: 'PackedPolicyTooLarge', message: 'Packed size 110%', status: 400 };
      aws.refuse('AssumeRoleWithWebIdentity', refusal);
    }),
    code: 'login-refused',
    message: `The session policies for the role ${ROLE} are too large when AWS packs them.`,
    hint: 'Shorten `cluster.inline-session-policy`, or list fewer `cluster.managed-session-policies`.',
    asked: ONCE,
  },
  {
    number: 18,
    when: 'the role is of another account',
    provoke: open({ allowedAccounts: ['999900001111'] }),
    ...NOT_ALLOWED,
  },
  {
    number: 18,
    when: 'the credentials of the environment are of another account',
    provoke: open({ ...AMBIENT, allowedAccounts: ['999900001111'] }, addKeys),
    ...NOT_ALLOWED,
  },
  {
    number: 19,
    when: 'the credentials of the environment have expired',
    provoke: open(AMBIENT, ({ aws }) => {
      setKeys();
      aws.addSession({ arn: 'arn:aws:iam::111122223333:user/ci', expiresAt: 1 });
    }),
    code: 'login-expired',
    message:
      'The AWS credentials in the environment have expired (they came from an earlier step).',
    hint: RENEW,
    asked: ['GetCallerIdentity', 1],
  },
  {
    number: 19,
    when: 'AWS does not know them',
    provoke: open({ ...AMBIENT, ...CHAINED }, setKeys),
    code: 'login-expired',
    message:
      'The AWS credentials in the environment are no longer valid (they came from an earlier step).',
    hint: RENEW,
    asked: ['GetCallerIdentity', 1],
  },
  {
    number: 20,
    when: 'the variables of an earlier step are empty, which is as good as unset',
    provoke: open(AMBIENT, () => {
      for (const name of ['ACCESS_KEY_ID', 'SECRET_ACCESS_KEY', 'SESSION_TOKEN']) {
        process.env[`AWS_${name}`] = '';
      }
      for (const name of ['ROLE_ARN', 'WEB_IDENTITY_TOKEN_FILE', 'PROFILE']) {
        process.env[`AWS_${name}`] = '';
      }
    }),
    ...NO_CREDENTIALS,
  },
  {
    number: 21,
    when: 'the clock is behind: AWS refuses the signature',
    provoke: open(AMBIENT, (world) => {
      addKeys(world);
      world.aws.skew = 20 * 60_000;
    }),
    code: 'clock-skew',
    message:
      "The runner's clock is N s behind that of AWS (Date header), so AWS does not accept what is signed here.",
    hint: CLOCK,
    asked: ['GetCallerIdentity', 1],
  },
  {
    number: 21,
    when: 'the clock is ahead: seen before anything is signed',
    provoke: open({}, ({ aws }) => {
      aws.skew = -10 * 60_000;
    }),
    code: 'clock-skew',
    message:
      "The runner's clock is N s ahead of that of AWS (Date header), so AWS does not accept what is signed here.",
    hint: CLOCK,
    asked: ONCE,
  },
  {
    number: 22,
    when: 'the role may not describe the cluster',
    provoke: open({}, ({ aws }) => aws.denied.add('eks:DescribeCluster')),
    code: 'cluster-unreadable',
    message: `${ROLE} may not call eks:DescribeCluster on the cluster "data-prod".`,
    hint: 'Allow it in a policy of the role, or give `cluster.server` and `cluster.ca`.',
    asked: ['DescribeCluster', 1],
  },
  {
    number: 23,
    when: 'there is no such cluster',
    provoke: open({}, undefined, { name: 'data' }),
    code: 'cluster-not-found',
    message: 'There is no EKS cluster "data" in eu-west-1 (account 111122223333).',
    hint: 'Check `cluster-name` and `cluster-location`, and the account of the role.',
    asked: ['DescribeCluster', 1],
  },
  {
    number: 24,
    when: 'the cluster is not there yet',
    provoke: open({}, setCluster({ status: 'CREATING', endpoint: undefined })),
    code: 'cluster-not-ready',
    message: 'Cluster "data-prod" is CREATING; deploys need it ACTIVE or UPDATING.',
    hint: 'Wait until it is ready, then run this again.',
  },
  {
    number: 24,
    when: 'the cluster is broken',
    provoke: open({}, setCluster({ status: 'FAILED' })),
    code: 'cluster-not-ready',
    message: 'Cluster "data-prod" is FAILED; deploys need it ACTIVE or UPDATING.',
    hint: 'Look at the cluster in the AWS console.',
  },
  {
    number: 25,
    when: 'the cluster is one of EKS Connector',
    provoke: open({}, setCluster({ endpoint: undefined, connectorConfig: { provider: 'OTHER' } })),
    code: 'cluster-endpoint-unavailable',
    message:
      'Cluster "data-prod" is an external cluster registered in EKS (connector); it has no endpoint there.',
    hint: 'Give a kubeconfig of the cluster instead: `cluster-provider: kubeconfig` with `kubeconfig`.',
  },
  {
    number: 26,
    when: 'a private endpoint, seen from outside',
    provoke: refusedBy(
      { resourcesVpcConfig: { endpointPublicAccess: false, endpointPrivateAccess: true } },
      SILENCE,
    ),
    code: 'cluster-unreachable',
    message:
      'Cluster "data-prod" has only a private API endpoint, which does not answer (connect ETIMEDOUT 10.0.3.7:443).',
    hint: "Use a runner inside the cluster's VPC, or enable public access for it.",
  },
  {
    number: 27,
    when: 'a public endpoint for some',
    provoke: refusedBy(
      {
        resourcesVpcConfig: { endpointPublicAccess: true, publicAccessCidrs: ['203.0.113.0/24'] },
      },
      SILENCE,
    ),
    code: 'cluster-unreachable',
    message:
      'The API endpoint of cluster "data-prod" does not answer (connect ETIMEDOUT 10.0.3.7:443); its public access is limited to 203.0.113.0/24, which probably excludes this runner.',
    hint: "Add the runner's address to the cluster's public access, or use a runner inside its VPC.",
  },
  {
    number: 28,
    when: 'no access entry',
    provoke: refusedBy({}, UNAUTHORIZED),
    code: 'unauthorized',
    message: NOT_ADMITTED,
    hint: `Create an access entry for exactly this ARN: aws eks create-access-entry --cluster-name data-prod --region eu-west-1 --principal-arn ${ROLE} --kubernetes-groups GROUP, or without a group and with an access policy.`,
  },
  {
    number: 28,
    when: 'nothing in aws-auth, which knows no paths',
    provoke: refusedBy({ accessConfig: { authenticationMode: 'CONFIG_MAP' } }, UNAUTHORIZED),
    code: 'unauthorized',
    message: NOT_ADMITTED,
    hint: "Add arn:aws:iam::111122223333:role/deploy (there without a path) with groups to mapRoles of the ConfigMap aws-auth in kube-system, or switch the cluster's authentication mode to API_AND_CONFIG_MAP and create an access entry.",
  },
  {
    number: 29,
    when: 'a token of more than 4096 bytes, which EKS refuses',
    provoke: refusedBy({}, UNAUTHORIZED, ({ aws }) => {
      aws.sessionTokenLength = 2_600;
    }),
    code: 'unauthorized',
    message: 'Cluster "data-prod" refused the token.',
    hint: "EKS may refuse this token (N bytes > 4,096): the role's session token is unusually large. Shorten `cluster.inline-session-policy` and `cluster.managed-session-policies`, or the tags of the role's session.",
  },
  {
    number: 30,
    when: 'AWS_ENDPOINT_URL_STS leads elsewhere',
    async provoke(scene) {
      await open()(scene);
      return scene.aws.logged.at(-1);
    },
    message:
      "AWS_ENDPOINT_URL_STS leads the login to another STS; the cluster's token still names the official one.",
  },
  {
    number: 31,
    when: 'FIPS is asked for beside AWS_ENDPOINT_URL_STS',
    provoke: open({}, () => {
      process.env['AWS_USE_FIPS_ENDPOINT'] = 'true';
    }),
    code: 'input-invalid',
    message:
      'AWS_USE_FIPS_ENDPOINT cannot be combined with an address of AWS_ENDPOINT_URL or AWS_ENDPOINT_URL_….',
    hint: 'Unset one of the two in the environment of the step.',
    asked: ['AssumeRoleWithWebIdentity', 0],
  },
];
