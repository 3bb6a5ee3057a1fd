/** The number of the account: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
export function accountOf(arn: string): string {
  return arn.split(':')[4] ?? '';
}

/**
 * The ARN by which an access entry knows a caller: a session is that of its role. What STS tells of a
 * session lacks the role's path, so a role that was given by its own ARN is better named by that.
 */
export function toPrincipal(caller: string): string {
  const [arn = '', partition = '', , region = '', account = '', resource = ''] = caller.split(':');
  const [type, role] = resource.split('/');
  if (type !== 'assumed-role') return caller;
  return [arn, partition, 'iam', region, account, `role/${role}`].join(':');
}

/** The ConfigMap aws-auth knows roles without their path. */
export function withoutPath(role: string): string {
  return role.replace(/:role\/(?:.*\/)?([^/]+)$/, ':role/$1');
}
