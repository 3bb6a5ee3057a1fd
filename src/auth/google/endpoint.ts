import { DeployError } from '../../errors.ts';
import type { Endpoint, GkeCluster } from '../../release/cluster-spec.ts';
import type { GkeFacts } from './cluster.ts';

/** How a cluster is reached, and where. */
export interface GkeEndpoint extends Endpoint {
  readonly kind: 'address' | 'internal' | 'dns' | 'gateway';
}

type Wanted = Pick<GkeCluster, 'name'> & { readonly via: 'auto' | 'internal' | 'dns' };

/**
 * As gcloud chooses for `get-credentials`: what was asked for, else the address of the cluster, else its
 * name where addresses are switched off. The name's certificate is one that every machine trusts, and
 * the authority of the cluster does not vouch for it.
 * https://docs.cloud.google.com/kubernetes-engine/docs/concepts/network-isolation
 * @throws DeployError `cluster-endpoint-unavailable`
 */
export function chooseEndpoint({ name, via }: Wanted, facts: GkeFacts): GkeEndpoint {
  const { ipEndpointsConfig: addresses } = facts.controlPlaneEndpointsConfig ?? {};
  const isOff = addresses?.enabled === false;
  if (via === 'dns' || (via === 'auto' && isOff)) return toDns(name, facts);
  if (via === 'auto') return toDefault(name, facts);
  if (isOff) {
    throw tell(`Cluster ${name} has no internal address: access by IP addresses is disabled.`, {
      hint: 'Leave `cluster.endpoint` out, or set it to dns.',
    });
  }
  const host = addresses?.privateEndpoint || facts.privateClusterConfig?.privateEndpoint;
  if (host) return { kind: 'internal', server: `https://${host}`, ca: toCa(facts) };
  throw tell(`Cluster ${name} has no internal address: it is not a private cluster.`, {
    hint: 'Leave `cluster.endpoint` out, or set it to dns or gateway.',
  });
}

function toDefault(name: string, facts: GkeFacts): GkeEndpoint {
  const { endpoint } = facts;
  if (!endpoint) {
    throw tell(`Cluster ${name} has no endpoint (yet).`, {
      hint: 'Wait until the cluster runs, then re-run the job.',
    });
  }
  // On a cluster without addresses its name stands in the field for the address.
  if (endpoint.endsWith('.gke.goog')) return { kind: 'dns', server: `https://${endpoint}`, ca: '' };
  return { kind: 'address', server: `https://${endpoint}`, ca: toCa(facts) };
}

function toDns(name: string, facts: GkeFacts): GkeEndpoint {
  const dns = facts.controlPlaneEndpointsConfig?.dnsEndpointConfig;
  if (!dns?.endpoint) {
    throw tell(`Cluster ${name} has no DNS endpoint.`, {
      hint: 'Leave `cluster.endpoint` out; or upgrade the cluster and enable its DNS endpoint.',
    });
  }
  if (!dns.allowExternalTraffic) {
    throw tell(`The DNS endpoint of cluster ${name} takes no traffic from outside its network.`, {
      hint: `Allow it: gcloud container clusters update ${name} --enable-dns-access; or leave \`cluster.endpoint\` out.`,
    });
  }
  return { kind: 'dns', server: `https://${dns.endpoint}`, ca: '' };
}

function toCa({ masterAuth }: GkeFacts): string {
  return Buffer.from(masterAuth?.clusterCaCertificate ?? '', 'base64').toString('utf8');
}

function tell(message: string, options: { readonly hint: string }): DeployError {
  return new DeployError('cluster-endpoint-unavailable', message, options);
}
