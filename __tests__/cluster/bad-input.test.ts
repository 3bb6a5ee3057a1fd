/*
 * Every way in which an input can be wrong, and what the user reads then: one sentence, a hint, exit
 * code 1, and a cluster in which nothing was written.
 */
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { users } from '../../local-cluster/users.ts';
import { HELMS } from '../action/helm-shim.ts';
import { helmMirror, IMPOSTOR_HELM_VERSION } from '../mirror/helm-mirror.ts';
import { createWorld, type World } from './world.ts';

interface Case {
  readonly name: string;
  /** Inputs that differ from those of a run that would succeed. */
  readonly given?: Readonly<Record<string, string>>;
  readonly user?: (typeof users)[number];
  readonly event?: string;
  /** Spoils the kubeconfig of the deployer. */
  readonly kubeconfig?: (text: string) => string;
  /** All problems as the log tells them, each with its hint. */
  readonly told: readonly string[];
}

/** The checkout, besides the chart in `charts/picky`. */
const FILES = {
  'values/production.yaml': 'replicas: 3\n',
  'values/list.yaml': '- replicas\n- 3\n',
  'values/broken.yaml': 'replicas: 2\ndomain: "shop.example.com\nlegacy: false\n',
  'values/tabs.yaml': 'database:\n\thost: db\n',
};

const INPUTS: readonly Case[] = [
  {
    name: 'values file missing, with a similar one beside it',
    given: { values: 'values/prodution.yaml' },
    told: [
      '`values` names `values/prodution.yaml`, but there is no file <workspace>/values/prodution.yaml. [values-missing]',
      '→ Did you mean `values/production.yaml`? Otherwise write `?values/prodution.yaml` if it may be missing.',
    ],
  },
  {
    name: 'values file missing, for this environment',
    given: { values: 'values/base-{environment}.yaml', environment: 'eu' },
    told: [
      '`values` names `values/base-eu.yaml`, but there is no file <workspace>/values/base-eu.yaml. [values-missing]',
      '→ Add the file, or write `?values/base-eu.yaml` if it may be missing.',
    ],
  },
  {
    name: 'values file that is not a map',
    given: { values: 'values/list.yaml' },
    told: [
      'values/list.yaml:1: `values/list.yaml` holds a list, not a map of keys. [yaml-not-a-map]',
      '→ Write lines such as `key: value`.',
    ],
  },
  {
    name: 'values-inline that is not a map',
    given: { 'values-inline': 'replicas' },
    told: [
      '`values-inline` holds a single value, not a map of keys. [yaml-not-a-map]',
      '→ Write lines such as `key: value`.',
    ],
  },
  {
    name: 'broken YAML: a quote',
    given: { values: 'values/broken.yaml' },
    told: [
      'values/broken.yaml:2:9: `values/broken.yaml` is not valid YAML: line 2, column 9: the closing " is missing. [yaml-broken]',
      '→ Correct it there, or just before.',
    ],
  },
  {
    name: 'broken YAML: tabs',
    given: { values: 'values/tabs.yaml' },
    told: [
      'values/tabs.yaml:2:1: `values/tabs.yaml` is not valid YAML: line 2, column 1: Tabs are not allowed as indentation. [yaml-broken]',
      '→ Indent with spaces.',
    ],
  },
  {
    name: 'broken YAML: values-inline',
    given: { 'values-inline': 'replicas: 2\nnote: a: b\n' },
    told: [
      '`values-inline` is not valid YAML: line 2, column 7: Nested mappings are not allowed in compact mappings. [yaml-broken]',
      '→ Put a text that holds `: ` in quotes, or correct the indentation.',
    ],
  },
  {
    name: 'chart not found, with a similar one beside it',
    given: { chart: 'charts/pikky' },
    told: [
      '`chart` names `charts/pikky`, but there is no folder <workspace>/charts/pikky. [chart-missing]',
      '→ Did you mean `charts/picky`?',
    ],
  },
  {
    name: 'chart not found, nothing like it there',
    given: { chart: 'helm/shop' },
    told: [
      '`chart` names `helm/shop`, but there is no folder <workspace>/helm/shop. [chart-missing]',
      '→ Give the folder of a chart that is there: `charts/picky`.',
    ],
  },
  {
    name: 'Chart.yaml missing, and a chart below',
    given: { chart: 'charts' },
    told: [
      '`chart` names `charts`, but there is no Chart.yaml in the folder <workspace>/charts. [chart-yaml-missing]',
      '→ Did you mean `charts/picky`?',
    ],
  },
  {
    name: 'Chart.yaml missing',
    given: { chart: 'values' },
    told: [
      '`chart` names `values`, but there is no Chart.yaml in the folder <workspace>/values. [chart-yaml-missing]',
      '→ Give the folder that holds Chart.yaml.',
    ],
  },
  {
    name: 'release name too long',
    given: { release: 'shop-frontend-of-the-data-platform-in-europe-west-number-1' },
    told: [
      '`release: shop-frontend-of-the-data-platform-in-europe-west-number-1` has 58 characters; helm allows 53. [release-name-too-long]',
      '→ Shorten it by 5.',
    ],
  },
  {
    name: 'timeout without a unit',
    given: { timeout: '10' },
    told: [
      '`timeout` is `10`, without a unit. [duration-without-unit]',
      '→ Write `10s` for seconds or `10m` for minutes.',
    ],
  },
  {
    name: 'misspelt input',
    given: { 'value-inline': 'replicas: 2' },
    told: [
      '`value-inline` is not an input of Slipway. [input-unknown]',
      '→ Did you mean `values-inline`?',
    ],
  },
  {
    name: 'input that is not there yet',
    given: { 'chart-version': '1.2.3' },
    told: [
      '`chart-version` is not available yet in this version of Slipway. [input-unavailable]',
      '→ Fetch the chart in an earlier step, such as `helm pull … --untar`, and give its folder as `chart`.',
    ],
  },
  {
    name: 'input that the command does not use',
    given: { command: 'plan', 'wait-for-lock': '5m' },
    told: [
      '`command: plan` does not use `wait-for-lock`. [input-unused]',
      '→ Remove `wait-for-lock`; only `deploy` uses it.',
    ],
  },
  {
    name: 'several at once',
    given: {
      release: 'Web',
      timeout: '10',
      values: 'values/list.yaml\nvalues/broken.yaml',
      'on-failure': 'rolback',
    },
    told: [
      '`release: Web` is not a valid name. [input-invalid]',
      '→ Use lower-case letters, digits, `-` and `.`, with a letter or digit at both ends, such as `web`.',
      'values/list.yaml:1: `values/list.yaml` holds a list, not a map of keys. [yaml-not-a-map]',
      '→ Write lines such as `key: value`.',
      'values/broken.yaml:2:9: `values/broken.yaml` is not valid YAML: line 2, column 9: the closing " is missing. [yaml-broken]',
      '→ Correct it there, or just before.',
      '`timeout` is `10`, without a unit. [duration-without-unit]',
      '→ Write `10s` for seconds or `10m` for minutes.',
      '`on-failure` is `rolback`, which Slipway does not know. [input-invalid]',
      '→ Did you mean `rollback`?',
    ],
  },
  {
    name: 'event without a meaning for auto',
    given: { command: 'auto' },
    event: 'schedule',
    told: [
      '`command: auto` has no meaning for the event schedule. [command-missing]',
      '→ Set `command: plan` or `command: deploy`.',
    ],
  },
  {
    name: 'event that gives strangers our rights',
    given: { command: 'auto' },
    event: 'pull_request_target',
    told: [
      '`command: auto` does not act on pull_request_target yet: this version of Slipway cannot plan without the cluster. [command-unavailable]',
      '→ Run on pull_request instead; set `command` only where nobody else can change what is checked out.',
    ],
  },
];

