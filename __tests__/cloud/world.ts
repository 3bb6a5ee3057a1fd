/**
 * Both clouds on this machine: doubles of GitHub, AWS and Google, the real verifier of EKS, and one real
 * cluster, which is EKS's and GKE's at the same time: its API server lets in whom either of them knows.
 */
import { mkdtempSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Cluster, startCluster } from '../../local-cluster/cluster.ts';
import { connect } from '../../local-cluster/kubeconfig.ts';
import { type ProxyDouble, startHttpProxy } from '../adapters/cluster/proxy-double.ts';
import { type Certificates, makeCertificates } from '../registry/certificates.ts';
import { type Authenticator, startAuthenticator } from './authenticator.ts';
import { type AwsDouble, startAws } from './aws.ts';
import { type GitHubOidcDouble, startGitHubOidc } from './github.ts';
import { type GoogleDouble, startGoogle } from './google.ts';
import type { HttpsDouble } from './https-double.ts';
import { EKS, GKE, GROUPS, HOSTS, SUBJECTS, toPrincipal } from './places.ts';
import { type RegistryFront, startRegistryFront } from './registry-front.ts';
import { grantRights } from './rights.ts';
import { startTokenWebhook } from './token-webhook.ts';

export interface CloudOptions {
  /** Seconds that tokens and session credentials live; undefined: as the clouds give them. */
  readonly life?: number;
}

type Environment = Readonly<Record<string, string>>;

/** The cluster, and what makes it one of a cloud. */
export interface Cloud {
  /** In its namespaces the deployers and planners of the clouds hold their rights as well. */
  readonly cluster: Cluster;
  readonly github: GitHubOidcDouble;
  readonly aws: AwsDouble;
  readonly google: GoogleDouble;
  readonly proxy: ProxyDouble;
  readonly registry: RegistryFront;
  /** Of a job that may ask for ID tokens; the clouds' endpoints are overridden by their own variables. */
  readonly environment: Environment;
  /** The same job on a runner that reaches the clouds, by their real names, through a proxy alone. */
  readonly behindProxy: Environment;
  /** A line for each request so far that the API server refused with 401. */
  refusals(): readonly string[];
  /** Every token, key and assertion that was given to anybody so far. */
  secrets(): readonly string[];
  stop(): Promise<void>;
}

export async function startCloud({ life }: CloudOptions = {}): Promise<Cloud> {
  const folder = mkdtempSync(path.join(tmpdir(), 'slipway-cloud-'));
  const names = [...HOSTS.aws, ...HOSTS.registries, '*.googleapis.com'];
  const certificates = await makeCertificates(folder, names);
  const doubles = await startDoubles(certificates, life);
  const { aws, google, github, proxy, registry } = doubles;
  const authenticator = await startAuthenticator({
    cluster: EKS.cluster,
    entries: [
      { rolearn: canonical(EKS.deployRole), username: 'eks-deployer', groups: [GROUPS.deploy] },
      { rolearn: canonical(EKS.planRole), username: 'eks-planner', groups: [GROUPS.plan] },
    ],
    proxy: proxy.port,
    authority: certificates.authority,
  });
  const tokenWebhook = path.join(folder, 'webhook.yaml');
  const webhook = await startTokenWebhook(certificates, tokenWebhook, async (token) =>
    token.startsWith('k8s-aws-v1.') ? authenticator.review(token) : whois(google, token),
  );
  const cluster = withRights(await startCluster({ tokenWebhook }));
  announce(cluster, doubles);
  const environment = toEnvironment(doubles, certificates);
  return {
    ...{ cluster, github, aws, google, proxy, registry, environment },
    behindProxy: toBehindProxy(environment, proxy),
    refusals: () => readRefusals(cluster.auditLog),
    secrets: () => gatherSecrets(doubles, webhook),
    stop: () => stopAll({ doubles, webhook, authenticator, cluster, folder }),
  };
}

function withRights(cluster: Cluster): Cluster {
  return {
    ...cluster,
    async addNamespace(name) {
      await cluster.addNamespace(name);
      await grantRights(connect(cluster.kubeconfig('admin')), name);
    },
  };
}

type Doubles = Awaited<ReturnType<typeof startDoubles>>;

