/** Who may do what: the users that tests and demos act as. */

export const users = ['admin', 'deployer', 'namespace-admin', 'reader', 'nobody'] as const;

export type User = (typeof users)[number];

/**
 * The ClusterRole that each holds in every namespace made by `addNamespace`.
 * `admin` needs none (system:masters), `nobody` has none.
 */
export const roles = {
  deployer: 'edit',
  'namespace-admin': 'admin',
  reader: 'view',
} as const satisfies Partial<Record<User, string>>;

/** How a RoleBinding names someone. */
export interface Subject {
  readonly kind: 'User' | 'ServiceAccount';
  readonly name: string;
  readonly namespace?: string;
  readonly apiGroup?: string;
}

/** Those who keep the cluster running; names of their own, so that the audit log tells them from the users. */
export const staff = {
  controllerManager: 'system:kube-controller-manager',
  scheduler: 'system:kube-scheduler',
  kwok: 'slipway:kwok',
  kubelet: 'slipway:kubelet',
} as const;

const masters: readonly string[] = ['admin', staff.kwok, staff.kubelet];

/** A line of the API server's token file: token,user,uid,"groups". */
export function tokenLine(name: string, token: string): string {
  return `${token},${name},${name},"${masters.includes(name) ? 'system:masters' : ''}"`;
}
