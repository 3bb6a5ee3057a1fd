/** A job of GitHub's that logs in at the double of Google. */
import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import type { AuthWorld } from '../../../src/auth/access.ts';
import type { GkeCluster, GoogleLogin } from '../../../src/release/cluster-spec.ts';
import { createCertificate } from '../../adapters/cluster/certificate.ts';
import { type GitHubOidcDouble, startGitHubOidc } from '../../cloud/github.ts';
import {
  type GoogleDouble,
  type GoogleSettings,
  PROVIDER,
  startGoogle,
} from '../../cloud/google.ts';
import { trust } from '../../cloud/trust.ts';
import { type FakeAuthWorld, fakeAuthWorld } from '../../fakes/auth-world.ts';

export interface Clouds {
  github: GitHubOidcDouble;
  google: GoogleDouble;
}

/** The doubles of a test file, as new before each test. */
export function useClouds(): Clouds {
  const certified = createCertificate('localhost');
  trust(certified.cert);
  const clouds = {} as Clouds;
  let settings: GoogleSettings;
  beforeAll(async () => {
    clouds.github = await startGitHubOidc(certified);
    clouds.google = await startGoogle(certified);
    settings = { ...clouds.google.settings };
  });
  afterAll(() => {
    clouds.github.close();
    clouds.google.close();
  });
  beforeEach(() => {
    Object.assign(clouds.google.settings, settings);
    clouds.github.claims = {};
    clouds.google.asked.length = 0;
    clouds.github.asked.length = 0;
  });
  return clouds;
}

export function createWorld(
  { github, google }: Clouds,
  given: Partial<AuthWorld> = {},
): FakeAuthWorld {
  const environment = { ...github.environment, ...google.environment, ...given.environment };
  return fakeAuthWorld({ ...given, environment });
}

export function toSpec(login: Partial<GoogleLogin>, given: Partial<GkeCluster> = {}): GkeCluster {
  return {
    provider: 'gke',
    project: 'acme-data',
    location: 'europe-west1',
    name: 'data',
    login: {
      source: {
        type: 'federation',
        provider: PROVIDER,
        audience: `https://iam.googleapis.com/${PROVIDER}`,
      },
      serviceAccount: '',
      ...login,
    },
    via: 'auto',
    membership: '',
    universe: 'googleapis.com',
    connection: { proxyUrl: '', tlsServerName: '' },
    ...given,
  };
}