async function startDoubles({ pem }: Certificates, life: number | undefined) {
  const github = await startGitHubOidc(pem);
  github.claims = { sub: SUBJECTS.deploy, environment: 'production' };
  const aws = await startAws(pem, { sessionSeconds: life ?? 0 });
  aws.roles.set(EKS.deployRole, { subjects: [SUBJECTS.deploy] });
  aws.roles.set(EKS.planRole, { subjects: [SUBJECTS.plan] });
  const google = await startGoogle(pem, {
    life,
    serviceAccounts: {
      [GKE.deployAccount]: (principal) => principal === toPrincipal(SUBJECTS.deploy),
      [GKE.planAccount]: (principal) => principal === toPrincipal(SUBJECTS.plan),
    },
  });
  const registry = await startRegistryFront(pem, (host, username, password) =>
    host === EKS.registry
      ? username === 'AWS' && password === aws.registryPassword
      : username === 'oauth2accesstoken' && google.whois(password) !== undefined,
  );
  const proxy = await startHttpProxy((host) => {
    if (HOSTS.aws.includes(host)) return aws.port;
    if (HOSTS.google.test(host)) return google.port;
    return HOSTS.registries.includes(host) ? registry.port : undefined;
  });
  return { github, aws, google, registry, proxy };
}

/** An access entry names a role without its path, as its sessions do. */
function canonical(role: string): string {
  return role.replace(/:role\/.*\//, ':role/');
}

async function whois(google: GoogleDouble, token: string) {
  const username = google.whois(token);
  return username === undefined ? undefined : { username };
}

/** The clouds tell where the cluster is, as soon as it is somewhere. */
function announce(cluster: Cluster, { aws, google }: Doubles): void {
  const authority = readFileSync(path.join(cluster.directory, 'certificates', 'ca.crt'));
  const ca = authority.toString('base64');
  aws.clusters.set(EKS.cluster, {
    endpoint: cluster.server,
    certificateAuthority: { data: ca },
  });
  google.settings.clusters[
    `projects/${GKE.project}/locations/${GKE.location}/clusters/${GKE.cluster}`
  ] = {
    ...{ name: GKE.cluster, location: GKE.location, status: 'RUNNING' },
    endpoint: new URL(cluster.server).host,
    masterAuth: { clusterCaCertificate: ca },
  };
}

function toEnvironment({ github, aws, google }: Doubles, { authority }: Certificates): Environment {
  return {
    ...github.environment,
    ...aws.environment,
    ...google.environment,
    NODE_EXTRA_CA_CERTS: authority,
  };
}

function toBehindProxy(environment: Environment, { port }: ProxyDouble): Environment {
  const isOverride = (name: string) => /^(AWS_ENDPOINT_URL|CLOUDSDK_API_ENDPOINT)_/.test(name);
  const others = Object.entries(environment).filter(([name]) => !isOverride(name));
  return { ...Object.fromEntries(others), HTTPS_PROXY: `http://127.0.0.1:${port}` };
}

function readRefusals(auditLog: string): readonly string[] {
  return readFileSync(auditLog, 'utf8')
    .split('\n')
    .filter((line) => line.includes('"code":401'))
    .map((line) => {
      const { verb, requestURI, userAgent, stageTimestamp } = JSON.parse(line);
      return `${stageTimestamp} ${verb} ${requestURI} ${userAgent}`;
    });
}

function gatherSecrets({ github, aws, google }: Doubles, webhook: HttpsDouble): readonly string[] {
  const sessions = [...aws.sessions.values()].flatMap((session) => [
    session.secretAccessKey,
    session.sessionToken,
  ]);
  const bearers = google.asked.map(({ headers }) => headers.authorization?.split(' ')[1] ?? '');
  const reviewed = webhook.asked.map(({ body }) => String(JSON.parse(body).spec.token));
  const request = github.environment.ACTIONS_ID_TOKEN_REQUEST_TOKEN;
  const all = [request, ...github.given, ...sessions, ...bearers, ...reviewed];
  return [...new Set(all)].filter((secret) => secret !== '');
}

async function stopAll(parts: {
  readonly doubles: Doubles;
  readonly webhook: HttpsDouble;
  readonly authenticator: Authenticator;
  readonly cluster: Cluster;
  readonly folder: string;
}): Promise<void> {
  const { github, aws, google, proxy, registry } = parts.doubles;
  await parts.cluster.stop();
  await Promise.all([parts.authenticator.stop(), registry.stop()]);
  for (const double of [parts.webhook, github, aws, google, proxy]) double.close();
  await rm(parts.folder, { recursive: true, force: true });
}