const ACCESS: readonly Case[] = [
  {
    name: 'no kubeconfig, as from a secret that a fork cannot read',
    given: { kubeconfig: '' },
    told: [
      '`kubeconfig` is missing or empty. [input-missing]',
      '→ Give the content of a kubeconfig, base64 of it, or a path; a secret that this run cannot read is empty.',
    ],
  },
  {
    name: 'unknown context',
    given: { 'kube-context': 'deploier' },
    told: [
      'The kubeconfig has no context `deploier`. [kube-context-missing]',
      '→ Set `kube-context` to `deployer`.',
    ],
  },
  {
    name: 'no cluster reachable',
    kubeconfig: (text) => text.replace(/server: .*/, 'server: https://127.0.0.1:1'),
    told: [
      'Reading release web in namespace <namespace>: the cluster was not reached (connect ECONNREFUSED 127.0.0.1:1). [cluster-unreachable]',
      '→ Check `server` in `kubeconfig`, and that this runner may reach it (private endpoint, firewall, VPN).',
    ],
  },
  {
    name: 'untrusted CA',
    kubeconfig: (text) => text.replace(/ *certificate-authority-data: .*\n/, ''),
    told: [
      'Reading release web in namespace <namespace>: the certificate of the cluster is not trusted (unable to verify the first certificate). [cluster-unreachable]',
      '→ Put the CA of the cluster into `kubeconfig` as certificate-authority-data, and check the name in its `server`.',
    ],
  },
  {
    name: 'wrong or expired token',
    kubeconfig: (text) => text.replace(/token: .*/, 'token: 0123456789abcdef0123456789abcdef'),
    told: [
      'Reading release web in namespace <namespace>: the cluster does not accept the credentials in `kubeconfig`. [unauthorized]',
      '→ Renew its token or certificate; it may have expired, or belong to another cluster.',
    ],
  },
  {
    name: 'forbidden: only view',
    user: 'reader',
    told: [
      'Reading release web in namespace <namespace>: reader may not list secrets in namespace <namespace>. [forbidden]',
      "→ Give this identity get and list on secrets in namespace <namespace> (helm's release records); the ClusterRole `edit` bound in the namespace is enough for most charts.",
    ],
  },
  {
    name: 'forbidden: nothing at all',
    user: 'nobody',
    told: [
      'Reading release web in namespace <namespace>: nobody may not list secrets in namespace <namespace>. [forbidden]',
      "→ Give this identity get and list on secrets in namespace <namespace> (helm's release records); the ClusterRole `edit` bound in the namespace is enough for most charts.",
    ],
  },
  {
    name: 'namespace missing, and not to be created',
    given: { namespace: 'nowhere', 'create-namespace': 'false' },
    user: 'admin',
    told: [
      'Namespace nowhere does not exist. [namespace-missing]',
      '→ Create it, or remove `create-namespace: false`.',
    ],
  },
];

