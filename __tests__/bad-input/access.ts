import type { BadInput } from './case.ts';

/** The way to the cluster, and what this identity may do there. */
export const ACCESS: readonly BadInput[] = [
  {
    name: 'no kubeconfig, as from a secret that a fork cannot read',
    inputs: { kubeconfig: '' },
    told: [],
  },
  {
    name: 'kubeconfig that is not there',
    inputs: { kubeconfig: '~/.kube/config' },
    told: [],
  },
  {
    name: 'token instead of a kubeconfig',
    inputs: { kubeconfig: 'eyJhbGciOiJSUzI1NiIsImtpZCI6Ii0ifQ.eyJpc3MiOiJrdWJlcm5ldGVzIn0=' },
    told: [],
  },
  {
    name: 'kubeconfig that is not YAML',
    kubeconfig: (text) => text.replace('clusters:', 'clusters: ['),
    told: [],
  },
  {
    name: 'kubeconfig without clusters',
    kubeconfig: () => 'apiVersion: v1\nkind: Config\nclusters: []\n',
    told: [],
  },
  {
    name: 'unknown context',
    inputs: { 'kube-context': 'deploier' },
    told: [],
  },
  {
    name: 'kubeconfig without a context to use',
    kubeconfig: (text) => text.replace(/current-context: .*\n/, ''),
    told: [],
  },
  {
    name: 'context of a cluster that the kubeconfig does not have',
    kubeconfig: (text) => text.replace(/(context:[^}]*cluster: )[\w-]+/, '$1elsewhere'),
    told: [],
  },
  {
    name: 'no cluster reachable',
    kubeconfig: (text) => text.replace(/server: .*/, 'server: https://127.0.0.1:1'),
    told: [],
  },
  {
    name: 'untrusted CA',
    kubeconfig: (text) => text.replace(/ *certificate-authority-data: .*\n/, ''),
    told: [],
  },
  {
    name: 'wrong or expired token',
    kubeconfig: (text) => text.replace(/token: .*/, 'token: 0123456789abcdef0123456789abcdef'),
    told: [],
  },
  {
    name: 'cluster that is out of order',
    kubeconfig: (text) => text.replace(/server: .*/, 'server: <broken>'),
    told: [],
  },
  {
    name: 'forbidden: only view',
    user: 'reader',
    told: [],
  },
  {
    name: 'forbidden: nothing at all',
    user: 'nobody',
    told: [],
  },
  {
    name: 'namespace missing, and not to be created',
    inputs: { namespace: 'nowhere', 'create-namespace': 'false' },
    user: 'admin',
    told: [],
  },
  {
    name: 'record that is not of helm',
    before: [
      {
        resource: 'api/v1/secrets',
        body: {
          metadata: { name: 'sh.helm.release.v1.web.v1', labels: { owner: 'helm', name: 'web', version: '1' } },
          type: 'helm.sh/release.v1',
          stringData: { release: 'not a release' },
        },
      },
    ],
    told: [],
  },
];
