import { openGke } from '../../../src/auth/google/gke.ts';
import type { ApiError } from '../../../src/ports.ts';
import type { GkeCluster, GoogleLogin } from '../../../src/release/cluster-spec.ts';
import {
  type GoogleSettings,
  PROVIDER,
  refuse,
  SERVICE_ACCOUNT,
  toError,
} from '../../cloud/google.ts';
import type { Answer } from '../../cloud/https-double.ts';
import { parse } from '../../config/cluster/sample.ts';
import { toSpec } from '../google/world.ts';
import { type EdgeCase, enter, FORBIDDEN, type Scene } from './edge-case.ts';
import { parseFile } from './slipway-yaml.ts';

const GKE = {
  ...{ 'cluster-name': 'data', 'cluster-location': 'europe-west1', 'gcp-project': 'acme-data' },
};
const FILE = { name: 'data', location: 'europe-west1', project: 'acme-data' };
const POOL = PROVIDER.replace(/\/providers\/.*/, '');
const NAME = 'projects/acme-data/locations/europe-west1/clusters/data';
const RUNNING = { status: 'RUNNING', endpoint: '34.1.2.3', masterAuth: {} };
const DNS = { endpoint: 'gke-1234-56.europe-west1.gke.goog', allowExternalTraffic: true };

