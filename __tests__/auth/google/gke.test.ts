import { expect, test } from '@jest/globals';
import { openGke } from '../../../src/auth/google/gke.ts';
import type { GkeCluster } from '../../../src/release/cluster-spec.ts';
import { SERVICE_ACCOUNT } from '../../cloud/google.ts';
import { createWorld, toSpec, useClouds } from './world.ts';

const clouds = useClouds();
const NAME = 'projects/acme-data/locations/europe-west1/clusters/data';
const CLUSTER = { status: 'RUNNING', endpoint: '34.1.2.3', masterAuth: {} };
const serviceAccount = SERVICE_ACCOUNT;

function open(given: Partial<GkeCluster> = {}, account = serviceAccount) {
  const world = createWorld(clouds);
  return { world, opened: openGke(toSpec({ serviceAccount: account }, given), world) };
}

test('the way into a cluster, with tokens that its API server knows, also for registries', async () => {
  clouds.google.settings.clusters = { [NAME]: CLUSTER };
  const connection = { proxyUrl: 'http://proxy.test', tlsServerName: 'kubernetes' };
  const { world, opened } = open({ connection });
  const access = await opened;
  expect(access).toMatchObject({
    endpoint: { server: 'https://34.1.2.3', ca: '' },
    connection,
    identity: SERVICE_ACCOUNT,
  });
  const { token } = await access.mint();
  expect(clouds.google.whois(token)).toBe(SERVICE_ACCOUNT);
  const credentials = await access.registry('europe-west1-docker.pkg.dev');
  expect(credentials).toEqual({ username: 'oauth2accesstoken', password: expect.any(String) });
  expect(clouds.google.whois(credentials?.password ?? '')).toBe(SERVICE_ACCOUNT);
  expect(await access.registry('ghcr.io')).toBeUndefined();
  expect(world.logged).toEqual([]);
});

const REGIONAL = 'projects/acme-data/locations/europe-west1/memberships/data';
const GLOBAL = 'projects/111122223333/locations/global/memberships/attached';

test.each<[string, Partial<GkeCluster>, string]>([
  [
    'the membership that the cluster names',
    {},
    'https://europe-west1-connectgateway.googleapis.com/v1/projects/111122223333/locations/europe-west1/gkeMemberships/data',
  ],
  [
    'the membership that was given, though the API of GKE does not know the cluster',
    { membership: GLOBAL, name: 'elsewhere' },
    'https://connectgateway.googleapis.com/v1/projects/111122223333/locations/global/memberships/attached',
  ],
])('the Connect gateway: %s', async (_, given, server) => {
  const { settings } = clouds.google;
  const fleet = { membership: `//gkehub.googleapis.com/${REGIONAL}` };
  settings.clusters = { [NAME]: { ...CLUSTER, fleet } };
  settings.memberships = {
    [REGIONAL]: { endpoint: { gkeCluster: { resourceLink: '//container.googleapis.com/x' } } },
    [GLOBAL]: { endpoint: { kubernetesMetadata: {} } },
  };
  const { endpoint } = await open({ via: 'gateway', ...given }).opened;
  expect(endpoint).toEqual({ server, ca: '' });
});

test('a membership that there is not', async () => {
  clouds.google.settings.clusters = { [NAME]: CLUSTER };
  await expect(open({ via: 'gateway', membership: REGIONAL }).opened).rejects.toMatchObject({
    code: 'cluster-unreadable',
    message: `${SERVICE_ACCOUNT} cannot find the Connect gateway: it lacks gkehub.memberships.get on project acme-data, or there is no such thing. Not found: ${REGIONAL}.`,
    hint: expect.stringContaining('roles/gkehub.viewer'),
  });
});

test('an access token that has ended', async () => {
  const world = createWorld(clouds);
  const spec = toSpec({ source: { type: 'access-token', token: 'ya29.old' } });
  await expect(openGke(spec, world)).rejects.toMatchObject({
    code: 'login-refused',
    message:
      'The GKE API does not accept the token of the owner of `cluster.access-token` (HTTP 401).',
  });
  expect(world.hidden).toContain('ya29.old');
});
