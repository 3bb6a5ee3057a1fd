import type { BadInput } from './case.ts';
import { inRelease } from './checkout.ts';

const LOGIN = { REGISTRY_PASSWORD: 'registry-pass & word:1"2' };

/** A chart that is fetched, with the login that the servers want. */
function fetched(chart: string): string {
  return inRelease(`chart: ${chart}`, "registry-username: robot$shop", 'registry-password: ${REGISTRY_PASSWORD}');
}

const CA = 'ca-file: <certificates>';

/** Registries and repositories. */
export const SOURCES: readonly BadInput[] = [
  {
    name: 'chart without a version',
    inputs: { chart: 'oci://ghcr.io/acme/charts/app' },
    told: [],
  },
  {
    name: 'version in the address and beside it',
    inputs: { chart: 'oci://ghcr.io/acme/charts/app:1.0.0', 'chart-version': '1.2.0' },
    told: [],
  },
  {
    name: 'digest that is none',
    inputs: { chart: 'app', 'chart-repository': 'https://charts.example.com', 'chart-version': 'sha256:0123' },
    told: [],
  },
  {
    name: 'address of a registry that is none',
    inputs: { chart: 'oci://ghcr.io', 'chart-version': '1.0.0' },
    told: [],
  },
  {
    name: 'repository with a password in its address',
    inputs: { chart: 'app', 'chart-repository': 'https://robot:hunter2@charts.example.com', 'chart-version': '1.0.0' },
    told: [],
  },
  {
    name: 'registry: no such chart',
    config: fetched(`{ name: "oci://<registry>/charts/shop", version: 1.0.0, ${CA} }`),
    environment: LOGIN,
    helm: [3, 4],
    told: [],
  },
  {
    name: 'registry: no such version',
    config: fetched(`{ name: "oci://<registry>/charts/app", version: ^2.0.0, ${CA} }`),
    environment: LOGIN,
    helm: [3, 4],
    told: [],
  },
  {
    name: 'repository: no such chart',
    config: fetched(`{ name: ap, repository: "<repository>", version: 1.0.0, ${CA} }`),
    environment: LOGIN,
    helm: [3, 4],
    told: [],
  },
  {
    name: 'repository: no such version',
    config: fetched(`{ name: app, repository: "<repository>", version: ">=2", ${CA} }`),
    environment: LOGIN,
    helm: [3, 4],
    told: [],
  },
  {
    name: 'registry: wrong password',
    config: fetched(`{ name: "oci://<registry>/charts/app", version: 1.0.0, ${CA} }`),
    environment: { REGISTRY_PASSWORD: 'hunter2-abc' },
    helm: [3, 4],
    told: [],
  },
  {
    name: 'registry: no login',
    config: inRelease(`chart: { name: "oci://<registry>/charts/app", version: 1.0.0, ${CA} }`),
    helm: [3, 4],
    told: [],
  },
  {
    name: 'repository: no login',
    config: inRelease(`chart: { name: app, repository: "<repository>", version: 1.0.0, ${CA} }`),
    told: [],
  },
  {
    name: 'registry that is not there',
    inputs: { chart: 'oci://127.0.0.1:1/charts/app', 'chart-version': '1.0.0' },
    helm: [3, 4],
    told: [],
  },
  {
    name: 'repository that is not there',
    inputs: { chart: 'app', 'chart-repository': 'https://127.0.0.1:1/charts', 'chart-version': '1.0.0' },
    helm: [3, 4],
    told: [],
  },
  {
    name: 'repository that is out of order',
    inputs: { chart: 'app', 'chart-repository': '<broken>/charts', 'chart-version': '1.0.0' },
    told: [],
  },
  {
    name: 'registry: certificate of an unknown CA',
    config: fetched('{ name: "oci://<registry>/charts/app", version: 1.0.0 }'),
    environment: LOGIN,
    helm: [3, 4],
    told: [],
  },
  {
    name: 'repository: certificate of an unknown CA',
    config: fetched('{ name: app, repository: "<repository>", version: 1.0.0 }'),
    environment: LOGIN,
    told: [],
  },
  {
    name: 'ca-file that is no certificate',
    config: fetched('{ name: app, repository: "<repository>", version: 1.0.0, ca-file: values/production.yaml }'),
    environment: LOGIN,
    told: [],
  },
  {
    name: 'registry that speaks http only',
    config: fetched('{ name: "oci://LOCALHOST:<plain-port>/charts/app", version: 1.0.0 }'),
    environment: LOGIN,
    helm: [3, 4],
    told: [],
  },
  {
    name: 'registry that does not speak http',
    config: fetched('{ name: "oci://<registry>/charts/app", version: 1.0.0, plain-http: true }'),
    environment: LOGIN,
    helm: [3, 4],
    told: [],
  },
  {
    name: 'registry: version with another digest',
    config: fetched(`{ name: "oci://<registry>/charts/app", version: "1.2.0@<no-digest>", ${CA} }`),
    environment: LOGIN,
    helm: [3, 4],
    told: [],
  },
  {
    name: 'repository: version with another digest',
    config: fetched(`{ name: app, repository: "<repository>", version: "1.2.0@<no-digest>", ${CA} }`),
    environment: LOGIN,
    told: [],
  },
  {
    name: 'registry: chart that nobody signed',
    fields: ['releases.<name>.chart.keyring'],
    config: fetched(`{ name: "oci://<registry>/charts/app", version: 1.0.0, ${CA}, keyring: keys/charts.gpg }`),
    files: { 'keys/charts.gpg': '' },
    environment: LOGIN,
    helm: [3, 4],
    told: [],
  },
  {
    name: 'repository: chart that nobody signed',
    fields: ['releases.<name>.chart.keyring'],
    config: fetched(`{ name: app, repository: "<repository>", version: 1.0.0, ${CA}, keyring: keys/charts.gpg }`),
    files: { 'keys/charts.gpg': '' },
    environment: LOGIN,
    told: [],
  },
];