interface Given {
  readonly login?: Partial<GoogleLogin>;
  readonly spec?: Partial<GkeCluster>;
  /** What differs from a running cluster. */
  readonly cluster?: object;
  readonly arrange?: (settings: GoogleSettings, scene: Scene) => void;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Logs in as a service account to the cluster `data`. */
function open({ login, spec, cluster, arrange, environment = {} }: Given) {
  return (scene: Scene) => {
    scene.google.settings.clusters = { [NAME]: { ...RUNNING, ...cluster } };
    arrange?.(scene.google.settings, scene);
    const job = scene.job({ environment });
    return openGke(toSpec({ serviceAccount: SERVICE_ACCOUNT, ...login }, spec), job);
  };
}

/** Logs in to the cluster, whose API server does not let us in. */
function refusedBy(given: Given, error: ApiError) {
  return async (scene: Scene) => {
    const access = await open(given)(scene);
    return enter({ ...access, provider: 'gke' }, error);
  };
}

/** Whatever is asked for a path like this is answered so. */
const answer =
  (path: RegExp, given: Answer) =>
  (settings: GoogleSettings): void => {
    settings.instead = ({ url }) => (path.test(url.pathname) ? given : undefined);
  };

const STALE = refuse(400, 'invalid_grant', 'ID Token issued at 1 is stale to sign-in.');
const stale = (date: string) => answer(/^\/v1\/token$/, { ...STALE, headers: { date } });

const disabled = (path: RegExp, api: string) =>
  answer(
    path,
    toError(
      403,
      'PERMISSION_DENIED',
      `${api} has not been used in project 111122223333 before or it is disabled. Enable it by visiting …`,
      [{ reason: 'SERVICE_DISABLED', domain: 'googleapis.com' }],
    ),
  );

const SENT =
  'GitHub sent repository="acme/shop", ref="refs/heads/main", sub="repo:acme/shop:ref:refs/heads/main".';
const FORM =
  'Its form is `projects/<number>/locations/global/workloadIdentityPools/<pool>/providers/<provider>`.';

/** auth.md, section 11: Google. */
export const GOOGLE: readonly EdgeCase[] = [
  {
    number: 32,
    when: 'the pool instead of a provider in it',
    provoke: () => parse({ ...GKE, 'gcp-workload-identity-provider': POOL }),
    code: 'input-invalid',
    message: `\`gcp-workload-identity-provider\` is \`${POOL}\`, which is no provider of a workload identity pool.`,
    hint: `This is the pool: add the provider in it. ${FORM}`,
  },
  {
    number: 32,
    when: 'the project by its id',
    provoke: () =>
      parse({
        ...GKE,
        'gcp-workload-identity-provider': PROVIDER.replace('111122223333', 'acme-data'),
      }),
    code: 'input-invalid',
    message:
      '`gcp-workload-identity-provider` is `projects/acme-data/locations/global/workloadIdentityPools/github/providers/slipway`, which is no provider of a workload identity pool.',
    hint: `Write the number of the project, not its id. ${FORM}`,
  },
  {
    number: 33,
    when: 'two logins',
    provoke: () =>
      parse(GKE, { 'workload-identity-provider': PROVIDER, credentials: '{"type":"hunter2"}' }),
    code: 'input-ambiguous',
    message: '`cluster.workload-identity-provider` and `cluster.credentials` are both given.',
    hint: 'Keep one of them: each is a login of its own.',
  },
  {
    number: 33,
    when: 'no login at all',
    provoke: open({
      login: { source: { type: 'ambient' } },
      environment: {
        GOOGLE_APPLICATION_CREDENTIALS: '',
        GCE_METADATA_HOST: 'http://127.0.0.1:9',
      },
    }),
    code: 'login-missing',
    message:
      'No Google credentials: `gcp-workload-identity-provider` is not set, no earlier step has logged in, and this machine has no service account.',
    hint: 'Set `gcp-workload-identity-provider` (OIDC), or run google-github-actions/auth before this step.',
  },
  {
    number: 34,
    when: 'the secret of a fork is empty',
    provoke: () =>
      parseFile({ ...FILE, credentials: `\${GCP_CREDENTIALS}` }, { GCP_CREDENTIALS: '' }),
    code: 'variable-missing',
    message:
      '`cluster.credentials` needs the environment variable GCP_CREDENTIALS, which is missing or empty.',
    hint: 'Set it in the `env:` of the step; runs from forks and of Dependabot get no secrets.',
  },
  {
    number: 35,
    when: 'the attribute condition is not met',
    provoke: open({
      arrange: (settings) => {
        settings.condition = () => false;
      },
    }),
    code: 'login-refused',
    message: `Google's provider rejected this workflow: attribute condition not met. ${SENT}`,
    hint: 'The attribute condition of the provider in `gcp-workload-identity-provider` must allow exactly these (case-sensitive).',
  },
  {
    number: 35,
    when: 'the same in the job of an environment, by the immutable subject',
    provoke: open({
      arrange(settings, { aws }) {
        settings.condition = () => false;
        aws.github.claims = { sub: 'repo:acme@1/shop@2:environment:prod', environment: 'prod' };
      },
    }),
    code: 'login-refused',
    message:
      'Google\'s provider rejected this workflow: attribute condition not met. GitHub sent repository="acme/shop", ref="refs/heads/main", sub="repo:acme@1/shop@2:environment:prod".',
    hint: 'The attribute condition of the provider in `gcp-workload-identity-provider` must allow exactly these (case-sensitive). This repository uses GitHub\'s immutable subject format (2026): policies written as "repo:acme/shop:…" no longer match. Because the job uses environment "prod", the subject ends in environment:prod, not ref:….',
  },
  {
    number: 36,
    when: "GitHub's token is stale, twice",
    provoke: open({ arrange: stale('Thu, 01 Jan 2026 00:00:10 GMT') }),
    code: 'login-refused',
    message:
      "Google takes GitHub's OIDC token for too old: ID Token issued at 1 is stale to sign-in.",
    hint: 'A token lives 5 minutes: re-run the job; if it stays so, check the clock of the runner.',
  },
  {
    number: 36,
    when: 'the same, and the clocks differ',
    provoke: open({ arrange: stale('Thu, 01 Jan 2026 00:10:00 GMT') }),
    code: 'clock-skew',
    message: "The runner's clock is N s behind that of Google (Date header).",
    hint: "Set the runner's clock by NTP.",
  },
  {
    number: 36,
    when: 'the provider is for another GitHub',
    provoke: open({
      arrange: (settings) => {
        settings.issuer = 'https://ghes.acme.test/_services/token';
      },
    }),
    code: 'login-refused',
    message:
      'The provider of `gcp-workload-identity-provider` expects another issuer than GitHub\'s "https://token.actions.githubusercontent.com": The issuer in ID Token https://token.actions.githubusercontent.com does not match the expected ones.',
    hint: 'Give the provider the issuer of this GitHub: https://token.actions.githubusercontent.com, one of an enterprise, or https://HOST/_services/token of a GitHub Enterprise Server.',
  },
  {
    number: 37,
    when: 'there is no such provider',
    provoke: open({
      arrange: (settings) => {
        settings.provider = 'projects/1/other';
      },
    }),
    code: 'login-refused',
    message: `Provider "${PROVIDER}" does not exist or is disabled or deleted, or its pool is.`,
    hint: 'Check `gcp-workload-identity-provider` letter by letter: the project is given by its number, and a deleted pool keeps its name for 30 days.',
  },
  {
    number: 38,
    when: 'the subject is too long for Google',
    provoke: open({
      arrange(settings, { aws }) {
        aws.github.claims = { sub: `repo:acme/${'x'.repeat(120)}:pull_request` };
        const told =
          'The size of mapped attribute google.subject exceeds the 127 bytes limit. Either modify your attribute mapping or the incoming assertion to produce a mapped attribute that is less than 127 bytes.';
        answer(/^\/v1\/token$/, refuse(400, 'invalid_request', told))(settings);
      },
    }),
    code: 'login-refused',
    message: `Google's provider rejected this workflow: google.subject would be 143 bytes (limit 127). GitHub sent sub="repo:acme/${'x'.repeat(120)}:pull_request".`,
    hint: 'Map a shorter claim, such as assertion.repository_id, in the provider of `gcp-workload-identity-provider`.',
  },
  {
    number: 39,
    when: 'the workflow may not impersonate the service account',
    provoke: open({
      arrange: (settings) => {
        settings.serviceAccounts = {};
      },
    }),
    code: 'login-refused',
    message: `The GitHub identity may not impersonate ${SERVICE_ACCOUNT} (\`gcp-service-account\`). ${SENT}`,
    hint: `On the service account for this job, grant roles/iam.workloadIdentityUser to principal://iam.googleapis.com/${POOL}/subject/repo:acme/shop:ref:refs/heads/main, and check the address; changes of IAM take up to 5 minutes.`,
  },
  {
    number: 39,
    when: 'a pull request asks for the account that deploys',
    provoke: open({
      arrange: (settings, { aws }) => {
        settings.serviceAccounts = {};
        aws.github.claims = { sub: 'repo:acme/shop:pull_request' };
      },
    }),
    code: 'login-refused',
    message: `The GitHub identity may not impersonate ${SERVICE_ACCOUNT} (\`gcp-service-account\`). GitHub sent repository="acme/shop", ref="refs/heads/main", sub="repo:acme/shop:pull_request".`,
    hint: `The job of a pull request must not get the role that deploys: give it a read-only one in \`cluster.plan\`, whose trust allows this subject. On the service account for this job, grant roles/iam.workloadIdentityUser to principal://iam.googleapis.com/${POOL}/subject/repo:acme/shop:pull_request, and check the address; changes of IAM take up to 5 minutes.`,
  },
  {
    number: 39,
    when: 'the API for that is off',
    provoke: open({
      arrange: disabled(/serviceAccounts/, 'IAM Service Account Credentials API'),
    }),
    code: 'login-refused',
    message: 'The IAM Service Account Credentials API is not enabled in project 111122223333.',
    hint: 'Enable iamcredentials.googleapis.com in project 111122223333; it takes a few minutes.',
  },
  {
    number: 40,
    when: 'direct federation, whose tokens live under 5 minutes',
    async provoke(scene) {
      await open({ login: { serviceAccount: '' } })(scene);
      return scene.jobs[0]?.logged.at(-1);
    },
    message:
      'Tokens from direct federation live under 5 minutes: they are renewed for as long as this run lasts (with `gcp-service-account` they live an hour).',
  },
  {
    number: 41,
    when: 'the account may not read the cluster',
    provoke: open({
      arrange: (settings) => {
        settings.mayRead = () => false;
      },
    }),
    code: 'cluster-unreadable',
    message: `${SERVICE_ACCOUNT} lacks container.clusters.get on project acme-data.`,
    hint: `Grant roles/container.clusterViewer on the project to serviceAccount:${SERVICE_ACCOUNT}, or check \`gcp-project\`; changes of IAM take up to 5 minutes.`,
  },
  {
    number: 41,
    when: 'the API of GKE is off',
    provoke: open({ arrange: disabled(/\/clusters\//, 'Kubernetes Engine API') }),
    code: 'cluster-unreadable',
    message: 'The Kubernetes Engine API is not enabled in project acme-data.',
    hint: 'Enable container.googleapis.com in project acme-data, or check `gcp-project`.',
  },
  {
    number: 42,
    when: 'there is no such cluster',
    provoke: open({ spec: { location: 'europe-west1-b' } }),
    code: 'cluster-not-found',
    message: 'No cluster data in projects/acme-data/locations/europe-west1-b.',
    hint: 'A zonal cluster needs its zone (europe-west1-b), a regional one its region: check `cluster-name`, `cluster-location` and `gcp-project`.',
  },
  {
    number: 43,
    when: 'the API takes no tokens of direct federation',
    provoke: open({
      login: { serviceAccount: '' },
      arrange: answer(
        /\/clusters\//,
        toError(401, 'UNAUTHENTICATED', 'Expected OAuth 2 access token, login cookie or other …'),
      ),
    }),
    code: 'login-refused',
    message: `The GKE API refuses direct federation tokens (principal://iam.googleapis.com/${POOL}/subject/repo:acme/shop:ref:refs/heads/main).`,
    hint: 'Set `gcp-service-account`, so that we act as a service account.',
  },
  {
    number: 44,
    when: 'two ways to the API server; there is one field for them',
    provoke: () => parseFile({ ...FILE, endpoint: ['internal', 'dns'] }),
    code: 'config-wrong-type',
    message:
      '`environments.production.cluster.endpoint` is a list, not `auto`, `internal`, `dns` or `gateway`.',
    hint: 'Write it like `endpoint: dns`.',
  },
  {
    number: 45,
    when: 'by DNS, which takes no traffic from outside',
    provoke: open({
      spec: { via: 'dns' },
      cluster: {
        controlPlaneEndpointsConfig: {
          dnsEndpointConfig: { ...DNS, allowExternalTraffic: false },
        },
      },
    }),
    code: 'cluster-endpoint-unavailable',
    message: 'The DNS endpoint of cluster data takes no traffic from outside its network.',
    hint: 'Allow it: gcloud container clusters update data --enable-dns-access; or leave `cluster.endpoint` out.',
  },
  {
    number: 45,
    when: 'by the internal address, and addresses are off',
    provoke: open({
      spec: { via: 'internal' },
      cluster: {
        controlPlaneEndpointsConfig: {
          ...{ dnsEndpointConfig: DNS, ipEndpointsConfig: { enabled: false } },
        },
      },
    }),
    code: 'cluster-endpoint-unavailable',
    message: 'Cluster data has no internal address: access by IP addresses is disabled.',
    hint: 'Leave `cluster.endpoint` out, or set it to dns.',
  },
  {
    number: 46,
    when: 'by the Connect gateway, and the cluster is in no fleet',
    provoke: open({ spec: { via: 'gateway' } }),
    code: 'cluster-endpoint-unavailable',
    message:
      'Cluster data is not registered to a fleet, so that the Connect gateway does not reach it.',
    hint: 'Register it (gcloud container fleet memberships register), or set `cluster.membership` to projects/P/locations/L/memberships/M.',
  },
  {
    number: 47,
    when: 'by DNS, where the account may not connect',
    provoke: refusedBy(
      {
        spec: { via: 'dns' },
        cluster: { controlPlaneEndpointsConfig: { dnsEndpointConfig: DNS } },
      },
      FORBIDDEN,
    ),
    code: 'forbidden',
    message: `${SERVICE_ACCOUNT} may not connect to cluster data by its DNS endpoint.`,
    hint: `It needs container.clusters.connect: grant roles/container.clusterViewer on the project to serviceAccount:${SERVICE_ACCOUNT}; changes of IAM take up to 5 minutes.`,
  },
  {
    number: 48,
    when: 'the credentials file has gone',
    provoke: open({
      login: { source: { type: 'ambient' } },
      environment: { GOOGLE_APPLICATION_CREDENTIALS: '/work/gha-creds-1.json' },
    }),
    code: 'login-missing',
    message: 'GOOGLE_APPLICATION_CREDENTIALS points to a file that does not exist (any more).',
    hint: 'Was actions/checkout run after google-github-actions/auth? It empties the workspace: check out first, or set `gcp-workload-identity-provider`.',
  },
  {
    number: 49,
    when: 'the cluster is broken',
    provoke: open({
      cluster: {
        status: 'ERROR',
        conditions: [{ code: 'GCE_STOCKOUT', message: 'No capacity in the zone.' }],
      },
    }),
    code: 'cluster-not-ready',
    message:
      'Cluster data is ERROR (No capacity in the zone.); deploys need RUNNING, RECONCILING or DEGRADED.',
    hint: 'Look at the cluster in the Google Cloud console, and check `cluster-name`.',
  },
];