const CHART: readonly (Case & { readonly major?: 3 | 4 })[] = [
  {
    name: 'values against the schema',
    major: 4,
    given: { set: 'replicas=2', 'values-inline': 'domain: Shop.example.com' },
    told: [
      "Rendering chart charts/picky failed: the values do not fit the chart's schema: domain: its text does not match pattern '^[a-z0-9.-]*$'; replicas: got string, want integer. [schema-violation]",
      '→ Correct these values; values.schema.json in the chart has the rules. `set` gives texts only: write numbers and switches into `values-inline`.',
    ],
  },
  {
    name: 'values against the schema',
    major: 3,
    given: { set: 'replicas=2' },
    told: [
      "Rendering chart charts/picky failed: the values do not fit the chart's schema: replicas: Invalid type. Expected: integer, given: string. [schema-violation]",
      '→ Correct these values; values.schema.json in the chart has the rules. `set` gives texts only: write numbers and switches into `values-inline`.',
    ],
  },
  {
    name: 'template error',
    given: { 'values-inline': 'database: null' },
    told: [
      'charts/picky/templates/config.yaml:10:23: Rendering chart charts/picky failed: charts/picky/templates/config.yaml, line 10: `.Values.database.host`: nil pointer evaluating interface {}.host. [template-error]',
      '→ Set `database` in the values: it is empty, and the template reads `host` from it.',
    ],
  },
  {
    name: 'value that the chart requires',
    given: { set: 'domain=' },
    told: [
      'charts/picky/templates/config.yaml:9:14: Rendering chart charts/picky failed: the chart says: domain is the host name under which users reach the shop. [values-refused]',
      '→ Set the values so that the chart accepts them.',
    ],
  },
  {
    name: 'value that makes the chart fail',
    given: { 'values-inline': 'legacy: true' },
    told: [
      'charts/picky/templates/config.yaml:2:5: Rendering chart charts/picky failed: the chart says: legacy was removed in 3.0; set modern instead. [values-refused]',
      '→ Set the values so that the chart accepts them.',
    ],
  },
  {
    name: 'value that breaks the rendered YAML',
    given: { set: 'note=a: b' },
    told: [
      'charts/picky/templates/config.yaml: Rendering chart charts/picky failed: charts/picky/templates/config.yaml does not render to valid YAML: yaml: line 8: mapping values are not allowed in this context. [template-error]',
      '→ Run `helm template --debug` to see the text; its lines are not those of the template.',
    ],
  },
];

let world: World;
let workspace: string;
beforeAll(async () => {
  world = await createWorld('4.2.3');
  workspace = mkdtempSync(path.join(tmpdir(), 'slipway-workspace-'));
  const picky = path.join(import.meta.dirname, '..', 'charts', 'picky');
  cpSync(picky, path.join(workspace, 'charts', 'picky'), { recursive: true });
  mkdirSync(path.join(workspace, 'values'));
  for (const [name, text] of Object.entries(FILES)) writeFileSync(path.join(workspace, name), text);
});
afterAll(async () => {
  rmSync(workspace, { recursive: true, force: true });
  await world.end();
});

