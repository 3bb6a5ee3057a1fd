/** What the local cluster is built of: one folder with go.mod and go.sum each, under `local-cluster/modules/`. */
import path from 'node:path';

export interface Module {
  /** Name of its folder. */
  readonly name: string;
  readonly version: string;
  /** Go variables to set when linking; without them servers say `v0.0.0-master` and charts' kubeVersion checks break. */
  readonly stamps: Readonly<Record<string, string>>;
  /** Measured on 2 cores with empty caches. */
  readonly minutes: number;
}

const componentBase = 'k8s.io/component-base/version';

export const kubernetes: Module = {
  name: 'kubernetes',
  version: 'v1.36.3',
  stamps: {
    [`${componentBase}.gitVersion`]: 'v1.36.3',
    [`${componentBase}.gitMajor`]: '1',
    [`${componentBase}.gitMinor`]: '36',
    [`${componentBase}.gitCommit`]: 'none',
    [`${componentBase}.gitTreeState`]: 'clean',
  },
  minutes: 5,
};

export const etcd: Module = {
  name: 'etcd',
  version: 'v3.7.3',
  stamps: { 'go.etcd.io/etcd/api/v3/version.GitSHA': 'none' },
  minutes: 1,
};

export const kwok: Module = {
  name: 'kwok',
  version: 'v0.8.0',
  stamps: { 'sigs.k8s.io/kwok/pkg/consts.Version': 'v0.8.0' },
  minutes: 1,
};

export const certificates: Module = {
  name: 'certificates',
  version: 'v1',
  stamps: {},
  minutes: 1,
};

export const helm4: Module = {
  name: 'helm-4',
  version: 'v4.3.1',
  stamps: { 'helm.sh/helm/v4/internal/version.version': 'v4.3.1' },
  minutes: 3,
};

export const helm3: Module = {
  name: 'helm-3',
  version: 'v3.22.0',
  stamps: { 'helm.sh/helm/v3/internal/version.version': 'v3.22.0' },
  minutes: 2,
};

export const registry: Module = {
  name: 'registry',
  version: 'v3.1.2',
  stamps: { 'github.com/distribution/distribution/v3/version.version': 'v3.1.2' },
  minutes: 2,
};

/** sops and age-keygen, which makes the key that the tests encrypt with. */
export const sops: Module = {
  name: 'sops',
  version: 'v3.13.3',
  stamps: {},
  minutes: 2,
};

/** What EKS verifies tokens with. */
export const awsIamAuthenticator: Module = {
  name: 'aws-iam-authenticator',
  version: 'v0.6.13',
  stamps: {},
  minutes: 2,
};

export function folderOf(module: Module): string {
  return path.join(import.meta.dirname, '..', 'modules', module.name);
}

/** `-s -w` leaves debug symbols out: a third of the size. */
export function linkerFlags(module: Module): string {
  const stamps = Object.entries(module.stamps).map(([name, value]) => `-X ${name}=${value}`);
  return ['-s -w', ...stamps].join(' ');
}
