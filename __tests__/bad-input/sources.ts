/* biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables as slipway.yaml has them */
import type { BadInput } from './case.ts';
import { inRelease } from './checkout.ts';

const LOGIN = { REGISTRY_PASSWORD: 'registry-pass & word:1"2' };

/** A chart that is fetched, with the login that the servers want. */
function fetched(chart: string): string {
  return inRelease(
    `chart: ${chart}`,
    'registry-username: robot$shop',
    'registry-password: ${REGISTRY_PASSWORD}',
  );
}

const CA = 'ca-file: <certificates>';

/** Registries and repositories. */
export const SOURCES: readonly BadInput[] = [
  {
    name: 'chart without a version',
    inputs: { chart: 'oci://ghcr.io/acme/charts/app' },
    told: [
      '`chart-version` is missing or empty. [chart-version-missing]',
      '→ Write a version such as `chart-version: 1.2.3`, a range such as `^1.2.0`, a digest, or `latest`: without one every run could deploy another chart.',
    ],
  },
  {
    name: 'version in the address and beside it',
    inputs: { chart: 'oci://ghcr.io/acme/charts/app:1.0.0', 'chart-version': '1.2.0' },
    told: [
      '`chart` ends with `1.0.0`, and `chart-version` is `1.2.0`. [chart-version-invalid]',
      '→ Keep one of the two.',
    ],
  },
  {
    name: 'digest that is none',
    inputs: {
      chart: 'app',
      'chart-repository': 'https://charts.example.com',
      'chart-version': 'sha256:0123',
    },
    told: [
      '`chart-version` is `sha256:0123`, whose digest is not `sha256:` and 64 hexadecimal digits in lower case. [chart-version-invalid]',
      '→ Write a version such as `1.2.3`, a range such as `^1.2.0` or `>=1.2 <2`, `sha256:…`, both as `1.2.3@sha256:…`, or `latest`.',
    ],
  },
  {
    name: 'address of a registry that is none',
    inputs: { chart: 'oci://ghcr.io', 'chart-version': '1.0.0' },
    told: [
      '`chart` is no address of a chart in a registry. [chart-invalid]',
      '→ Write `oci://host/path/name`, with the version in `chart-version`.',
    ],
  },
  {
    name: 'repository with a password in its address',
    inputs: {
      chart: 'app',
      'chart-repository': 'https://robot:hunter2@charts.example.com',
      'chart-version': '1.0.0',
    },
    told: [
      '`chart-repository` holds a user name or password. [chart-repository-invalid]',
      '→ Give them as `registry-username` and `registry-password`.',
    ],
  },
  {
    name: 'registry: no such chart',
    config: fetched(`{ name: "oci://<registry>/charts/shop", version: 1.0.0, ${CA} }`),
    environment: LOGIN,
    helm: [3, 4],
    told: [
      'Fetching chart oci://<registry>/charts/shop 1.0.0 failed: the registry has no such chart, or not its version 1.0.0. [chart-version-not-found]',
      '→ Correct `chart` or `chart-version`; it may also be there and need a login.',
    ],
  },
  {
    name: 'registry: no such version',
    config: fetched(`{ name: "oci://<registry>/charts/app", version: ^2.0.0, ${CA} }`),
    environment: LOGIN,
    helm: [3, 4],
    told: [
      'Fetching chart oci://<registry>/charts/app ^2.0.0 failed: the registry has no version ^2.0.0 of the chart. [chart-version-not-found]',
      '→ Correct `chart-version`; a range finds pre-releases only when it names one (`^1.0.0-0`).',
    ],
  },
  {
    name: 'repository: no such chart',
    config: fetched(`{ name: ap, repository: "<repository>", version: 1.0.0, ${CA} }`),
    environment: LOGIN,
    helm: [3, 4],
    told: [
      'Fetching chart ap 1.0.0 of <repository> failed: the repository has no such chart. [chart-not-found]',
      '→ Did you mean `app`?',
    ],
  },
  {
    name: 'repository: no such version',
    config: fetched(`{ name: app, repository: "<repository>", version: ">=2", ${CA} }`),
    environment: LOGIN,
    helm: [3, 4],
    told: [
      'Fetching chart app >=2 of <repository> failed: the repository has no version >=2 of the chart. [chart-version-not-found]',
      '→ Correct `chart-version`; the newest are 1.2.0, 1.0.0.',
    ],
  },
  {
    name: 'registry: wrong password',
    config: fetched(`{ name: "oci://<registry>/charts/app", version: 1.0.0, ${CA} }`),
    environment: { REGISTRY_PASSWORD: 'hunter2-abc' },
    helm: [3, 4],
    told: [
      'Fetching chart oci://<registry>/charts/app 1.0.0 failed: the registry does not let in `registry-username` with `registry-password`. [registry-unauthorized]',
      '→ Check both, whether they have expired, and whether they may read this chart.',
    ],
  },
  {
    name: 'registry: no login',
    config: inRelease(`chart: { name: "oci://<registry>/charts/app", version: 1.0.0, ${CA} }`),
    helm: [3, 4],
    told: [
      'Fetching chart oci://<registry>/charts/app 1.0.0 failed: the registry wants a login. [registry-unauthorized]',
      '→ Give `registry-username` and `registry-password`. Many registries say so too when there is no such chart: check its name.',
    ],
  },
  {
    name: 'repository: no login',
    config: inRelease(`chart: { name: app, repository: "<repository>", version: 1.0.0, ${CA} }`),
    told: [
      'Fetching chart app 1.0.0 of <repository> failed: the repository wants a login. [registry-unauthorized]',
      '→ Give `registry-username` and `registry-password`. Many registries say so too when there is no such chart: check its name.',
    ],
  },
  {
    name: 'registry that is not there',
    inputs: { chart: 'oci://LOCALHOST:1/charts/app', 'chart-version': '1.0.0' },
    helm: [4],
    told: [
      'Fetching chart oci://LOCALHOST:1/charts/app 1.0.0 failed: the registry was not reached: Get "https://LOCALHOST:1/v2/charts/app/manifests/1.0.0": dial tcp 127.0.0.1:1: connect: connection refused. [registry-unreachable]',
      '→ Check the address, and that this runner may reach it (proxy, firewall, VPN); run again when the server was busy.',
    ],
  },
  {
    name: 'registry that is not there',
    inputs: { chart: 'oci://LOCALHOST:1/charts/app', 'chart-version': '1.0.0' },
    helm: [3],
    told: [
      'Fetching chart oci://LOCALHOST:1/charts/app 1.0.0 failed: the registry was not reached: Head "https://LOCALHOST:1/v2/charts/app/manifests/1.0.0": dial tcp 127.0.0.1:1: connect: connection refused. [registry-unreachable]',
      '→ Check the address, and that this runner may reach it (proxy, firewall, VPN); run again when the server was busy.',
    ],
  },
  {
    name: 'repository that is not there',
    inputs: {
      chart: 'app',
      'chart-repository': 'https://127.0.0.1:1/charts',
      'chart-version': '1.0.0',
    },
    helm: [3, 4],
    told: [
      'Fetching chart app 1.0.0 of https://127.0.0.1:1/charts failed: the repository was not reached: Get "https://127.0.0.1:1/charts/index.yaml": dial tcp 127.0.0.1:1: connect: connection refused. [repository-unreachable]',
      '→ Check the address, and that this runner may reach it (proxy, firewall, VPN); run again when the server was busy.',
    ],
  },
  {
    name: 'repository that is out of order',
    inputs: { chart: 'app', 'chart-repository': '<broken>/charts', 'chart-version': '1.0.0' },
    told: [
      'Fetching chart app 1.0.0 of <broken>/charts failed: <broken>/charts/index.yaml could not be read: 500 Internal Server Error. [repository-unreachable]',
      '→ Run again; if it stays, ask who runs the repository.',
    ],
  },
  {
    name: 'registry: certificate of an unknown CA',
    config: fetched('{ name: "oci://<registry>/charts/app", version: 1.0.0 }'),
    environment: LOGIN,
    helm: [3, 4],
    told: [
      'Fetching chart oci://<registry>/charts/app 1.0.0 failed: the certificate of the registry is not trusted: x509: certificate signed by unknown authority. [certificate-untrusted]',
      '→ Give the file with the CA that signed it as `chart.ca-file`, or as NODE_EXTRA_CA_CERTS in the environment of the step; and check the host in the address.',
    ],
  },
  {
    name: 'repository: certificate of an unknown CA',
    config: fetched('{ name: app, repository: "<repository>", version: 1.0.0 }'),
    environment: LOGIN,
    told: [
      'Fetching chart app 1.0.0 of <repository> failed: the certificate of the repository is not trusted: x509: certificate signed by unknown authority. [certificate-untrusted]',
      '→ Give the file with the CA that signed it as `chart.ca-file`, or as NODE_EXTRA_CA_CERTS in the environment of the step; and check the host in the address.',
    ],
  },
  {
    name: 'repository: ca-file that is no certificate',
    config: fetched(
      '{ name: app, repository: "<repository>", version: 1.0.0, ca-file: values/production.yaml }',
    ),
    environment: LOGIN,
    helm: [3, 4],
    told: [
      'Fetching chart app 1.0.0 of <repository> failed: `chart.ca-file` holds no certificate that helm can read. [certificate-untrusted]',
      '→ Give the certificates of the CA as PEM: text that begins with `-----BEGIN CERTIFICATE-----`.',
    ],
  },
  {
    name: 'registry: ca-file that is no certificate',
    config: fetched(
      '{ name: "oci://<registry>/charts/app", version: 1.0.0, ca-file: values/production.yaml }',
    ),
    environment: LOGIN,
    helm: [3, 4],
    told: [
      'Fetching chart oci://<registry>/charts/app 1.0.0 failed: `chart.ca-file` holds no certificate that helm can read. [certificate-untrusted]',
      '→ Give the certificates of the CA as PEM: text that begins with `-----BEGIN CERTIFICATE-----`.',
    ],
  },
  {
    name: 'registry that speaks http only',
    config: fetched('{ name: "oci://LOCALHOST:<plain-port>/charts/app", version: 1.0.0 }'),
    environment: LOGIN,
    helm: [3, 4],
    told: [
      'Fetching chart oci://LOCALHOST:<plain-port>/charts/app 1.0.0 failed: the registry speaks http, not https. [registry-plain-http]',
      '→ Serve it over https, or write `plain-http: true` below `chart` when the network is to be trusted.',
    ],
  },
  {
    name: 'registry that does not speak http',
    config: fetched('{ name: "oci://<registry>/charts/app", version: 1.0.0, plain-http: true }'),
    environment: LOGIN,
    helm: [3, 4],
    told: [
      'Fetching chart oci://<registry>/charts/app 1.0.0 failed: the registry does not speak http. [registry-plain-http]',
      '→ Remove `plain-http: true`.',
    ],
  },
  {
    name: 'registry: version with another digest',
    config: fetched(`{ name: "oci://<registry>/charts/app", version: "1.2.0@<no-digest>", ${CA} }`),
    environment: LOGIN,
    helm: [3, 4],
    told: [
      'Fetching chart oci://<registry>/charts/app 1.2.0 failed: the registry has no such chart, or not its version <no-digest>. [chart-version-not-found]',
      '→ Correct `chart` or `chart-version`; it may also be there and need a login.',
    ],
  },
  {
    name: 'repository: version with another digest',
    config: fetched(
      `{ name: app, repository: "<repository>", version: "1.2.0@<no-digest>", ${CA} }`,
    ),
    environment: LOGIN,
    told: [
      'Fetching chart app 1.2.0 of <repository> failed: its digest is sha256:<sha256>, not <no-digest>. [chart-digest-mismatch]',
      '→ Find out why before you deploy it: the version was published anew, or something changed it on the way. Then correct the digest or the version.',
    ],
  },
  {
    name: 'registry: chart that nobody signed',
    fields: ['releases.<name>.chart.keyring'],
    config: fetched(
      `{ name: "oci://<registry>/charts/app", version: 1.0.0, ${CA}, keyring: keys/charts.gpg }`,
    ),
    files: { 'keys/charts.gpg': '' },
    environment: LOGIN,
    helm: [3, 4],
    told: [
      'Fetching chart oci://<registry>/charts/app 1.0.0 failed: the chart has no signature (`.prov` file) there. [chart-unverified]',
      '→ Ask its publisher for a signed one (`helm package --sign`), or remove `chart.keyring`.',
    ],
  },
  {
    name: 'repository: chart that nobody signed',
    fields: ['releases.<name>.chart.keyring'],
    config: fetched(
      `{ name: app, repository: "<repository>", version: 1.0.0, ${CA}, keyring: keys/charts.gpg }`,
    ),
    files: { 'keys/charts.gpg': '' },
    environment: LOGIN,
    told: [
      'Fetching chart app 1.0.0 of <repository> failed: the chart has no signature (`.prov` file) there. [chart-unverified]',
      '→ Ask its publisher for a signed one (`helm package --sign`), or remove `chart.keyring`.',
    ],
  },
];
