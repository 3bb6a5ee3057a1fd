/** A job that logs in to doubles of GitHub and AWS over real HTTPS. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setDefaultCACertificates } from 'node:tls';
import type { AuthWorld } from '../../../src/auth/access.ts';
import type { AwsLogin, EksCluster } from '../../../src/release/cluster-spec.ts';
import { type AwsDouble, startAws } from '../../cloud/aws.ts';
import { type GitHubOidcDouble, startGitHubOidc } from '../../cloud/github.ts';
import { type Certificates, makeCertificates } from '../../registry/certificates.ts';

export const ROLE = 'arn:aws:iam::111122223333:role/slipway/deploy';
export const SECOND = 'arn:aws:iam::444455556666:role/second';
export const SUBJECT = 'repo:acme/shop:environment:production';

/** Of AWS, under which the double is reached through a proxy. */
const NAMES = `
  *.eu-west-1.amazonaws.com *.us-east-1.amazonaws.com *.us-west-2.amazonaws.com *.us-west-2.api.aws
  *.us-gov-west-1.amazonaws.com *.cn-north-1.amazonaws.com.cn *.eusc-de-east-1.amazonaws.eu`
  .trim()
  .split(/\s+/);

export interface AwsWorld extends AuthWorld {
  readonly aws: AwsDouble;
  readonly github: GitHubOidcDouble;
  readonly certificates: Certificates;
  /** Lines of the log. */
  readonly logged: string[];
  /** Secrets that were hidden. */
  readonly hidden: Set<string>;
  /** Pauses, milliseconds; none of them takes time. */
  readonly slept: number[];
  /** As it was at first: a cluster, a role that the job may have, one that may be chained, no ambient keys. */
  reset(): void;
  stop(): void;
}

/** The SDK reads the environment of the process, which is therefore changed. */
export async function startAwsWorld(): Promise<AwsWorld> {
  const folder = mkdtempSync(path.join(tmpdir(), 'slipway-aws-'));
  const certificates = await makeCertificates(folder, NAMES);
  // Beside those of other tests, which have the same name, it would not be found.
  setDefaultCACertificates([certificates.pem.ca]);
  const aws = await startAws(certificates.pem);
  const github = await startGitHubOidc(certificates.pem);
  const before = { ...process.env };
  const world: AwsWorld = {
    ...{ aws, github, certificates, logged: [], hidden: new Set(), slept: [] },
    environment: process.env,
    clock: {
      now: () => new Date(),
      monotonic: () => performance.now(),
      async sleep(milliseconds) {
        world.slept.push(milliseconds);
      },
    },
    files: { read: () => undefined, kind: () => 'absent' },
    signal: new AbortController().signal,
    hide: (secret) => world.hidden.add(secret),
    log: (line) => world.logged.push(line),
    session: 'acme/shop 4711',
    fromFork: false,
    reset() {
      process.env = { ...before, ...aws.environment, ...github.environment };
      Object.assign(world, { environment: process.env });
      world.hidden.clear();
      for (const list of [world.logged, world.slept, aws.asked, github.asked]) list.length = 0;
      furnish(aws);
      github.claims = { sub: SUBJECT, environment: 'production' };
    },
    stop() {
      process.env = before;
      aws.close();
      github.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  world.reset();
  return world;
}

function furnish(aws: AwsDouble): void {
  const { roles, sessions, clusters, denied, refusals } = aws;
  for (const set of [roles, sessions, clusters, denied, refusals]) set.clear();
  Object.assign(aws, {
    audiences: ['sts.amazonaws.com'],
    sessionSeconds: 0,
    sessionTokenLength: 900,
    skew: 0,
  });
  aws.roles.set(ROLE, { subjects: [SUBJECT] });
  aws.roles.set(SECOND, { principals: [ROLE], externalId: 'shop' });
  aws.clusters.set('data-prod', {
    endpoint: 'https://0123.gr7.eu-west-1.eks.amazonaws.com',
    certificateAuthority: { data: Buffer.from('-----BEGIN CERTIFICATE-----').toString('base64') },
  });
}

export function toEksCluster(login: Partial<AwsLogin> = {}, name = 'data-prod'): EksCluster {
  return {
    ...{ provider: 'eks', name, region: 'eu-west-1' },
    login: {
      role: { arn: ROLE, audience: 'sts.amazonaws.com' },
      ...{ sessionName: '', inlinePolicy: '', managedPolicies: [], allowedAccounts: [] },
      ...login,
    },
    connection: { proxyUrl: '', tlsServerName: '' },
  };
}

/** Nobody but whoever has put keys into the environment. */
export const AMBIENT = { role: undefined } as const;

/** The second role, by way of the first. */
export const CHAINED = { chained: { arn: SECOND, externalId: 'shop' } } as const;
