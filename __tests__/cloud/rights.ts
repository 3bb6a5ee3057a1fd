/** What the people of the clouds may do in a namespace of the cluster. */
import { create } from '../../local-cluster/api.ts';
import type { Connection } from '../../local-cluster/kubeconfig.ts';
import { GKE, GROUPS, SUBJECTS, toPrincipal } from './places.ts';

const RBAC = 'rbac.authorization.k8s.io';

/** EKS gives groups by access entry; GKE knows people by their address or by the federated subject. */
const subjects = {
  deploy: [
    { kind: 'Group', name: GROUPS.deploy, apiGroup: RBAC },
    { kind: 'User', name: GKE.deployAccount, apiGroup: RBAC },
    { kind: 'User', name: toPrincipal(SUBJECTS.deploy), apiGroup: RBAC },
  ],
  plan: [
    { kind: 'Group', name: GROUPS.plan, apiGroup: RBAC },
    { kind: 'User', name: GKE.planAccount, apiGroup: RBAC },
    { kind: 'User', name: toPrincipal(SUBJECTS.plan), apiGroup: RBAC },
  ],
} as const;

/** Deployers hold `edit`; planners `view` and the Secrets, which are helm's records (docs/permissions.md). */
export async function grantRights(connection: Connection, namespace: string): Promise<void> {
  const url = `/apis/${RBAC}/v1/namespaces/${namespace}`;
  const bind = (name: string, role: object, who: keyof typeof subjects) =>
    create(connection, `${url}/rolebindings`, {
      metadata: { name },
      roleRef: { apiGroup: RBAC, ...role },
      subjects: subjects[who],
    });
  await create(connection, `${url}/roles`, {
    metadata: { name: 'read-releases' },
    rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['get', 'list'] }],
  });
  await Promise.all([
    bind('cloud-deploy', { kind: 'ClusterRole', name: 'edit' }, 'deploy'),
    bind('cloud-view', { kind: 'ClusterRole', name: 'view' }, 'plan'),
    bind('cloud-releases', { kind: 'Role', name: 'read-releases' }, 'plan'),
  ]);
}
