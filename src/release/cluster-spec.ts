/** How the cluster is reached, and as whom. A job has one cluster. */
export type ClusterSpec = EksCluster | GkeCluster | ServerCluster | InCluster | KubeconfigCluster;

export interface EksCluster {
  readonly provider: 'eks';
  readonly name: string;
  /** Of the cluster, such as `eu-west-1`: also of the STS host in its tokens. */
  readonly region: string;
  readonly login: AwsLogin;
  /** Undefined: DescribeCluster tells it. */
  readonly endpoint?: Endpoint | undefined;
  readonly connection: Connection;
}

/** First the job's role or whatever credentials the machine has; then, with those, another role. */
export interface AwsLogin {
  /** Assumed with GitHub's OIDC token; undefined: the credentials of environment and machine. */
  readonly role?: { readonly arn: string; readonly audience: string } | undefined;
  /** Assumed with the credentials so far. */
  readonly chained?: { readonly arn: string; readonly externalId: string } | undefined;
  /** Empty: made of repository and run. */
  readonly sessionName: string;
  /** Seconds that the last role is asked for; undefined: an hour, what AWS gives by itself. */
  readonly duration?: number | undefined;
  /** JSON that narrows the last role; empty: none. */
  readonly inlinePolicy: string;
  /** ARNs of policies that narrow it. */
  readonly managedPolicies: readonly string[];
  /** Numbers of the accounts that may be used; empty: any. */
  readonly allowedAccounts: readonly string[];
}

export interface GkeCluster {
  readonly provider: 'gke';
  readonly project: string;
  /** Region or zone, such as `europe-west1` or `europe-west1-b`. */
  readonly location: string;
  readonly name: string;
  readonly login: GoogleLogin;
  /** auto: the default endpoint, or the one by DNS where addresses are switched off. */
  readonly via: 'auto' | 'internal' | 'dns' | 'gateway';
  /** `projects/P/locations/L/memberships/M` for the Connect gateway; empty: what the cluster says. */
  readonly membership: string;
  /** `googleapis.com`, unless the cloud is another one. */
  readonly universe: string;
  readonly connection: Connection;
}

export interface GoogleLogin {
  readonly source: GoogleSource;
  /** E-mail of the service account to act as; empty: as the source itself. */
  readonly serviceAccount: string;
}

export type GoogleSource =
  /** With GitHub's OIDC token. `provider`: `projects/N/locations/global/workloadIdentityPools/P/providers/X`. */
  | { readonly type: 'federation'; readonly provider: string; readonly audience: string }
  /** JSON of a service-account key or of an `external_account`: secret. `name`: how messages call it. */
  | { readonly type: 'credentials'; readonly json: string; readonly name: string }
  /** An access token: secret, and never renewed. */
  | { readonly type: 'access-token'; readonly token: string }
  /** The file that GOOGLE_APPLICATION_CREDENTIALS names, else the machine's own service account. */
  | { readonly type: 'ambient' };

/** A server with a token that somebody else issued. */
export interface ServerCluster {
  readonly provider: 'server';
  readonly endpoint: Endpoint;
  /** Secret. */
  readonly token: string;
  readonly connection: Connection;
}

/** The service account of the pod that this runner is. */
export interface InCluster {
  readonly provider: 'in-cluster';
}

export interface KubeconfigCluster {
  readonly provider: 'kubeconfig';
  /** The text of a kubeconfig, whichever way it was given. */
  readonly kubeconfig: string;
  /** Folder against which relative paths inside the kubeconfig are read. */
  readonly directory: string;
  /** Empty: the kubeconfig's current context. */
  readonly context: string;
}

/** Where an API server is, and how it proves that it is itself. */
export interface Endpoint {
  /** `https://…` */
  readonly server: string;
  /** Certificates of its authority, PEM; empty: those that the machine trusts. */
  readonly ca: string;
}

/** As the fields of a cluster in a kubeconfig; empty: nothing. */
export interface Connection {
  readonly proxyUrl: string;
  readonly tlsServerName: string;
}
