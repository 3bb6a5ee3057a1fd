import { DeployError } from '../../errors.ts';
import type { AwsLogin } from '../../release/cluster-spec.ts';
import { isMap, parseJsonMap } from '../../release/json.ts';
import type { Fields } from '../fields.ts';
import { parseAll, parseAt } from '../gather.ts';
import { ROLE_ARN, ROLE_ARN_HINT, toPartition } from './aws-names.ts';
import { contradiction, isGiven, matching, nameOf, parseWritten, unused } from './written.ts';

/** What GitHub's token is asked for; AWS's own action and its documentation use the same. */
const AUDIENCE = 'sts.amazonaws.com';

/** Characters; https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
const LONGEST_POLICY = 2048;
/** Seconds that STS gives to a role assumed with the credentials of another role. */
const LONGEST_CHAINED = 3600;

/** Each means something only for a role that Slipway assumes. */
const OF_A_ROLE = [
  'role-session-name',
  'role-duration-seconds',
  'inline-session-policy',
  'managed-session-policies',
];

/** Who logs in to AWS. `region`: of the cluster; throws when it is wrong itself. */
export function parseAwsLogin(fields: Fields, region: () => string): AwsLogin {
  const {
    used: _,
    arn,
    ...login
  } = parseAll({
    used: () => checkUsed(fields),
    arn: () => parseRole(fields, ['role-to-assume'], region),
    chained: () => parseChained(fields, region),
    sessionName: () => fields.text('cluster', 'role-session-name'),
    duration: () => parseDuration(fields),
    inlinePolicy: () => parsePolicy(fields),
    managedPolicies: () => listTexts(fields, 'managed-session-policies'),
    allowedAccounts: () => listTexts(fields, 'allowed-account-ids'),
  });
  const audience = fields.text('cluster', 'audience') || AUDIENCE;
  return { ...login, role: arn === '' ? undefined : { arn, audience } };
}

function checkUsed(fields: Fields): void {
  const hasRole = isGiven(fields, 'role-to-assume');
  const idle = hasRole || isGiven(fields, 'role-chaining') ? undefined : findGiven(fields);
  const field = idle ?? (!hasRole && isGiven(fields, 'audience') ? 'audience' : undefined);
  if (field === undefined) return;
  parseAt(fields.at('cluster', field), () => {
    throw unused(nameOf(fields, field), nameOf(fields, 'role-to-assume'));
  });
}

function findGiven(fields: Fields): string | undefined {
  return OF_A_ROLE.find((field) => isGiven(fields, field));
}

function parseChained(fields: Fields, region: () => string): AwsLogin['chained'] {
  if (!isGiven(fields, 'role-chaining')) return undefined;
  const arn = parseRole(fields, ['role-chaining', 'role-to-assume'], region);
  return { arn, externalId: fields.text('cluster', 'role-chaining', 'external-id') };
}

/** Empty when none is given. */
function parseRole(fields: Fields, path: readonly string[], region: () => string): string {
  return parseWritten(fields, path, (written) => {
    const arn = matching(ROLE_ARN, { what: 'no ARN of a role', hint: toRoleHint })(written);
    if (arn === '') return '';
    const [, partition] = arn.split(':');
    const where = region();
    if (partition === toPartition(where)) return arn;
    throw contradiction(
      `The role in \`${written.name}\` is of the partition ${partition}, and the region ${where} of ${toPartition(where)}.`,
      `Give a role of the partition ${toPartition(where)}, or correct the region of the cluster.`,
    );
  });
}

/** What `aws sts get-caller-identity` prints is a session of the role, and close to it. */
function toRoleHint(text: string): string {
  const [, partition, account, role] =
    /^arn:(aws[a-z-]*):sts::(\d{12}):assumed-role\/([\w+=,.@-]+)\//.exec(text) ?? [];
  return role === undefined
    ? ROLE_ARN_HINT
    : `Write the role, not a session of it: \`arn:${partition}:iam::${account}:role/${role}\`.`;
}

function parseDuration(fields: Fields): number | undefined {
  return parseWritten(fields, 'role-duration-seconds', ({ name, text }) => {
    if (text === '') return undefined;
    const seconds = Number(text);
    if (!isGiven(fields, 'role-chaining') || seconds <= LONGEST_CHAINED) return seconds;
    throw new DeployError(
      'input-invalid',
      `\`${name}\` is ${text}, and AWS lends a chained role for ${LONGEST_CHAINED} seconds at most.`,
      { hint: `Remove it, or \`${nameOf(fields, 'role-chaining')}\`.` },
    );
  });
}

/** JSON, given as a text or as a map of slipway.yaml. */
function parsePolicy(fields: Fields): string {
  const given = fields.get('cluster', 'inline-session-policy');
  if (given === undefined) return '';
  const text = isMap(given) ? JSON.stringify(given) : String(given).trim();
  const name = nameOf(fields, 'inline-session-policy');
  return parseAt(fields.at('cluster', 'inline-session-policy'), () => {
    if (!parseJsonMap(text)) {
      throw new DeployError('input-invalid', `\`${name}\` is no policy: it is not a map of JSON.`, {
        hint: 'Write the policy as a map of YAML, or put its JSON in single quotes.',
      });
    }
    if (text.length <= LONGEST_POLICY) return text;
    throw new DeployError(
      'input-invalid',
      `\`${name}\` has ${text.length} characters; AWS takes ${LONGEST_POLICY}.`,
      {
        hint: `Shorten it, or make it a policy of its own for \`${nameOf(fields, 'managed-session-policies')}\`.`,
      },
    );
  });
}

function listTexts(fields: Fields, field: string): readonly string[] {
  return ((fields.get('cluster', field) ?? []) as readonly unknown[]).map(String);
}
