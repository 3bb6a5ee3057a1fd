import type { BadInput } from './case.ts';

/** The way to the cluster, and what this identity may do there. */
export const ACCESS: readonly BadInput[] = [
  {
    name: 'no kubeconfig, as from a secret that a fork cannot read',
    inputs: { kubeconfig: '' },
    told: [
      'No cluster is given: both `cluster-name` and `kubeconfig` are missing or empty. [input-missing]',
      '→ Give `cluster-name`, `cluster-location`, `aws-role-to-assume` for EKS, `cluster-name`, `cluster-location`, `gcp-project`, `gcp-workload-identity-provider` for GKE, or `kubeconfig`; a secret that this run cannot read is empty.',
    ],
  },
  {
    name: 'kubeconfig that is not there',
    inputs: { kubeconfig: '~/.kube/config' },
    told: [
      '`kubeconfig` names `~/.kube/config`, but there is no file <workspace>/~/.kube/config. [kubeconfig-missing]',
      '→ The step has no shell to replace `~`: write the whole path.',
    ],
  },
  {
    name: 'token instead of a kubeconfig',
    inputs: { kubeconfig: 'eyJhbGciOiJSUzI1NiIsImtpZCI6Ii0ifQ.eyJpc3MiOiJrdWJlcm5ldGVzIn0=' },
    told: [
      '`kubeconfig` is neither a kubeconfig, nor base64 of one, nor the path of a file. [kubeconfig-invalid]',
      '→ Give the content of the file (`kubectl config view --raw --minify --flatten`), or its path.',
    ],
  },
  {
    name: 'kubeconfig that is not YAML',
    kubeconfig: (text) => text.replace('clusters:', 'clusters: ['),
    told: [
      'The kubeconfig is not valid YAML: line 4, column 11: Nested mappings are not allowed in compact mappings. [yaml-broken]',
      '→ Put a text that holds `: ` in quotes, or correct the indentation.',
    ],
  },
  {
    name: 'kubeconfig without clusters',
    kubeconfig: () => 'apiVersion: v1\nkind: Config\nclusters: []\n',
    told: [
      'The kubeconfig has no `clusters`. [kubeconfig-invalid]',
      '→ Give what `kubectl config view --raw --minify --flatten` prints.',
    ],
  },
  {
    name: 'unknown context',
    inputs: { 'kube-context': 'deploier' },
    told: [
      'The kubeconfig has no context `deploier`. [kube-context-missing]',
      '→ Set `kube-context` to `deployer`.',
    ],
  },
  {
    name: 'kubeconfig without a context to use',
    kubeconfig: (text) => text.replace(/current-context: .*\n/, ''),
    told: [
      'The kubeconfig has no `current-context`, and `kube-context` is not given. [kube-context-missing]',
      '→ Set `kube-context` to `deployer`.',
    ],
  },
  {
    name: 'context of a cluster that the kubeconfig does not have',
    kubeconfig: (text) => text.replace(/(context:[^}]*cluster: )[\w-]+/, '$1elsewhere'),
    told: [
      'Reading the kubeconfig: its context deployer names the cluster elsewhere, which it does not have. [kube-context-unknown]',
      '→ Correct that context, or give what `kubectl config view --raw --minify --flatten` prints.',
    ],
  },
  {
    name: 'no cluster reachable',
    kubeconfig: (text) => text.replace(/server: .*/, 'server: https://127.0.0.1:1'),
    told: [
      'Connecting to https://127.0.0.1:1 as user deployer: the cluster was not reached (connect ECONNREFUSED 127.0.0.1:1). [cluster-unreachable]',
      '→ Check `server` in `kubeconfig`, and that this runner may reach it (private endpoint, firewall, VPN).',
    ],
  },
  {
    name: 'untrusted CA',
    kubeconfig: (text) => text.replace(/ *certificate-authority-data: .*\n/, ''),
    told: [
      'Connecting to <server> as user deployer: the certificate of the cluster is not trusted (unable to verify the first certificate). [certificate-untrusted]',
      '→ Put the CA of the cluster into `kubeconfig` as certificate-authority-data, and check the name in its `server`. Behind a proxy that inspects TLS, name the cluster in NO_PROXY.',
    ],
  },
  {
    name: 'wrong or expired token',
    kubeconfig: (text) => text.replace(/token: .*/, 'token: 0123456789abcdef0123456789abcdef'),
    told: [
      'Connecting to <server> as user deployer: the cluster does not accept the credentials in `kubeconfig`. [unauthorized]',
      '→ Renew its token or certificate; it may have expired, or belong to another cluster.',
    ],
  },
  {
    name: 'cluster that is out of order',
    kubeconfig: (text) => text.replace(/server: .*/, 'server: <broken>'),
    told: [
      'Connecting to <broken> as user deployer: the cluster answered 500: out of order. [cluster-error]',
      '→ Start the run again; if it happens again, ask who runs the cluster.',
    ],
  },
  {
    name: 'forbidden: only view',
    user: 'reader',
    told: [
      'Reading release web in namespace <namespace>: reader may not list secrets in namespace <namespace>. [forbidden]',
      "→ Give this identity get and list on secrets in namespace <namespace> (helm's release records); the ClusterRole `edit` bound in the namespace is enough for most charts.",
    ],
  },
  {
    name: 'forbidden: nothing at all',
    user: 'nobody',
    told: [
      'Reading release web in namespace <namespace>: nobody may not list secrets in namespace <namespace>. [forbidden]',
      "→ Give this identity get and list on secrets in namespace <namespace> (helm's release records); the ClusterRole `edit` bound in the namespace is enough for most charts.",
    ],
  },
  {
    name: 'namespace missing, and not to be created',
    inputs: { namespace: 'nowhere', 'create-namespace': 'false' },
    user: 'admin',
    told: [
      'Namespace nowhere does not exist. [namespace-missing]',
      '→ Create it, or remove `create-namespace: false`.',
    ],
  },
  {
    name: 'record that is not of helm',
    secrets: [
      {
        metadata: {
          name: 'sh.helm.release.v1.web.v1',
          labels: { owner: 'helm', name: 'web', version: '1' },
        },
        type: 'helm.sh/release.v1',
        stringData: { release: 'not a release' },
      },
    ],
    told: [
      "Reading the release record sh.helm.release.v1.web.v1: its payload is not helm's. [record-invalid]",
      '→ helm cannot read this Secret either: restore it from a backup, or delete it when the other revisions are enough.',
    ],
  },
];
