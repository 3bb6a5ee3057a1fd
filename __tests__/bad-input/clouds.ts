/* biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables as slipway.yaml has them */
import type { BadInput } from './case.ts';
import { inEnvironment } from './checkout.ts';

const cluster = (...names: readonly string[]) =>
  names.map((name) => `environments.<name>.cluster.${name}`);

/** An environment whose cluster has these lines, from line 4 on. */
const inCluster = (...lines: readonly string[]) =>
  inEnvironment('cluster:', ...lines.map((line) => `  ${line}`));

/** A cluster of EKS by inputs. */
const EKS = {
  kubeconfig: '',
  'cluster-name': 'data',
  'cluster-location': 'eu-west-1',
  'aws-role-to-assume': 'arn:aws:iam::111122223333:role/deploy',
};
const PROVIDER_FORM =
  'Its form is `projects/<number>/locations/global/workloadIdentityPools/<pool>/providers/<provider>`.';

/** Which cluster, and who logs in to it, as far as the words alone tell. */
export const CLOUDS: readonly BadInput[] = [
  {
    name: 'cluster of Azure',
    inputs: { 'cluster-provider': 'aks' },
    told: [
      '`cluster-provider` is `aks`, and Slipway does not log in to AKS by itself. [input-unavailable]',
      '→ Run `azure/login` and `azure/aks-set-context` in earlier steps; then `cluster-provider: kubeconfig`, with the path that they leave in the environment variable KUBECONFIG as `kubeconfig`.',
    ],
  },
  {
    name: 'two clouds at once',
    inputs: { ...EKS, 'gcp-project': 'acme-data' },
    told: [
      '`aws-role-to-assume` is for EKS, and `gcp-project` for GKE. [input-ambiguous]',
      '→ Remove what is not meant: a run has one cluster.',
    ],
  },
  {
    name: 'kubeconfig with the name of a cluster',
    inputs: { 'cluster-name': 'data' },
    told: [
      '`cluster-name` does not go with `kubeconfig`. [input-unused]',
      '→ Remove it: it is for EKS and GKE.',
    ],
  },
  {
    name: 'inputs for EKS that AWS would not know',
    inputs: {
      ...EKS,
      'cluster-name': 'data prod',
      'cluster-location': 'eu-west-1a',
      'aws-role-to-assume': 'deploy',
    },
    told: [
      '`cluster-name` is `data prod`, which is no name of a cluster of EKS. [input-invalid]',
      '→ Write its name, such as `data-prod`, or its ARN.',
      '`cluster-location` is `eu-west-1a`, which is no region of AWS. [input-invalid]',
      '→ Write the region without the zone: `eu-west-1`.',
      '`aws-role-to-assume` is `deploy`, which is no ARN of a role. [input-invalid]',
      '→ Write the ARN of the role, such as `arn:aws:iam::111122223333:role/deploy`; in other partitions it begins with `arn:aws-us-gov`, `arn:aws-cn` or `arn:aws-eusc`.',
    ],
  },
  {
    name: 'cluster of GKE without a project, and a pool instead of its provider',
    inputs: {
      kubeconfig: '',
      'cluster-name': 'data',
      'cluster-location': 'europe-west1',
      'gcp-workload-identity-provider':
        'projects/12345/locations/global/workloadIdentityPools/github',
      'gcp-service-account': 'deploy',
    },
    told: [
      '`gcp-project` is missing or empty, and so are CLOUDSDK_CORE_PROJECT and GOOGLE_CLOUD_PROJECT. [input-missing]',
      '→ Set it to the id of the project that the cluster is in.',
      '`gcp-workload-identity-provider` is `projects/12345/locations/global/workloadIdentityPools/github`, which is no provider of a workload identity pool. [input-invalid]',
      `→ This is the pool: add the provider in it. ${PROVIDER_FORM}`,
      '`gcp-service-account` is `deploy`, which is no service account. [input-invalid]',
      '→ Write its e-mail address, such as `deploy@acme-data.iam.gserviceaccount.com`.',
    ],
  },
  {
    name: 'fields of EKS that AWS would not know',
    fields: cluster(
      'name',
      'role-to-assume',
      'role-chaining',
      'role-chaining.role-to-assume',
      'role-chaining.external-id',
      'role-session-name',
      'role-duration-seconds',
      'inline-session-policy',
      'managed-session-policies',
      'allowed-account-ids',
      'plan',
    ),
    config: inCluster(
      'name: data-${STAGE}',
      'location: eu-west-1',
      'role-to-assume: deploy',
      'role-chaining: { external-id: "#1" }',
      'role-session-name: the deploy',
      'role-duration-seconds: 12h',
      'inline-session-policy: [eks:DescribeCluster]',
      'managed-session-policies: [ReadOnlyAccess]',
      'allowed-account-ids: [012345678901]',
      'plan: { role-to-assume: plan, server: "https://k8s.example.com" }',
    ),
    told: [
      'slipway.yaml:4:7: `environments.production.cluster.name` holds `${STAGE}`, which is not filled in there. [config-variable]',
      '→ Write it out. `${NAME}` is filled in only in `set`, `registry-username`, `registry-password` and the secrets of `cluster`; `$${` means `${`.',
      'slipway.yaml:6:7: `environments.production.cluster.role-to-assume` is `deploy`, which has no meaning there. [config-invalid]',
      '→ Write the ARN of the role, such as `arn:aws:iam::111122223333:role/deploy`; in other partitions it begins with `arn:aws-us-gov`, `arn:aws-cn` or `arn:aws-eusc`.',
      'slipway.yaml:7:7: `environments.production.cluster.role-chaining.role-to-assume` is missing. [config-missing]',
      '→ Write it like `role-to-assume: arn:aws:iam::444455556666:role/deploy`.',
      'slipway.yaml:7:24: `environments.production.cluster.role-chaining.external-id` is `#1`, which has no meaning there. [config-invalid]',
      '→ Use letters, digits and `_+=,.@:/-`, 2 to 1224 of them.',
      'slipway.yaml:8:7: `environments.production.cluster.role-session-name` is `the deploy`, which has no meaning there. [config-invalid]',
      '→ Use letters, digits and `_+=,.@-`, 2 to 64 of them.',
      'slipway.yaml:9:7: `environments.production.cluster.role-duration-seconds` is the text `12h`, not a whole number. [config-wrong-type]',
      '→ Write seconds, from 900 to 43200, such as `role-duration-seconds: 3600`.',
      'slipway.yaml:10:7: `environments.production.cluster.inline-session-policy` is a list, not a text or a map. [config-wrong-type]',
      '→ Write it like `inline-session-policy: { Version: 2012-10-17, Statement: [ { Effect: Allow, Action: eks:DescribeCluster, Resource: "*" } ] }`.',
      'slipway.yaml:11:34: `environments.production.cluster.managed-session-policies[0]` is `ReadOnlyAccess`, which has no meaning there. [config-invalid]',
      '→ Write the ARN of the policy, such as `arn:aws:iam::111122223333:policy/describe-cluster`.',
      'slipway.yaml:12:29: `environments.production.cluster.allowed-account-ids[0]` is 12345678901, less than 100000000000. [config-invalid]',
      '→ Write the 12 digits of the account in quotes, such as `"012345678901"`: YAML drops zeros in front of a number.',
      'slipway.yaml:13:15: `environments.production.cluster.plan.role-to-assume` is `plan`, which has no meaning there. [config-invalid]',
      '→ Write the ARN of the role, such as `arn:aws:iam::111122223333:role/deploy`; in other partitions it begins with `arn:aws-us-gov`, `arn:aws-cn` or `arn:aws-eusc`.',
      'slipway.yaml:13:37: `environments.production.cluster.plan` has the field `server`, which does not belong there. [config-unknown-field]',
      '→ `server` belongs in `environments.<name>.cluster`.',
    ],
  },
  {
    name: 'fields of GKE that Google would not know',
    fields: cluster(
      'location',
      'project',
      'workload-identity-provider',
      'service-account',
      'credentials',
      'access-token',
      'audience',
      'endpoint',
      'membership',
      'universe',
    ),
    config: inCluster(
      'location: [europe-west1]',
      'project: 12345',
      'workload-identity-provider: projects/acme-data/locations/global/workloadIdentityPools/github/providers/acme',
      'service-account: deploy',
      'credentials: key.json',
      'access-token: ya29.hunter2',
      'audience: ""',
      'endpoint: private',
      'membership: data',
      'universe: https://googleapis.com',
    ),
    told: [
      'slipway.yaml:4:7: `environments.production.cluster.location` is a list, not a text. [config-wrong-type]',
      '→ Write it like `location: eu-west-1`.',
      'slipway.yaml:5:7: `environments.production.cluster.project` is the number 12345, not a text. [config-wrong-type]',
      '→ Write it in quotes: `project: "12345"`.',
      'slipway.yaml:6:7: `environments.production.cluster.workload-identity-provider` is `projects/acme-data/locations/global/workloadIdentityPools/g…`, which has no meaning there. [config-invalid]',
      '→ Write `projects/<number>/locations/global/workloadIdentityPools/<pool>/providers/<provider>`, with the number of the project, not its id.',
      'slipway.yaml:7:7: `environments.production.cluster.service-account` is `deploy`, which has no meaning there. [config-invalid]',
      '→ Write its e-mail address, such as `deploy@acme-data.iam.gserviceaccount.com`.',
      'slipway.yaml:8:7: `environments.production.cluster.credentials` is written out in `slipway.yaml`, for everybody who can read the repository. [config-invalid]',
      '→ Write `credentials: ${GCP_CREDENTIALS}`, and give the step that variable in its `env:` from a secret.',
      'slipway.yaml:9:7: `environments.production.cluster.access-token` is written out in `slipway.yaml`, for everybody who can read the repository. [config-invalid]',
      '→ Write `access-token: ${GCP_ACCESS_TOKEN}`, and give the step that variable in its `env:` from a secret.',
      'slipway.yaml:10:7: `environments.production.cluster.audience` is an empty text. [config-invalid]',
      '→ Write it like `audience: sts.amazonaws.com`. Or remove it.',
      'slipway.yaml:11:7: `environments.production.cluster.endpoint` is `private`, which Slipway does not know. [config-invalid]',
      '→ Use `auto`, `internal`, `dns` or `gateway`.',
      'slipway.yaml:12:7: `environments.production.cluster.membership` is `data`, which has no meaning there. [config-invalid]',
      '→ Write `projects/<project>/locations/<location>/memberships/<name>`, as `gcloud container fleet memberships list` has it.',
      'slipway.yaml:13:7: `environments.production.cluster.universe` is `https://googleapis.com`, which has no meaning there. [config-invalid]',
      '→ Write the domain alone, such as `googleapis.com`.',
    ],
  },
  {
    name: 'fields of a server that are none',
    fields: cluster('server', 'ca', 'token', 'tls-server-name', 'proxy-url'),
    config: inCluster(
      'server: http://k8s.example.com',
      'ca: [certificates/ca.pem]',
      'token: eyJhbGciOi',
      'tls-server-name: 1.10',
      'proxy-url: 3128',
    ),
    told: [
      'slipway.yaml:4:7: `environments.production.cluster.server` is `http://k8s.example.com`, which has no meaning there. [config-invalid]',
      '→ Write its whole address, beginning with `https://`.',
      'slipway.yaml:5:7: `environments.production.cluster.ca` is a list, not a text. [config-wrong-type]',
      '→ Write it like `ca: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUJ…`.',
      'slipway.yaml:6:7: `environments.production.cluster.token` is written out in `slipway.yaml`, for everybody who can read the repository. [config-invalid]',
      '→ Write `token: ${KUBE_TOKEN}`, and give the step that variable in its `env:` from a secret.',
      'slipway.yaml:7:7: `environments.production.cluster.tls-server-name` is the number 1.10, not a text. [config-wrong-type]',
      '→ Write it in quotes: `tls-server-name: "1.10"`; without them YAML makes 1.1 of it.',
      'slipway.yaml:8:7: `environments.production.cluster.proxy-url` is a number, not a text. [config-wrong-type]',
      '→ Write it in quotes; without them YAML makes 1.1 of 1.10.',
    ],
  },
  {
    name: 'server whose CA and token are something else',
    fields: cluster('ca', 'token', 'proxy-url'),
    config: inCluster(
      'server: https://k8s.example.com',
      'ca: certificates/ca.pem',
      'token: ${KUBE_TOKEN}',
      'proxy-url: proxy.example.com:3128',
    ),
    // eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln, as a Secret holds it.
    environment: {
      KUBE_TOKEN: 'ZXlKaGJHY2lPaUpTVXpJMU5pSjkuZXlKemRXSWlPaUo0SW4wLmMybG4=',
    },
    told: [
      'slipway.yaml:5:7: `cluster.ca` is neither a certificate in PEM nor base64 of one. [input-invalid]',
      '→ Write what begins with `-----BEGIN CERTIFICATE-----`, as a block of text (`|`), or the certificate-authority-data of a kubeconfig.',
      'slipway.yaml:6:7: `cluster.token` is base64 of a token, as Secrets of Kubernetes hold it. [input-invalid]',
      '→ Decode it first, such as with `base64 --decode`.',
      'slipway.yaml:7:7: `cluster.proxy-url` is no address of a proxy. [input-invalid]',
      '→ Write it with `http://`, `https://` or `socks5://` in front.',
    ],
  },
  {
    name: 'two logins to Google',
    fields: cluster('credentials', 'access-token'),
    config: inCluster(
      'name: projects/acme-data/locations/europe-west1/clusters/data',
      'credentials: ${GCP_CREDENTIALS}',
      'access-token: ${GCP_ACCESS_TOKEN}',
    ),
    environment: { GCP_CREDENTIALS: '{}', GCP_ACCESS_TOKEN: 'ya29.hunter2' },
    told: [
      'slipway.yaml:6:7: `cluster.credentials` and `cluster.access-token` are both given. [input-ambiguous]',
      '→ Keep one of them: each is a login of its own.',
    ],
  },
  {
    name: 'roles that do not fit each other',
    fields: cluster('role-to-assume', 'role-duration-seconds', 'audience'),
    config: inCluster(
      'name: data',
      'location: cn-north-1',
      'role-chaining: { role-to-assume: "arn:aws:iam::111122223333:role/deploy" }',
      'role-duration-seconds: 7200',
      'audience: sts.amazonaws.com.cn',
      'inline-session-policy: "{"',
    ),
    told: [
      'slipway.yaml:8:7: `cluster.audience` is given without `cluster.role-to-assume`, and means nothing alone. [input-unused]',
      '→ Remove it, or give `cluster.role-to-assume` as well.',
      'slipway.yaml:6:24: The role in `cluster.role-chaining.role-to-assume` is of the partition aws, and the region cn-north-1 of aws-cn. [input-ambiguous]',
      '→ Give a role of the partition aws-cn, or correct the region of the cluster.',
      'slipway.yaml:7:7: `cluster.role-duration-seconds` is 7200, and AWS lends a chained role for 3600 seconds at most. [input-invalid]',
      '→ Remove it, or `cluster.role-chaining`.',
      'slipway.yaml:9:7: `cluster.inline-session-policy` is no policy: it is not a map of JSON. [input-invalid]',
      '→ Write the policy as a map of YAML, or put its JSON in single quotes.',
    ],
  },
];
