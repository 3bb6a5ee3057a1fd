import type { EksCluster } from '../../release/cluster-spec.ts';
import type { AccessFailure, Advice } from '../access.ts';
import { withoutPath } from './arn.ts';
import type { EksWay } from './describe-cluster.ts';

export interface EksAccess {
  readonly spec: EksCluster;
  /** ARN of the principal for an access entry. */
  readonly identity: string;
  readonly way: EksWay;
  /** What is said of the last token, when it is of a size that EKS may refuse. */
  readonly largeToken: string | undefined;
}

/** What it means that the API server of an EKS cluster refuses us, or is not reached. */
export function explainEks(failure: AccessFailure, access: EksAccess): Advice | undefined {
  switch (failure.type) {
    case 'name':
    case 'connection':
      return explainSilence(failure.said, access);
    case 'unauthorized':
      return explainUnauthorized(access);
    case 'forbidden':
      return explainForbidden(access);
    default:
      return undefined;
  }
}

function explainSilence(said: string, { spec, way }: EksAccess): Advice | undefined {
  if (!way.told) return undefined;
  const { isPublic, publicNetworks } = way.told;
  if (!isPublic) {
    return {
      message: `Cluster "${spec.name}" has only a private API endpoint, which does not answer (${said}).`,
      hint: "Use a runner inside the cluster's VPC, or enable public access for it.",
    };
  }
  if (publicNetworks.length === 0 || publicNetworks.includes('0.0.0.0/0')) return undefined;
  return {
    message: `The API endpoint of cluster "${spec.name}" does not answer (${said}); its public access is limited to ${publicNetworks.join(', ')}, which probably excludes this runner.`,
    hint: "Add the runner's address to the cluster's public access, or use a runner inside its VPC.",
  };
}

function explainUnauthorized(access: EksAccess): Advice {
  const { identity, spec, largeToken, way } = access;
  if (largeToken) {
    return { message: `Cluster "${spec.name}" refused the token.`, hint: largeToken };
  }
  return {
    message: `The AWS login worked as ${identity}, but the cluster "${spec.name}" does not admit it.`,
    hint:
      way.told?.authenticationMode === 'CONFIG_MAP'
        ? `Add ${withoutPath(identity)} (there without a path) with groups to ${toMap(identity)} of the ConfigMap aws-auth in kube-system, or switch the cluster's authentication mode to API_AND_CONFIG_MAP and create an access entry.`
        : `Create an access entry for exactly this ARN: aws eks create-access-entry --cluster-name ${spec.name} --region ${spec.region} --principal-arn ${identity} --kubernetes-groups GROUP, or without a group and with an access policy.`,
  };
}

function toMap(identity: string): string {
  return identity.includes(':user/') ? 'mapUsers' : 'mapRoles';
}

function explainForbidden({ identity, spec }: EksAccess): Advice {
  return {
    message: `The cluster "${spec.name}" admits ${identity}, but gives it no right to do this.`,
    hint: 'Bind a role (RBAC) to the groups of its access entry, or associate an access policy: aws eks associate-access-policy.',
  };
}
