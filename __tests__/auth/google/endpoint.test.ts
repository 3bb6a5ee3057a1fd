import { describe, expect, test } from '@jest/globals';
import { explainGke } from '../../../src/auth/google/advice.ts';
import type { GkeFacts } from '../../../src/auth/google/cluster.ts';
import { chooseEndpoint, type GkeEndpoint } from '../../../src/auth/google/endpoint.ts';
import { parseMembership } from '../../../src/auth/google/gateway.ts';
import { isRegistry } from '../../../src/auth/google/registry.ts';
import { toServiceUrl } from '../../../src/auth/google/services.ts';

const CA = '-----BEGIN CERTIFICATE-----\nMII=\n-----END CERTIFICATE-----\n';
const DNS = 'gke-1234-56.europe-west1.gke.goog';
const masterAuth = { clusterCaCertificate: Buffer.from(CA).toString('base64') };
const address: GkeFacts = { endpoint: '34.1.2.3', masterAuth };
const named = (allowExternalTraffic = true, enabled = true): GkeFacts => ({
  ...address,
  controlPlaneEndpointsConfig: {
    dnsEndpointConfig: { endpoint: DNS, allowExternalTraffic },
    ipEndpointsConfig: { enabled, ...(enabled && { privateEndpoint: '10.0.0.2' }) },
  },
});
const old: GkeFacts = { ...address, privateClusterConfig: { privateEndpoint: '10.0.0.3' } };

describe('the endpoint, as gcloud chooses it', () => {
  test.each<[string, 'auto' | 'internal' | 'dns', GkeFacts, GkeEndpoint]>([
    ['default', 'auto', address, { kind: 'address', server: 'https://34.1.2.3', ca: CA }],
    ['default with more', 'auto', named(), { kind: 'address', server: 'https://34.1.2.3', ca: CA }],
    [
      'addresses off',
      'auto',
      named(true, false),
      { kind: 'dns', server: `https://${DNS}`, ca: '' },
    ],
    [
      'the name in the field for the address',
      'auto',
      { ...address, endpoint: DNS },
      { kind: 'dns', server: `https://${DNS}`, ca: '' },
    ],
    ['internal', 'internal', named(), { kind: 'internal', server: 'https://10.0.0.2', ca: CA }],
    ['internal, older', 'internal', old, { kind: 'internal', server: 'https://10.0.0.3', ca: CA }],
    ['dns', 'dns', named(), { kind: 'dns', server: `https://${DNS}`, ca: '' }],
  ])('%s', (_, via, facts, expected) => {
    expect(chooseEndpoint({ name: 'data', via }, facts)).toEqual(expected);
  });

  test.each<[string, 'auto' | 'internal' | 'dns', GkeFacts, string]>([
    ['no endpoint', 'auto', {}, 'Cluster data has no endpoint (yet).'],
    [
      'internal of a public cluster',
      'internal',
      address,
      'Cluster data has no internal address: it is not a private cluster.',
    ],
    ['dns of an old cluster', 'dns', address, 'Cluster data has no DNS endpoint.'],
  ])('%s', (_, via, facts, message) => {
    const choose = () => chooseEndpoint({ name: 'data', via }, facts);
    expect(choose).toThrow(
      expect.objectContaining({ code: 'cluster-endpoint-unavailable', message }),
    );
  });
});