async function run({ given, user, event, kubeconfig }: Case, helm = '4.2.3') {
  const own = readFileSync(world.cluster.kubeconfig('deployer'), 'utf8');
  return world.run(
    {
      chart: 'charts/picky',
      'helm-version': helm,
      ...given,
      ...(kubeconfig && { kubeconfig: kubeconfig(own) }),
    },
    {
      workspace,
      toolCache: process.env['SLIPWAY_TEST_TOOLS'] ?? path.join(workspace, 'tools'),
      ...(user && { user }),
      ...(event && { event }),
    },
  );
}

/** `place: message [code]` and `→ hint` of each problem, as the log ends with them. */
function problemsIn(log: string): string[] {
  const known = log.replaceAll(workspace, '<workspace>').replaceAll(world.namespace, '<namespace>');
  return known
    .split('\n')
    .filter((line) => /^ {2}✗ | {4}→ /.test(line))
    .map((line) => line.trim().replace(/^✗ /, ''));
}

/** The place that GitHub annotates, as the log names it: `file:line:column`. */
function annotatedPlaces(log: string): string[] {
  return [
    ...log.matchAll(/^::error title=[^:]*?,file=([^,:]+)(?:,line=(\d+))?(?:,col=(\d+))?::/gm),
  ].map(([, ...parts]) => parts.filter(Boolean).join(':'));
}

async function expectRefused(given: Case, helm?: string): Promise<void> {
  const { code, outputs, log, summary } = await run(given, helm);
  expect(problemsIn(log)).toEqual(given.told);
  expect(code).toBe(1);
  expect(outputs).toMatchObject({
    outcome: 'refused',
    'reason-code': /\[([\w-]+)\]$/.exec(given.told[0] ?? '')?.[1],
    changed: 'false',
    revision: '',
  });
  // Problems without a place share an annotation; of more than three the third counts the rest.
  const places = given.told.flatMap((line) => /^(\S+\.yaml(?::\d+)*): /.exec(line)?.[1] ?? []);
  const shared = given.told.length > 2 * places.length ? 1 : 0;
  const shown = shared + places.length > 3 ? 2 - shared : places.length;
  expect(annotatedPlaces(log)).toEqual(places.slice(0, shown));
  expect(summary).toContain('The cluster was not touched.');
  await expectUntouched();
}

async function expectUntouched(): Promise<void> {
  expect(
    users.flatMap((user) => world.writes(user)).filter((write) => !isFurniture(write)),
  ).toEqual([]);
  expect(await world.list('secrets?labelSelector=owner%3Dhelm')).toEqual([]);
  expect((await world.api('/api/v1/namespaces/nowhere')).status).toBe(404);
}

/** What the test itself made, as admin. */
function isFurniture(write: string): boolean {
  return /^create (namespaces|rolebindings)\b/.test(write);
}

test.each(INPUTS)('$name', (given) => expectRefused(given));

test.each(ACCESS)('$name', (given) => expectRefused(given));

describe.each(HELMS)('helm $version', ({ version, major }) => {
  const cases = CHART.filter((one) => one.major === undefined || one.major === major);
  test.each(cases)('$name', (given) => expectRefused(given, version));
});

test('an archive that is not the one pinned is not unpacked', async () => {
  const mirror = await helmMirror();
  const toolCache = path.join(workspace, 'tools-of-nobody');
  const { code, outputs, log } = await world.run(
    { chart: 'charts/picky', 'helm-version': IMPOSTOR_HELM_VERSION, 'tool-mirror': mirror },
    { workspace, toolCache },
  );
  const told = problemsIn(log).map((line) =>
    line
      .replaceAll(mirror, '<mirror>')
      .replaceAll(IMPOSTOR_HELM_VERSION, '<version>')
      .replaceAll(/\b[0-9a-f]{64}\b/g, '<sha256>'),
  );
  expect(told).toEqual([
    'Installing helm <version>: <mirror>/helm-v<version>-linux-amd64.tar.gz has the sha256 <sha256>, but this release of the action says <sha256>. [tool-checksum-mismatch]',
    '→ Nothing was unpacked, cached or executed. Run the job again in case the download was damaged; if it stays, do not use this file: compare it with https://github.com/helm/helm/releases/tag/v<version> and repair `tool-mirror`.',
  ]);
  expect(code).toBe(1);
  expect(outputs).toMatchObject({ outcome: 'refused', 'reason-code': 'tool-checksum-mismatch' });
  expect(existsSync(toolCache)).toBe(false);
  await expectUntouched();
});
