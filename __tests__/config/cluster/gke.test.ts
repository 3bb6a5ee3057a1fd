import { describe, expect, test } from '@jest/globals';
import { tell } from '../telling.ts';
import { parse } from './sample.ts';

const PROVIDER = 'projects/12345/locations/global/workloadIdentityPools/github/providers/acme';
const GKE = {
  'cluster-name': 'data',
  'cluster-location': 'europe-west1',
  'gcp-project': 'acme-data',
};
const KEY = JSON.stringify({ type: 'service_account', private_key: 'hunter2' });

describe('a cluster of GKE', () => {
  test('needs no more than name, location and project', () => {
    expect(parse(GKE)).toEqual({
      provider: 'gke',
      name: 'data',
      location: 'europe-west1',
      project: 'acme-data',
      login: { source: { type: 'ambient' }, serviceAccount: '' },
      via: 'auto',
      membership: '',
      universe: 'googleapis.com',
      connection: { proxyUrl: '', tlsServerName: '' },
    });
  });

  test.each([
    'projects/acme-data/locations/europe-west1-b/clusters/data',
    '//container.googleapis.com/projects/acme-data/zones/europe-west1-b/clusters/data',
    'https://container.googleapis.com/v1/projects/acme-data/locations/europe-west1-b/clusters/data',
  ])('is named whole as well: %s', (name) => {
    expect(parse({ 'cluster-name': name })).toMatchObject({
      name: 'data',
      location: 'europe-west1-b',
      project: 'acme-data',
    });
  });

  test('has the project that other tools of Google would take', () => {
    const inputs = { ...GKE, 'gcp-project': '' };
    const environment = { CLOUDSDK_CORE_PROJECT: '', GCP_PROJECT: 'acme-data' };
    expect(parse(inputs, {}, environment)).toMatchObject({ project: 'acme-data' });
  });

  test.each([
    [
      { 'workload-identity-provider': PROVIDER },
      {
        type: 'federation',
        provider: PROVIDER,
        audience: `https://iam.googleapis.com/${PROVIDER}`,
      },
    ],
    [
      { 'workload-identity-provider': PROVIDER, universe: 'cloud.example.com' },
      {
        type: 'federation',
        provider: PROVIDER,
        audience: `https://iam.cloud.example.com/${PROVIDER}`,
      },
    ],
    [
      { 'workload-identity-provider': PROVIDER, audience: 'acme' },
      { type: 'federation', provider: PROVIDER, audience: 'acme' },
    ],
    [{ credentials: KEY }, { type: 'credentials', json: KEY, name: 'cluster.credentials' }],
    [
      { credentials: Buffer.from(KEY).toString('base64') },
      { type: 'credentials', json: KEY, name: 'cluster.credentials' },
    ],
    [{ 'access-token': 'ya29.x' }, { type: 'access-token', token: 'ya29.x' }],
  ])('is logged in to with %j', (fields, source) => {
    expect(parse(GKE, fields)).toMatchObject({ login: { source } });
  });

  test('is reached through the gateway by its membership', () => {
    const membership = 'projects/acme-data/locations/global/memberships/data';
    expect(parse(GKE, { endpoint: 'gateway', membership })).toMatchObject({
      via: 'gateway',
      membership,
    });
  });
});

describe('what is wrong with a cluster of GKE', () => {
  const FORM =
    'Its form is `projects/<number>/locations/global/workloadIdentityPools/<pool>/providers/<provider>`.';

  test.each([
    [
      { 'cluster-location': '' },
      '`cluster-location` is missing or empty. Set it to the region of the cluster, such as `europe-west1`, or to its zone if it is a zonal one, such as `europe-west1-b`.',
    ],
    [
      { 'cluster-provider': 'gke', 'cluster-location': 'europe' },
      '`cluster-location` is `europe`, which is no region or zone of Google. Write the region of the cluster, such as `europe-west1`, or its zone, such as `europe-west1-b`.',
    ],
    [
      { 'gcp-project': '' },
      '`gcp-project` is missing or empty, and so are CLOUDSDK_CORE_PROJECT and GOOGLE_CLOUD_PROJECT. Set it to the id of the project that the cluster is in.',
    ],
    [
      { 'gcp-project': 'Acme Data' },
      '`gcp-project` is `Acme Data`, which is no id of a project. Write the id, such as `acme-data`: lower-case letters, digits and `-`; the name beside it is only for people.',
    ],
    [
      { 'cluster-name': 'Data' },
      '`cluster-name` is `Data`, which is no name of a cluster of GKE. Write its name, such as `data`, or `projects/<project>/locations/<location>/clusters/<name>`.',
    ],
    [
      { 'cluster-name': 'projects/other-data/locations/europe-west1/clusters/data' },
      '`gcp-project` is `acme-data`, and `cluster-name` says `other-data`. Remove `gcp-project`, or correct one of them.',
    ],
    [
      { 'gcp-workload-identity-provider': `//iam.googleapis.com/${PROVIDER}` },
      `\`gcp-workload-identity-provider\` is \`//iam.googleapis.com/projects/12345/locations/global/workloadIdentityPools/github/providers/acme\`, which is no provider of a workload identity pool. Write it without an address in front. ${FORM}`,
    ],
    [
      { 'gcp-service-account': 'deploy' },
      '`gcp-service-account` is `deploy`, which is no service account. Write its e-mail address, such as `deploy@acme-data.iam.gserviceaccount.com`.',
    ],
  ])('%j', (inputs, told) => {
    expect(tell(() => parse({ ...GKE, 'cluster-provider': 'gke', ...inputs }))).toEqual([told]);
  });

  test.each([
    [
      { credentials: '{"private_key": "hunter2"}' },
      '`cluster.credentials` is neither the JSON of a service-account key nor of a credential configuration. Put the whole content of the JSON file into the secret, or base64 of it.',
    ],
    [
      { credentials: KEY, audience: 'x' },
      '`cluster.audience` is given without `gcp-workload-identity-provider`, and means nothing alone. Remove it, or give `gcp-workload-identity-provider` as well.',
    ],
    [
      { membership: 'projects/acme-data/locations/global/memberships/data' },
      '`cluster.membership` is given without `cluster.endpoint: gateway`, and means nothing alone. Remove it, or give `cluster.endpoint: gateway` as well.',
    ],
  ])('%j of slipway.yaml', (fields, told) => {
    expect(tell(() => parse(GKE, fields))).toEqual([told]);
  });
});
