import { type Cluster, DescribeClusterCommand, EKSClient } from '@aws-sdk/client-eks';
import { DeployError } from '../../errors.ts';
import type { EksCluster, Endpoint } from '../../release/cluster-spec.ts';
import type { Told } from '../access.ts';
import { accountOf } from './arn.ts';
import { tellExpired } from './assume-role-refusals.ts';
import { callAws } from './call.ts';
import { type AwsRefusal, isExpired } from './refusal.ts';
import type { AwsSession } from './session.ts';
import type { Aws } from './transport.ts';

/** The way to a cluster, as EKS tells it or as it was given. */
export interface EksWay {
  readonly endpoint: Endpoint;
  /** By which tokens name the cluster. */
  readonly tokenName: string;
  /** Undefined: EKS was not asked. */
  readonly told?: {
    readonly isPublic: boolean;
    /** Networks that may use the public endpoint. */
    readonly publicNetworks: readonly string[];
    /** `API`, `API_AND_CONFIG_MAP` or `CONFIG_MAP`. */
    readonly authenticationMode: string | undefined;
  };
}

/**
 * @throws DeployError `cluster-unreadable`, `cluster-not-found`, `cluster-not-ready`,
 * `cluster-endpoint-unavailable`, and what any call throws (`callAws`)
 */
export async function describeCluster(
  aws: Aws,
  spec: EksCluster,
  session: AwsSession,
): Promise<EksWay> {
  const client = new EKSClient({ ...aws.client, credentials: session.credentials });
  const call = {
    service: 'AWS EKS',
    doing: `describe the cluster ${spec.name}`,
    explain: (refusal: AwsRefusal) => explainRefusal(refusal, spec, session),
  };
  const { cluster = {} } = await callAws(aws, call, () =>
    client.send(new DescribeClusterCommand({ name: spec.name }), {
      abortSignal: aws.world.signal,
    }),
  );
  return toWay(spec, cluster);
}

function explainRefusal(
  refusal: AwsRefusal,
  { name, region, login }: EksCluster,
  { arn, principal }: AwsSession,
): Told | undefined {
  if (!login.role && !login.chained && isExpired(refusal)) return tellExpired(refusal);
  if (refusal.code === 'ResourceNotFound') {
    return {
      code: 'cluster-not-found',
      message: `There is no EKS cluster "${name}" in ${region} (account ${accountOf(arn)}).`,
      hint: 'Check `cluster-name` and `cluster-location`, and the account of the role.',
    };
  }
  if (refusal.code !== 'AccessDenied') return undefined;
  return {
    code: 'cluster-unreadable',
    message: `${principal} may not call eks:DescribeCluster on the cluster "${name}".`,
    hint: 'Allow it in a policy of the role, or give `cluster.server` and `cluster.ca`.',
  };
}

function toWay(spec: EksCluster, cluster: Cluster): EksWay {
  const { name } = spec;
  if (cluster.connectorConfig) {
    const message = `Cluster "${name}" is an external cluster registered in EKS (connector); it has no endpoint there.`;
    throw new DeployError('cluster-endpoint-unavailable', message, {
      hint: 'Give a kubeconfig of the cluster instead: `cluster-provider: kubeconfig` with `kubeconfig`.',
    });
  }
  refuseStatus(spec, cluster);
  const { endpoint: server, certificateAuthority, resourcesVpcConfig: network } = cluster;
  if (!server) {
    const message = `EKS tells no endpoint of the cluster "${name}".`;
    throw new DeployError('cluster-endpoint-unavailable', message, {
      hint: 'Look at the cluster in the AWS console, or give `cluster.server` and `cluster.ca`.',
    });
  }
  const ca = Buffer.from(certificateAuthority?.data ?? '', 'base64').toString();
  return {
    endpoint: { server, ca },
    tokenName: toTokenName(spec, cluster),
    told: {
      isPublic: network?.endpointPublicAccess ?? true,
      publicNetworks: network?.publicAccessCidrs ?? [],
      authenticationMode: cluster.accessConfig?.authenticationMode,
    },
  };
}

/** A local cluster on Outposts goes by its id: https://docs.aws.amazon.com/eks/latest/userguide/eks-outposts-local-cluster-create.html */
function toTokenName({ name }: EksCluster, { id, outpostConfig }: Cluster): string {
  return outpostConfig && id ? id : name;
}

function refuseStatus({ name }: EksCluster, { status }: Cluster): void {
  if (status === undefined || status === 'ACTIVE' || status === 'UPDATING') return;
  const message = `Cluster "${name}" is ${status}; deploys need it ACTIVE or UPDATING.`;
  throw new DeployError('cluster-not-ready', message, {
    hint:
      status === 'CREATING' || status === 'PENDING'
        ? 'Wait until it is ready, then run this again.'
        : 'Look at the cluster in the AWS console.',
  });
}
