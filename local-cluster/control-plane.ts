/** The programs of a cluster and their flags. */
import path from 'node:path';

export interface Places {
  readonly directory: string;
  readonly certificates: string;
  /** Folders of the built binaries. */
  readonly binaries: Readonly<Record<'kubernetes' | 'etcd' | 'kwok', string>>;
  readonly ports: Readonly<Record<'api' | 'etcd' | 'etcdPeer', number>>;
  /** Kubeconfig of who knows the tokens that the token file does not. */
  readonly tokenWebhook: string | undefined;
  /** The kubeconfig of a member of the staff. */
  readonly kubeconfig: (name: 'controllerManager' | 'scheduler' | 'kwok') => string;
}

export interface Program {
  readonly name: string;
  readonly binary: string;
  readonly args: readonly string[];
}

export function etcd({ directory, binaries, ports }: Places): Program {
  const clients = `http://127.0.0.1:${ports.etcd}`;
  return {
    name: 'etcd',
    binary: path.join(binaries.etcd, 'server'),
    args: [
      `--data-dir=${path.join(directory, 'etcd')}`,
      `--listen-client-urls=${clients}`,
      `--advertise-client-urls=${clients}`,
      `--listen-peer-urls=http://127.0.0.1:${ports.etcdPeer}`,
      '--unsafe-no-fsync', // the data is thrown away anyway
      '--log-level=warn',
    ],
  };
}

export function apiServer(places: Places): Program {
  const { directory, certificates, binaries, ports } = places;
  const key = (name: string) => path.join(certificates, name);
  return {
    name: 'kube-apiserver',
    binary: path.join(binaries.kubernetes, 'kube-apiserver'),
    args: [
      `--etcd-servers=http://127.0.0.1:${ports.etcd}`,
      '--bind-address=127.0.0.1',
      `--secure-port=${ports.api}`,
      `--tls-cert-file=${key('serving.crt')}`,
      `--tls-private-key-file=${key('serving.key')}`,
      '--service-account-issuer=https://kubernetes.default.svc.cluster.local',
      `--service-account-key-file=${key('service-accounts.pub')}`,
      `--service-account-signing-key-file=${key('service-accounts.key')}`,
      '--service-cluster-ip-range=10.96.0.0/16',
      '--endpoint-reconciler-type=none', // no Endpoints with a loopback address, which is not allowed there
      '--authorization-mode=RBAC',
      `--token-auth-file=${path.join(directory, 'tokens.csv')}`,
      ...webhookFlags(places),
      '--allow-privileged=true',
      // logs come from kubelet.ts
      `--kubelet-certificate-authority=${key('ca.crt')}`,
      '--kubelet-preferred-address-types=InternalIP',
      `--audit-policy-file=${path.join(import.meta.dirname, 'audit-policy.yaml')}`,
      `--audit-log-path=${path.join(directory, 'audit.log')}`,
      '--audit-log-mode=blocking', // a request has not ended before its line is there
      '--audit-log-maxsize=100000', // megabytes: one file, never rotated
    ],
  };
}

/** https://kubernetes.io/docs/reference/access-authn-authz/authentication/#webhook-token-authentication */
function webhookFlags({ tokenWebhook }: Places): readonly string[] {
  if (tokenWebhook === undefined) return [];
  return [
    `--authentication-token-webhook-config-file=${tokenWebhook}`,
    '--authentication-token-webhook-version=v1',
    '--authentication-token-webhook-cache-ttl=0s', // the API server itself remembers an accepted token for 10 s
  ];
}

export function controllerManager({ certificates, binaries, kubeconfig }: Places): Program {
  return {
    name: 'kube-controller-manager',
    binary: path.join(binaries.kubernetes, 'kube-controller-manager'),
    args: [
      `--kubeconfig=${kubeconfig('controllerManager')}`,
      `--service-account-private-key-file=${path.join(certificates, 'service-accounts.key')}`,
      `--root-ca-file=${path.join(certificates, 'ca.crt')}`,
      '--use-service-account-credentials=true', // its own user may not create ReplicaSets
      '--controllers=*,-bootstrap-signer-controller,-token-cleaner-controller',
      '--enable-hostpath-provisioner=true', // StorageClass `standard`
      // The default of 20 requests a second makes rollouts wait for each other for minutes.
      '--kube-api-qps=500',
      '--kube-api-burst=1000',
      '--leader-elect=false',
      '--secure-port=0',
    ],
  };
}

export function scheduler({ binaries, kubeconfig }: Places): Program {
  return {
    name: 'kube-scheduler',
    binary: path.join(binaries.kubernetes, 'kube-scheduler'),
    args: [`--kubeconfig=${kubeconfig('scheduler')}`, '--leader-elect=false', '--secure-port=0'],
  };
}

export function kwok({ binaries, kubeconfig }: Places): Program {
  return {
    name: 'kwok',
    binary: path.join(binaries.kwok, 'kwok'),
    args: [
      `--kubeconfig=${kubeconfig('kwok')}`,
      `--config=${path.join(import.meta.dirname, 'stages.yaml')}`,
      '--manage-all-nodes=true',
      '--node-lease-duration-seconds=40',
      '--node-ip=127.0.0.1',
      '--cidr=10.244.0.1/16', // of Pods
    ],
  };
}
