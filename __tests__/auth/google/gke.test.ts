import { expect, test } from '@jest/globals';
import { openGke } from '../../../src/auth/google/gke.ts';
import type { GkeCluster } from '../../../src/release/cluster-spec.ts';
import { SERVICE_ACCOUNT, toError } from '../../cloud/google.ts';
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

test('40 direct federation: the log says how long its tokens live', async () => {
  clouds.google.settings.clusters = { [NAME]: CLUSTER };
  const { world, opened } = open({}, '');
  await opened;
  expect(world.logged).toEqual([
    'Tokens from direct federation live under 5 minutes: they are renewed for as long as this run lasts (with `gcp-service-account` they live an hour)',
  ]);
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

const DISABLED =
  'Kubernetes Engine API has not been used in project 111122223333 before or it is disabled. Enable it by visiting …';

test.each<
  [string, Partial<GkeCluster>, () => void, { code: string; message: string; hint: RegExp }]
>([
  [
    '41 not allowed',
    {},
    () => {
      clouds.google.settings.mayRead = () => false;
    },
    {
      code: 'cluster-unreadable',
      message: `${SERVICE_ACCOUNT} lacks container.clusters.get on project acme-data.`,
      hint: /^Grant roles\/container\.clusterViewer on the project to serviceAccount:deployer@acme-data\.iam\.gserviceaccount\.com, or check `gcp-project`; changes of IAM take up to 5 minutes\.$/,
    },
  ],
  [
    '41 the API is off',
    {},
    () => {
      const details = [{ reason: 'SERVICE_DISABLED', domain: 'googleapis.com' }];
      clouds.google.settings.instead = ({ url }) =>
        url.pathname.includes('/clusters/')
          ? toError(403, 'PERMISSION_DENIED', DISABLED, details)
          : undefined;
    },
    {
      code: 'cluster-unreadable',
      message: 'The Kubernetes Engine API is not enabled in project acme-data.',
      hint: /^Enable container\.googleapis\.com in project acme-data, or check `gcp-project`\.$/,
    },
  ],
  [
    '42 no such cluster',
    { location: 'europe-west1-b' },
    () => undefined,
    {
      code: 'cluster-not-found',
      message: 'No cluster data in projects/acme-data/locations/europe-west1-b.',
      hint: /^A zonal cluster needs its zone \(europe-west1-b\), a regional one its region/,
    },
  ],
  [
    '46 no fleet',
    { via: 'gateway' },
    () => undefined,
    {
      code: 'cluster-endpoint-unavailable',
      message:
        'Cluster data is not registered to a fleet, so that the Connect gateway does not reach it.',
      hint: /`cluster\.membership`/,
    },
  ],
  [
    'membership not found',
    { via: 'gateway', membership: REGIONAL },
    () => undefined,
    {
      code: 'cluster-unreadable',
      message: `${SERVICE_ACCOUNT} cannot find the Connect gateway: it lacks gkehub.memberships.get on project acme-data, or there is no such thing. Not found: ${REGIONAL}.`,
      hint: /roles\/gkehub\.viewer/,
    },
  ],
  [
    '49 not ready',
    {},
    () => {
      const conditions = [{ code: 'GCE_STOCKOUT', message: 'No capacity in the zone.' }];
      clouds.google.settings.clusters = { [NAME]: { ...CLUSTER, status: 'ERROR', conditions } };
    },
    {
      code: 'cluster-not-ready',
      message:
        'Cluster data is ERROR (No capacity in the zone.); deploys need RUNNING, RECONCILING or DEGRADED.',
      hint: /console/,
    },
  ],
])('%s', async (_, given, arrange, { code, message, hint }) => {
  clouds.google.settings.clusters = { [NAME]: CLUSTER };
  arrange();
  const { world, opened } = open(given);
  const error = await opened.catch((thrown) => thrown);
  expect(error).toMatchObject({ code, message, hint: expect.stringMatching(hint) });
  const told = JSON.stringify([error, error.cause, error.problems, world.logged]);
  for (const secret of world.hidden) expect(told).not.toContain(secret);
});

const NO_TOKEN =
  'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential.';

test('43 an API that refuses direct federation', async () => {
  clouds.google.settings.instead = ({ url }) =>
    url.pathname.includes('/clusters/') ? toError(401, 'UNAUTHENTICATED', NO_TOKEN) : undefined;
  await expect(open({}, '').opened).rejects.toMatchObject({
    code: 'login-refused',
    message: expect.stringMatching(/^The GKE API refuses direct federation tokens \(principal:/),
    hint: 'Set `gcp-service-account`, so that we act as a service account.',
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
