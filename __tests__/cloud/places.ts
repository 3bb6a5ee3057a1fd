/** What there is in the clouds of the tests: two clusters, and who may do what in them. */
import { PROVIDER, SERVICE_ACCOUNT } from './google.ts';

/** Subjects of GitHub's tokens. */
export const SUBJECTS = {
  deploy: 'repo:acme/shop:environment:production',
  plan: 'repo:acme/shop:pull_request',
} as const;

const ACCOUNT = '111122223333';

export const EKS = {
  cluster: 'data-prod',
  region: 'eu-west-1',
  deployRole: `arn:aws:iam::${ACCOUNT}:role/slipway/production`,
  planRole: `arn:aws:iam::${ACCOUNT}:role/slipway/production-read`,
  registry: `${ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com`,
} as const;

export const GKE = {
  cluster: 'data',
  project: 'acme-data',
  location: 'europe-west1',
  provider: PROVIDER,
  deployAccount: SERVICE_ACCOUNT,
  planAccount: 'planner@acme-data.iam.gserviceaccount.com',
  registry: 'europe-west1-docker.pkg.dev',
} as const;

/** The groups that the access entries of the roles give. */
export const GROUPS = { deploy: 'shop-deployers', plan: 'shop-planners' } as const;

/** As a cluster sees who came by direct federation. */
export function toPrincipal(subject: string): string {
  const pool = PROVIDER.replace(/\/providers\/.*/, '');
  return `principal://iam.googleapis.com/${pool}/subject/${subject}`;
}

/** The names under which the doubles of both clouds are asked for. */
export const HOSTS = {
  aws: ['sts', 'eks', 'api.ecr'].map((service) => `${service}.${EKS.region}.amazonaws.com`),
  google: /\.googleapis\.com$/,
  registries: [EKS.registry, GKE.registry] as readonly string[],
};

/** What a step says for each way to log in. */
export const LOGINS = {
  eks: {
    'cluster-name': EKS.cluster,
    'cluster-location': EKS.region,
    'aws-role-to-assume': EKS.deployRole,
  },
  'gke, direct federation': {
    'cluster-name': GKE.cluster,
    'cluster-location': GKE.location,
    'gcp-project': GKE.project,
    'gcp-workload-identity-provider': GKE.provider,
  },
  'gke, service account': {
    'cluster-name': GKE.cluster,
    'cluster-location': GKE.location,
    'gcp-project': GKE.project,
    'gcp-workload-identity-provider': GKE.provider,
    'gcp-service-account': GKE.deployAccount,
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>;
