import type { ClusterSpec } from '../release/cluster-spec.ts';
import { parseEks } from './cluster/eks.ts';
import { parseGke } from './cluster/gke.ts';
import { parseKubeconfig } from './cluster/kubeconfig.ts';
import type { ClusterPlace } from './cluster/place.ts';
import { parseProvider } from './cluster/provider.ts';
import { parseServer } from './cluster/server.ts';
import type { Fields } from './fields.ts';

/**
 * The cluster that inputs and slipway.yaml name, and who logs in to it. Nothing is asked of the network.
 * @throws DeployErrors with all that is wrong; no secret is in them
 */
export function parseCluster(fields: Fields, place: ClusterPlace): ClusterSpec {
  const provider = parseProvider(fields);
  switch (provider) {
    case 'eks':
      return parseEks(fields, place);
    case 'gke':
      return parseGke(fields, place);
    case 'server':
      return parseServer(fields);
    case 'kubeconfig':
      return parseKubeconfig(fields, place.workspace);
    case 'in-cluster':
      return { provider };
  }
}
