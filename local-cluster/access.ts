/** A namespace in which the users hold their roles. */
import { call, create } from './api.ts';
import type { Connection } from './kubeconfig.ts';
import { roles, type Subject, type User } from './users.ts';
import { until } from './wait.ts';

export async function addNamespace(
  connection: Connection,
  name: string,
  subjects: Readonly<Record<User, Subject>>,
): Promise<void> {
  await create(connection, '/api/v1/namespaces', { metadata: { name } });
  const bindings = `/apis/rbac.authorization.k8s.io/v1/namespaces/${name}/rolebindings`;
  const bind = (user: keyof typeof roles) =>
    create(connection, bindings, {
      metadata: { name: user },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: roles[user] },
      subjects: [subjects[user]],
    });
  await Promise.all([bind('deployer'), bind('namespace-admin'), bind('reader')]);
  // Without it the first Pods of a bare namespace are refused.
  await until(`ServiceAccount default in namespace ${name}`, async () => {
    const path = `/api/v1/namespaces/${name}/serviceaccounts/default`;
    return (await call(connection, path)).status === 200;
  });
}
