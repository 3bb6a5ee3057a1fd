import { stringify } from 'yaml';
import { openEks } from '../../../src/auth/aws/eks.ts';
import { requestIdToken } from '../../../src/auth/github-oidc.ts';
import { logIn } from '../../../src/auth/login.ts';
import { startRefresher } from '../../../src/auth/refresher.ts';
import { openServer } from '../../../src/auth/server.ts';
import { parseCluster } from '../../../src/config/cluster.ts';
import { DeployError, type Problem } from '../../../src/errors.ts';
import type { KubeconfigCluster, ServerCluster } from '../../../src/release/cluster-spec.ts';
import { startHttpProxy } from '../../adapters/cluster/proxy-double.ts';
import { parse } from '../../config/cluster/sample.ts';
import { fieldsOf, workspace } from '../../config/samples.ts';
import { fakeClock } from '../../fakes/clock.ts';
import { toEksCluster } from '../aws/aws-world.ts';
import { makeToken } from '../login-world-fake.ts';
import { type EdgeCase, enter, NOW, type Scene, toSilence } from './edge-case.ts';
import { parseFile } from './slipway-yaml.ts';

const SERVER = { server: 'https://k8s.example.com:6443', token: 'hunter2' };

/** A kubeconfig whose only context has this user. */
const configOf = (user: object, server = 'https://one') =>
  stringify({
    'current-context': 'x',
    contexts: [{ name: 'x', context: { cluster: 'x', user: 'ci' } }],
    clusters: [{ name: 'x', cluster: { server } }],
    users: [{ name: 'ci', user }],
  });

/** Contexts without more. */
const contextsOf = (...names: readonly string[]) =>
  stringify({
    contexts: names.map((name) => ({ name, context: { cluster: 'x', user: 'ci' } })),
    clusters: [{ name: 'x', cluster: { server: 'https://one' } }],
    users: [{ name: 'ci', user: { token: 'hunter2' } }],
  });

/** As the input `kubeconfig`, or as the file that it names. */
const read = (kubeconfig: string, inputs: Readonly<Record<string, string>> = {}) =>
  parseCluster(fieldsOf({ kubeconfig, ...inputs }), {
    workspace: workspace({ '/repository/kubeconfig.yaml': 'clusters: [\n  token: "hunter2\n' }),
    environment: {},
  });

const logInBy =
  (user: object, server?: string) =>
  ({ job }: Scene) => {
    const kubeconfig = configOf(user, server);
    const spec: KubeconfigCluster = {
      ...{ provider: 'kubeconfig', directory: '/work', context: '', kubeconfig },
    };
    return logIn(spec, job({ environment: { PATH: '/usr/bin' } }));
  };

const serverWith = (token: string): ServerCluster => ({
  provider: 'server',
  endpoint: { server: SERVER.server, ca: '' },
  token,
  connection: { proxyUrl: '', tlsServerName: '' },
});

const endingIn = (seconds: number) => makeToken({ exp: NOW / 1000 + seconds });

const OUTAGE = new DeployError('login-failed', 'AWS STS did not answer.', { hint: 'Wait.' });

/** Renews a token of 120 s in vain, for so many seconds. */
async function renewInVain(seconds: number): Promise<Problem | undefined> {
  const clock = fakeClock();
  const cancel = new AbortController();
  const warned: Problem[] = [];
  const refresher = startRefresher({
    first: { token: 'hunter2', expiresAt: NOW + 120_000 },
    async mint() {
      throw OUTAGE;
    },
    write: () => undefined,
    clock,
    signal: cancel.signal,
    warn: (problem) => warned.push(problem),
    log: () => undefined,
  });
  await clock.advance(seconds * 1000);
  refresher.stop();
  return refresher.problem() ?? warned[0];
}

const PROXY_HINT =
  "Set NO_PROXY for this server or put the proxy's user and password into HTTPS_PROXY, in the `env` of the job.";

