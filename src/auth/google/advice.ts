import type { AccessFailure, Advice } from '../access.ts';
import type { AuthorizedNetworks, GkeFacts } from './cluster.ts';
import type { GkeEndpoint } from './endpoint.ts';
import { type GoogleToken, isDirect } from './token.ts';

/** What is known of a cluster that did not let us in. */
export interface Known {
  readonly name: string;
  readonly endpoint: GkeEndpoint;
  readonly facts: GkeFacts;
  readonly owner: Pick<GoogleToken, 'identity' | 'member'>;
}

/** What a refusal of the API server, or its silence, means on GKE; undefined: nothing special. */
export function explainGke(failure: AccessFailure, known: Known): Advice | undefined {
  switch (failure.type) {
    case 'name':
    case 'connection':
      return explainSilence(known);
    case 'unauthorized':
      return explainUnauthorized(known);
    case 'forbidden':
      return explainForbidden(known);
    default:
      return undefined;
  }
}

function explainSilence({ name, endpoint, facts }: Known): Advice | undefined {
  const host = new URL(endpoint.server).hostname;
  if (endpoint.kind === 'internal' || (endpoint.kind === 'address' && isPrivate(facts))) {
    const what = endpoint.kind === 'internal' ? 'The internal address' : 'The only address';
    return {
      message: `${what} of cluster ${name} (${host}) did not answer: it is reached from the cluster's network only.`,
      hint: 'Use a runner inside the VPC, or set `cluster.endpoint` to dns or gateway.',
    };
  }
  const networks = endpoint.kind === 'address' ? readNetworks(facts) : [];
  if (networks.length === 0) return undefined;
  return {
    message: `Cluster ${name} (${host}) did not answer: access is limited to ${networks.join(', ')}, which probably excludes this runner.`,
    hint: 'Add the address of the runner to the authorized networks, or set `cluster.endpoint` to dns or gateway.',
  };
}

function isPrivate({ privateClusterConfig, controlPlaneEndpointsConfig }: GkeFacts): boolean {
  const addresses = controlPlaneEndpointsConfig?.ipEndpointsConfig;
  return (
    privateClusterConfig?.enablePrivateEndpoint === true ||
    addresses?.enablePublicEndpoint === false
  );
}

function readNetworks(facts: GkeFacts): readonly string[] {
  const addresses = facts.controlPlaneEndpointsConfig?.ipEndpointsConfig;
  const config: AuthorizedNetworks | undefined =
    addresses?.authorizedNetworksConfig ?? facts.masterAuthorizedNetworksConfig;
  if (!config?.enabled) return [];
  const networks = (config.cidrBlocks ?? []).map(({ cidrBlock = '' }) => cidrBlock);
  if (networks.includes('0.0.0.0/0')) return [];
  return networks.length > 0 ? networks : ['its own network'];
}

function explainUnauthorized({ name, owner }: Known): Advice {
  return {
    message: `The login at Google worked as ${owner.identity}, but cluster ${name} does not accept its token (HTTP 401).`,
    hint: isDirect(owner)
      ? 'Set `gcp-service-account`: not every cluster accepts tokens of direct federation.'
      : 'Check that `cluster-name`, `cluster-location` and `gcp-project` are those of this cluster; a token that was given may have ended.',
  };
}

function explainForbidden({ name, endpoint, owner }: Known): Advice {
  const { identity, member } = owner;
  const whom = member || identity;
  if (endpoint.kind === 'dns') {
    return {
      message: `${identity} may not connect to cluster ${name} by its DNS endpoint.`,
      hint: `It needs container.clusters.connect: grant roles/container.clusterViewer on the project to ${whom}; changes of IAM take up to 5 minutes.`,
    };
  }
  if (endpoint.kind === 'gateway') {
    return {
      message: `${identity} may not use the Connect gateway to cluster ${name}.`,
      hint: `Grant roles/gkehub.gatewayEditor on the fleet's project to ${whom}, and bind it in the cluster; changes of IAM take up to 5 minutes.`,
    };
  }
  return {
    message: `Cluster ${name} knows ${identity}, but allows it nothing.`,
    hint: `Bind a Role to the User "${identity}" in the cluster; or grant roles/container.developer to ${whom}, which holds in every namespace of all clusters of the project.`,
  };
}
