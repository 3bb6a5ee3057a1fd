import { DeployError } from '../../errors.ts';
import type { GkeCluster } from '../../release/cluster-spec.ts';
import type { Told } from '../access.ts';
import { type Google, requestJson, toAddress } from './client.ts';
import { toDeployError } from './failure.ts';
import type { Refusal } from './refusal.ts';
import { type GoogleToken, isDirect } from './token.ts';

/**
 * What we read of a cluster; Google leaves out what is false or empty.
 * https://docs.cloud.google.com/kubernetes-engine/docs/reference/rest/v1/projects.locations.clusters
 */
export interface GkeFacts {
  readonly status?: string;
  readonly statusMessage?: string;
  readonly conditions?: readonly { readonly message?: string }[];
  readonly endpoint?: string;
  /** `clusterCaCertificate`: PEM in base64. */
  readonly masterAuth?: { readonly clusterCaCertificate?: string };
  readonly privateClusterConfig?: {
    readonly privateEndpoint?: string;
    readonly enablePrivateEndpoint?: boolean;
  };
  readonly masterAuthorizedNetworksConfig?: AuthorizedNetworks;
  readonly controlPlaneEndpointsConfig?: {
    readonly dnsEndpointConfig?: {
      readonly endpoint?: string;
      readonly allowExternalTraffic?: boolean;
    };
    readonly ipEndpointsConfig?: {
      readonly enabled?: boolean;
      readonly enablePublicEndpoint?: boolean;
      readonly privateEndpoint?: string;
      readonly authorizedNetworksConfig?: AuthorizedNetworks;
    };
  };
  readonly fleet?: { readonly membership?: string };
}

export interface AuthorizedNetworks {
  readonly enabled?: boolean;
  readonly cidrBlocks?: readonly { readonly cidrBlock?: string }[];
}

type Place = Pick<GkeCluster, 'project' | 'location' | 'name'>;

const SERVICE = 'The GKE API';
/** States in which nobody can deploy; the others serve the Kubernetes API. */
const UNUSABLE: readonly string[] = ['PROVISIONING', 'STOPPING', 'ERROR'];

/**
 * https://docs.cloud.google.com/kubernetes-engine/docs/reference/rest/v1/projects.locations.clusters/get
 * @throws DeployError `cluster-unreadable`, `cluster-not-found`, `cluster-not-ready`, `login-…`
 */
export async function readCluster(
  place: Place,
  token: GoogleToken,
  google: Google,
): Promise<GkeFacts> {
  const { project, location, name } = place;
  const path = `/projects/${project}/locations/${location}/clusters/${name}`;
  const url = toAddress(google, 'container', path);
  const facts = await requestJson({ service: SERVICE, url, bearer: token.token }, google).catch(
    (error) => {
      const explain = (refusal: Refusal) => explainCluster(refusal, place, token);
      throw toDeployError(error, { service: SERVICE, explain }, google);
    },
  );
  requireReady(place, facts);
  return facts;
}

function explainCluster(
  { status, reason, message }: Refusal,
  place: Place,
  token: GoogleToken,
): Told | undefined {
  const { project, location, name } = place;
  if (reason === 'SERVICE_DISABLED' || /has not been used in project/.test(message)) {
    return {
      code: 'cluster-unreadable',
      message: `The Kubernetes Engine API is not enabled in project ${project}.`,
      hint: `Enable container.googleapis.com in project ${project}, or check \`gcp-project\`.`,
    };
  }
  if (status === 403) {
    return {
      code: 'cluster-unreadable',
      message: `${token.identity} lacks container.clusters.get on project ${project}.`,
      hint: `Grant roles/container.clusterViewer on the project to ${token.member || 'it'}, or check \`gcp-project\`; changes of IAM take up to 5 minutes.`,
    };
  }
  if (status === 404) {
    return {
      code: 'cluster-not-found',
      message: `No cluster ${name} in projects/${project}/locations/${location}.`,
      hint: 'A zonal cluster needs its zone (europe-west1-b), a regional one its region: check `cluster-name`, `cluster-location` and `gcp-project`.',
    };
  }
  return status === 401 ? tellUnaccepted(token) : undefined;
}

function tellUnaccepted(token: GoogleToken): Told {
  const { identity } = token;
  if (isDirect(token)) {
    return {
      code: 'login-refused',
      message: `${SERVICE} refuses direct federation tokens (${identity}).`,
      hint: 'Set `gcp-service-account`, so that we act as a service account.',
    };
  }
  return {
    code: 'login-refused',
    message: `${SERVICE} does not accept the token of ${identity} (HTTP 401).`,
    hint: 'An access token lives an hour at most: log in by `gcp-workload-identity-provider`, whose tokens we renew.',
  };
}

function requireReady({ name }: Place, facts: GkeFacts): void {
  const { status = '', statusMessage, conditions = [] } = facts;
  if (!UNUSABLE.includes(status)) return;
  const why = conditions[0]?.message ?? statusMessage;
  const message = `Cluster ${name} is ${status}${why ? ` (${why})` : ''}; deploys need RUNNING, RECONCILING or DEGRADED.`;
  throw new DeployError('cluster-not-ready', message, {
    hint:
      status === 'PROVISIONING'
        ? 'Wait until it runs, then re-run the job.'
        : 'Look at the cluster in the Google Cloud console, and check `cluster-name`.',
  });
}