describe('what a refusal of the API server means', () => {
  const owner = { identity: 'd@acme.test', member: 'serviceAccount:d@acme.test' };
  const known = (kind: GkeEndpoint['kind'], facts: GkeFacts = {}, identity = owner.identity) => ({
    name: 'data',
    endpoint: { kind, server: 'https://34.1.2.3', ca: '' },
    facts,
    owner: { ...owner, identity },
  });
  const limited = (...blocks: readonly string[]) => ({
    masterAuthorizedNetworksConfig: {
      enabled: true,
      cidrBlocks: blocks.map((cidrBlock) => ({ cidrBlock })),
    },
  });

  test.each([
    [
      'private',
      'connection',
      known('address', { privateClusterConfig: { enablePrivateEndpoint: true } }),
      "The only address of cluster data (34.1.2.3) did not answer: it is reached from the cluster's network only.",
    ],
    [
      'internal',
      'connection',
      known('internal'),
      "The internal address of cluster data (34.1.2.3) did not answer: it is reached from the cluster's network only.",
    ],
    [
      'authorized networks',
      'connection',
      known('address', limited('203.0.113.0/24', '198.51.100.7/32')),
      'Cluster data (34.1.2.3) did not answer: access is limited to 203.0.113.0/24, 198.51.100.7/32, which probably excludes this runner.',
    ],
    [
      'authorized networks, none',
      'connection',
      known('address', limited()),
      'Cluster data (34.1.2.3) did not answer: access is limited to its own network, which probably excludes this runner.',
    ],
    ['authorized networks, all', 'connection', known('address', limited('0.0.0.0/0')), undefined],
    ['public', 'connection', known('address'), undefined],
    ['certificate', 'certificate', known('address'), undefined],
    [
      'gateway',
      'forbidden',
      known('gateway'),
      'd@acme.test may not use the Connect gateway to cluster data.',
    ],
    [
      'bindings',
      'forbidden',
      known('address'),
      'Cluster data knows d@acme.test, but allows it nothing.',
    ],
    [
      'direct federation',
      'unauthorized',
      known('address', {}, 'principal://iam.googleapis.com/p/subject/s'),
      'The login at Google worked as principal://iam.googleapis.com/p/subject/s, but cluster data does not accept its token (HTTP 401).',
    ],
  ] as const)('%s', (_, type, given, message) => {
    expect(explainGke({ type, said: '' }, given)?.message).toBe(message);
  });

  test('the hint names what is missing, and to whom to grant it', () => {
    expect(explainGke({ type: 'forbidden', said: '' }, known('dns'))?.hint).toBe(
      'It needs container.clusters.connect: grant roles/container.clusterViewer on the project to serviceAccount:d@acme.test; changes of IAM take up to 5 minutes.',
    );
    expect(explainGke({ type: 'forbidden', said: '' }, known('address'))?.hint).toBe(
      'Bind a Role to the User "d@acme.test" in the cluster; or grant roles/container.developer to serviceAccount:d@acme.test, which holds in every namespace of all clusters of the project.',
    );
  });
});

test.each([
  [
    '//gkehub.googleapis.com/projects/x/locations/europe-west1/memberships/data',
    'x',
    'europe-west1',
  ],
  ['projects/12/locations/global/memberships/data', '12', 'global'],
  ['projects/12/locations/global/gkeMemberships/data', '12', 'global'],
])('%s is a membership', (text, project, location) => {
  expect(parseMembership(text)).toEqual({ project, location, name: 'data' });
});

test.each(['', 'data', 'projects/x/memberships/data'])('"%s" is none', (text) => {
  expect(parseMembership(text)).toBeUndefined();
});

test.each([
  ['sts', {}, 'https://sts.googleapis.com/v1'],
  ['oauth2', {}, 'https://oauth2.googleapis.com'],
  ['sts', { CLOUDSDK_API_ENDPOINT_OVERRIDES_STS: 'https://l:1/' }, 'https://l:1/v1'],
  ['sts', { GHA_ENDPOINT_OVERRIDE_sts: 'https://l:1/v1' }, 'https://l:1/v1'],
  [
    'cloudresourcemanager',
    { CLOUDSDK_API_ENDPOINT_OVERRIDES_CLOUDRESOURCEMANAGER: 'https://l:1/' },
    'https://l:1/v3',
  ],
] as const)('%s is asked at its address, or where %j says', (service, environment, expected) => {
  expect(toServiceUrl(service, { universe: 'googleapis.com', environment })).toBe(expected);
});

test('in another universe each service is at home', () => {
  const universe = { universe: 'example.test', environment: {} };
  expect(toServiceUrl('container', universe)).toBe('https://container.example.test/v1');
});

test.each([
  ['europe-west1-docker.pkg.dev', true],
  ['gcr.io', true],
  ['eu.gcr.io', true],
  ['docker.pkg.dev.evil.test', false],
  ['evilgcr.io', false],
  ['ghcr.io', false],
  ['europe-docker.pkg.dev.', false],
])('%s gets a token of Google: %s', (host, expected) => {
  expect(isRegistry(host, 'googleapis.com')).toBe(expected);
});

test('a registry of another universe gets only the tokens of its own', () => {
  expect(isRegistry('docker.example.test', 'example.test')).toBe(true);
  expect(isRegistry('europe-docker.pkg.dev', 'example.test')).toBe(false);
});
