/* How AWS writes what a cluster is reached by; the schema of slipway.yaml and the inputs share it. */

/** In any partition, with or without a path. */
export const ROLE_ARN = /^arn:aws(?:-[a-z]+)*:iam::\d{12}:role\/[\w+=,.@/-]+$/;
export const ROLE_ARN_HINT =
  'Write the ARN of the role, such as `arn:aws:iam::111122223333:role/deploy`; in other partitions it begins with `arn:aws-us-gov`, `arn:aws-cn` or `arn:aws-eusc`.';

/** Of AWS itself (`aws` for the account) or of an account. */
export const POLICY_ARN = /^arn:aws(?:-[a-z]+)*:iam::(?:aws|\d{12}):policy\/[\w+=,.@/-]+$/;

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export const SESSION_NAME = /^[\w+=,.@-]{2,64}$/;
export const EXTERNAL_ID = /^[\w+=,.@:/-]{2,1224}$/;

/** Such as `eu-west-1`, `us-gov-west-1` or `eusc-de-east-1`. */
export const AWS_REGION = /^[a-z]{2,4}(?:-[a-z]+)+-\d{1,2}$/;

/** https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html */
export const EKS_NAME = /^[0-9A-Za-z][\w-]{0,99}$/;

/** Partition, region and name. */
export const EKS_ARN = /^arn:(aws(?:-[a-z]+)*):eks:([^:]+):\d{12}:cluster\/([\w-]+)$/;

/** By how their regions begin (auth.md §2.5); any other region is one of `aws`. */
const PARTITIONS: readonly (readonly [string, string])[] = [
  ['us-gov-', 'aws-us-gov'],
  ['cn-', 'aws-cn'],
  ['eusc-', 'aws-eusc'],
  ['us-iso-', 'aws-iso'],
  ['us-isob-', 'aws-iso-b'],
  ['eu-isoe-', 'aws-iso-e'],
  ['us-isof-', 'aws-iso-f'],
];

export function toPartition(region: string): string {
  return PARTITIONS.find(([start]) => region.startsWith(start))?.[1] ?? 'aws';
}