/** auth.md, section 11: kubeconfig, server, in-cluster, and what holds for all. */
export const KUBECONFIG: readonly EdgeCase[] = [
  {
    number: 50,
    when: 'the secret is empty',
    provoke: () => read('', { 'cluster-provider': 'kubeconfig' }),
    code: 'input-missing',
    message: '`kubeconfig` is missing or empty.',
    hint: 'Give the content of a kubeconfig, base64 of it, or a path; a secret that this run cannot read is empty.',
  },
  {
    number: 50,
    when: 'a file that is no YAML',
    provoke: () => read('kubeconfig.yaml'),
    code: 'yaml-broken',
    message: 'The kubeconfig is not valid YAML: line 2, column 10: the closing " is missing.',
    hint: 'Correct it there, or just before.',
  },
  {
    number: 50,
    when: 'a kubeconfig in base64: taken',
    proof: { file: '__tests__/config/cluster/kubeconfig.test.ts', test: 'base64 with line breaks' },
  },
  {
    number: 51,
    when: 'a context that there is not',
    provoke: () => read(contextsOf('staging', 'production'), { 'kube-context': 'prodution' }),
    code: 'kube-context-missing',
    message: 'The kubeconfig has no context `prodution`.',
    hint: 'Set `kube-context` to `production` or `staging`.',
  },
  {
    number: 51,
    when: 'several contexts, none of them the current one',
    provoke: () => read(contextsOf('staging', 'production')),
    code: 'kube-context-missing',
    message: 'The kubeconfig has no `current-context`, and `kube-context` is not given.',
    hint: 'Set `kube-context` to `staging` or `production`.',
  },
  {
    number: 52,
    when: 'a program that the runner does not have',
    provoke: logInBy({ exec: { command: 'aws' } }),
    code: 'kubeconfig-invalid',
    message: 'Reading the kubeconfig: it calls "aws", which this runner does not have.',
    hint: 'Set `cluster-provider: eks` with `cluster-name` and `cluster-location` instead of `kubeconfig`: it needs no program.',
  },
  {
    number: 53,
    when: 'auth-provider gcp',
    provoke: logInBy({ 'auth-provider': { name: 'gcp' } }),
    code: 'kubeconfig-invalid',
    message:
      'Reading the kubeconfig: its user logs in with the auth-provider gcp, which no longer works.',
    hint: 'Kubernetes clients dropped it in 1.26: set `cluster-provider: gke` with `cluster-name` and `cluster-location` instead of `kubeconfig`.',
  },
  {
    number: 53,
    when: 'auth-provider azure',
    provoke: logInBy({ 'auth-provider': { name: 'azure' } }),
    code: 'kubeconfig-invalid',
    message:
      'Reading the kubeconfig: its user logs in with the auth-provider azure, which no longer works.',
    hint: 'Kubernetes clients dropped it in 1.26: run azure/login and azure/aks-set-context before this step, and give `kubeconfig` the path in KUBECONFIG.',
  },
  {
    number: 54,
    when: 'http',
    provoke: () => parseFile({ ...SERVER, token: `\${TOKEN}`, server: 'http://k8s.example.com' }),
    code: 'config-invalid',
    message:
      '`environments.production.cluster.server` is `http://k8s.example.com`, which has no meaning there.',
    hint: 'Write its whole address, beginning with `https://`.',
  },
  {
    number: 54,
    when: 'no scheme at all, in a kubeconfig',
    provoke: logInBy({ token: 'hunter2' }, 'k8s.example.com:6443'),
    code: 'kubeconfig-invalid',
    message:
      'Reading the kubeconfig: it has no server address that begins with https:// for the chosen context.',
    hint: 'Give `kubeconfig` what `kubectl config view --raw --minify --flatten` prints, raw or as base64, or its path.',
  },
  {
    number: 55,
    when: 'a CA that is none',
    provoke: () => parse({}, { ...SERVER, ca: 'certificates/ca.pem' }),
    code: 'input-invalid',
    message: '`cluster.ca` is neither a certificate in PEM nor base64 of one.',
    hint: 'Write what begins with `-----BEGIN CERTIFICATE-----`, as a block of text (`|`), or the certificate-authority-data of a kubeconfig.',
  },
  {
    number: 55,
    when: 'a token as a Secret of Kubernetes holds it',
    provoke: () => parse({}, { ...SERVER, token: btoa(endingIn(60)) }),
    code: 'input-invalid',
    message: '`cluster.token` is base64 of a token, as Secrets of Kubernetes hold it.',
    hint: 'Decode it first, such as with `base64 --decode`.',
  },
  {
    number: 56,
    when: 'a token that has ended',
    provoke: ({ job }) => openServer(serverWith(endingIn(-60)), job()),
    code: 'login-expired',
    message: '`cluster.token` expired at 2025-12-31 23:59:00 UTC.',
    hint: 'Issue a new one, such as with `kubectl create token --duration`.',
  },
  {
    number: 56,
    when: 'a token that ends soon, maybe before the run does',
    provoke({ job }) {
      const world = job();
      openServer(serverWith(endingIn(2_100)), world);
      return world.warned[0];
    },
    code: 'login-expired',
    message: '`cluster.token` ends at 2026-01-01 00:35:00 UTC, in 35 min, and nobody renews it.',
    hint: 'Issue a new one, such as with `kubectl create token --duration`. A run that goes on longer fails.',
  },
  {
    number: 57,
    when: 'a pod without a token',
    provoke: ({ job }) =>
      logIn(
        { provider: 'in-cluster' },
        job({ environment: { KUBERNETES_SERVICE_HOST: '10.96.0.1' } }),
      ),
    code: 'login-missing',
    message:
      'No service-account token in this pod: /var/run/secrets/kubernetes.io/serviceaccount/token is not there.',
    hint: 'Its `automountServiceAccountToken` may be false, or `containerMode: kubernetes` runs jobs in another pod: give that pod a service account.',
  },
  {
    number: 57,
    when: 'no pod',
    provoke: ({ job }) => logIn({ provider: 'in-cluster' }, job()),
    code: 'login-missing',
    message:
      '`cluster-provider` is in-cluster, but this runner is no pod of a cluster: KUBERNETES_SERVICE_HOST is not set.',
    hint: 'Run the job on a runner inside the cluster, or say which cluster with `cluster-name` or `kubeconfig`.',
  },
  {
    number: 58,
    when: 'HELM_KUBETOKEN is set',
    async provoke({ job }) {
      const world = job({ environment: { HELM_KUBETOKEN: 'hunter2', HELM_KUBECONTEXT: '' } });
      (await logIn(serverWith('abc'), world)).stop();
      return world.warned[0];
    },
    code: 'helm-variables-ignored',
    message: 'HELM_KUBETOKEN is set and would override the cluster login; ignored.',
    hint: 'Remove it from the job: the inputs of this step name its cluster, and helm of other steps still follows it.',
  },
  {
    number: 59,
    when: 'a certificate of somebody else',
    provoke: ({ job }) =>
      enter(
        { ...openServer(serverWith('abc'), job()), provider: 'server' },
        toSilence('UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'unable to verify the first certificate'),
      ),
    code: 'certificate-untrusted',
    message:
      'Connecting to https://k8s.example.com:6443 as the owner of `cluster.token`: the certificate of the cluster is not trusted (unable to verify the first certificate).',
    hint: 'Put the CA of the cluster into `cluster.ca`; when its certificate has another name than `cluster.server`, write that into `cluster.tls-server-name`. Behind a proxy that inspects TLS, name the cluster in NO_PROXY.',
  },
  {
    number: 60,
    when: 'the proxy refuses the way to GitHub',
    provoke: ({ job }) =>
      throughProxy((HTTPS_PROXY) => {
        const url = 'https://pipelines.invalid/?a=b';
        const environment = { HTTPS_PROXY, ACTIONS_ID_TOKEN_REQUEST_URL: url };
        return requestIdToken('sts.amazonaws.com', job({ environment }));
      }),
    code: 'proxy-refused',
    message: 'Proxy http://127.0.0.1:N refused pipelines.invalid:443 (HTTP 403).',
    hint: PROXY_HINT,
  },
  {
    number: 60,
    when: 'the proxy refuses the way to AWS',
    provoke: ({ aws: world }) =>
      throughProxy((HTTPS_PROXY) => {
        delete process.env['AWS_ENDPOINT_URL_STS'];
        Object.assign(process.env, { HTTPS_PROXY });
        return openEks(toEksCluster(), world);
      }),
    code: 'proxy-refused',
    message: 'Proxy http://127.0.0.1:N refused sts.eu-west-1.amazonaws.com:443 (HTTP 403).',
    hint: PROXY_HINT,
  },
  {
    number: 61,
    when: 'the login cannot be renewed',
    provoke: () => renewInVain(100),
    code: 'login-expired',
    message:
      'The login to the cluster could not be renewed yet; it ends in 72 s, at 00:02:00 UTC: AWS STS did not answer.',
    hint: 'It is tried again until then. Wait.',
  },
  {
    number: 61,
    when: 'until it has ended',
    provoke: () => renewInVain(121),
    code: 'login-expired',
    message: 'Login could not be renewed before it ended at 00:02:00 UTC: AWS STS did not answer.',
    hint: 'Wait.',
  },
  {
    number: 62,
    when: 'the job is cancelled: the post step removes what is left of the login',
    proof: { file: '__tests__/login/interrupted.test.ts', test: "test.each(['SIGINT', 'SIGKILL']" },
  },
];

/** A proxy that takes nobody, and whose address has a password. */
async function throughProxy<T>(use: (address: string) => Promise<T>): Promise<T> {
  const proxy = await startHttpProxy(() => undefined);
  return use(`http://me:hunter2@127.0.0.1:${proxy.port}`).finally(() => proxy.close());
}
