import { DeployError } from '../../errors.ts';
import type { GkeCluster } from '../../release/cluster-spec.ts';
import { isMap, type JsonMap } from '../../release/json.ts';
import { type Google, requestJson, toAddress } from './client.ts';
import type { GkeFacts } from './cluster.ts';
import type { GkeEndpoint } from './endpoint.ts';
import { toDeployError } from './failure.ts';
import type { Refusal } from './refusal.ts';
import type { GoogleToken } from './token.ts';

interface Membership {
  readonly project: string;
  /** `global` or a region. */
  readonly location: string;
  readonly name: string;
}

/**
 * The Connect gateway's address for a cluster of a fleet: the membership that was given, else the one
 * that the cluster itself names. Its certificate is one that every machine trusts.
 * https://docs.cloud.google.com/kubernetes-engine/enterprise/multicluster-management/gateway
 * @throws DeployError `cluster-endpoint-unavailable`, `cluster-unreadable`, `login-failed`
 */
export async function readGateway(
  spec: Pick<GkeCluster, 'name' | 'membership'>,
  facts: GkeFacts,
  { token, google }: { readonly token: GoogleToken; readonly google: Google },
): Promise<GkeEndpoint> {
  const membership = parseMembership(spec.membership || (facts.fleet?.membership ?? ''));
  if (!membership) throw tellUnregistered(spec);
  const ask = (asked: Asked) => read(asked, token, google);
  const { project, location, name } = membership;
  const found = await ask({
    service: 'The fleet API',
    url: toAddress(
      google,
      'gkehub',
      `/projects/${project}/locations/${location}/memberships/${name}`,
    ),
    permission: `gkehub.memberships.get on project ${project}`,
  });
  const number = /^\d+$/.test(project)
    ? project
    : toNumber(
        await ask({
          service: 'The Resource Manager API',
          url: toAddress(google, 'cloudresourcemanager', `/projects/${project}`),
          permission: `resourcemanager.projects.get on project ${project}`,
        }),
      );
  const base = toRegional(toAddress(google, 'connectgateway'), location);
  const kind = isGke(found) ? 'gkeMemberships' : 'memberships';
  const server = `${base}/projects/${number}/locations/${location}/${kind}/${name}`;
  return { kind: 'gateway', server, ca: '' };
}

/** `//gkehub.googleapis.com/projects/P/locations/L/memberships/M`, with the host or without; the gateway itself says `gkeMemberships`. */
export function parseMembership(text: string): Membership | undefined {
  const [, project, location, name] =
    /(?:^|\/)projects\/([^/]+)\/locations\/([^/]+)\/(?:gkeMemberships|memberships)\/([^/]+)$/.exec(
      text,
    ) ?? [];
  if (project === undefined || location === undefined || name === undefined) return undefined;
  return { project, location, name };
}

/** Regional memberships have a gateway in their region. */
function toRegional(address: string, location: string): string {
  return location === 'global' ? address : address.replace('://', `://${location}-`);
}

function isGke({ endpoint }: JsonMap): boolean {
  return isMap(endpoint) && 'gkeCluster' in endpoint;
}

/** Of `projects/415104041262`. */
function toNumber({ name }: JsonMap): string {
  return String(name).replace(/^projects\//, '');
}

interface Asked {
  readonly service: string;
  readonly url: string;
  readonly permission: string;
}

async function read(
  { service, url, permission }: Asked,
  token: GoogleToken,
  google: Google,
): Promise<JsonMap> {
  try {
    return await requestJson({ service, url, bearer: token.token }, google);
  } catch (error) {
    const explain = ({ status, message }: Refusal) =>
      status === 403 || status === 404
        ? {
            code: 'cluster-unreadable',
            message: `${token.identity} cannot find the Connect gateway: it lacks ${permission}, or there is no such thing. ${message}`,
            hint: 'Grant roles/gkehub.viewer and roles/browser, enable gkehub.googleapis.com and connectgateway.googleapis.com, and check `cluster.membership`.',
          }
        : undefined;
    throw toDeployError(error, { service, explain }, google);
  }
}

function tellUnregistered({
  name,
  membership,
}: Pick<GkeCluster, 'name' | 'membership'>): DeployError {
  const message =
    membership === ''
      ? `Cluster ${name} is not registered to a fleet, so that the Connect gateway does not reach it.`
      : `"${membership}" is not the name of a fleet membership.`;
  return new DeployError('cluster-endpoint-unavailable', message, {
    hint: 'Register it (gcloud container fleet memberships register), or set `cluster.membership` to projects/P/locations/L/memberships/M.',
  });
}
