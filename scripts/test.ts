// All tests, the cheap ones first; or the kinds that are named: `npm test -- unit`.
// Kinds that need a cluster share one, which this starts; each test has a namespace of its own.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Cluster, startCluster } from '../local-cluster/cluster.ts';
import { connect } from '../local-cluster/kubeconfig.ts';
import { buildTool, type Tool } from '../local-cluster/tools.ts';

interface Kind {
  readonly name: string;
  readonly what: string;
  /** Regular expressions of paths, as jest takes them. */
  readonly paths: readonly string[];
  readonly ignored?: readonly string[];
  readonly needs: 'nothing' | 'cluster' | 'cluster and bundle';
  /** Those that mostly wait for a cluster can do so together. */
  readonly workers: number;
}

const KINDS: readonly Kind[] = [
  {
    name: 'unit',
    what: 'rooms without a world',
    paths: ['__tests__/'],
    ignored: [
      '__tests__/adapters/',
      '__tests__/local-cluster/',
      '__tests__/cluster/',
      '__tests__/login/',
      '__tests__/auth/',
    ],
    needs: 'nothing',
    workers: 2,
  },
  {
    name: 'adapters',
    what: 'adapters against real tools and the real API server',
    paths: ['__tests__/adapters/', '__tests__/auth/'],
    needs: 'cluster',
    workers: 2,
  },
  {
    name: 'local-cluster',
    what: 'the local cluster itself',
    paths: ['__tests__/local-cluster/'],
    needs: 'cluster',
    workers: 2,
  },
  {
    name: 'cluster',
    what: 'the bundle on the real cluster and behind the logins of EKS and GKE, with Helm 3 and Helm 4',
    paths: ['__tests__/cluster/', '__tests__/login/'],
    needs: 'cluster and bundle',
    workers: 5,
  },
  {
    name: 'login',
    what: 'of these, the logins of EKS and GKE alone; only when asked for',
    paths: ['__tests__/login/'],
    needs: 'cluster and bundle',
    workers: 3,
  },
  {
    name: 'latest',
    what: 'the same with helm 4.3.1 and 3.22.0, built from Go modules; only when asked for',
    paths: ['deploy', 'first-install', 'interrupted', 'rendering', 'helm-surface', 'skipping'].map(
      (name) => `__tests__/cluster/${name}.test`,
    ),
    needs: 'cluster and bundle',
    workers: 4,
  },
];

/** What tests start beside the cluster. */
const TOOLS: readonly Tool[] = [
  'registry-3.1.2',
  'sops-3.13.3',
  'age-keygen',
  'aws-iam-authenticator-0.6.13',
];

/** Builds two helms first. */
const LONGER = 'latest';
/** Not among all tests. */
const ASKED_FOR: readonly string[] = ['login', LONGER];

interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly tests: readonly { readonly name: string; readonly seconds: number }[];
}

const root = join(import.meta.dirname, '..');
const scratch = mkdtempSync(join(tmpdir(), 'slipway-test-'));

async function main(): Promise<number> {
  const names = process.argv.slice(2);
  const unknown = names.find((name) => !KINDS.some((kind) => kind.name === name));
  if (unknown) {
    console.error(
      `There is no kind of test ${unknown}; there are ${KINDS.map(({ name }) => name).join(', ')}.`,
    );
    return 1;
  }
  const isUsual = ({ name }: Kind) => !ASKED_FOR.includes(name);
  const kinds = KINDS.filter((kind) =>
    names.length === 0 ? isUsual(kind) : names.includes(kind.name),
  );
  // Read by the tests and by what makes their helms, here.
  if (names.includes(LONGER)) process.env['SLIPWAY_TEST_HELM'] = 'latest';
  const tallies: Tally[] = [];
  const withoutCluster = kinds.filter(({ needs }) => needs === 'nothing');
  for (const kind of withoutCluster) tallies.push(await runKind(kind, {}));
  const others = kinds.filter(({ needs }) => needs !== 'nothing');
  if (others.length > 0) tallies.push(...(await runOnCluster(others)));
  return conclude(tallies);
}

async function runOnCluster(kinds: readonly Kind[]): Promise<readonly Tally[]> {
  if (kinds.some(({ needs }) => needs === 'cluster and bundle')) await bundle();
  // Before any test, whose clock a build would run out.
  for (const tool of TOOLS) await buildTool(tool, console.log);
  const cluster = await startCluster({ log: console.log });
  try {
    const { makeShimMirror } = await import('../__tests__/action/helm-shim.ts');
    await makeShimMirror(join(scratch, 'shim'));
    const environment = {
      SLIPWAY_TEST_CLUSTER: join(cluster.directory, 'cluster.json'),
      SLIPWAY_TEST_TOOLS: join(scratch, 'tools'),
      SLIPWAY_TEST_SHIM: join(scratch, 'shim'),
    };
    const tallies: Tally[] = [];
    for (const kind of kinds) tallies.push(await runKind(kind, environment));
    return [...tallies, await checkCalls(cluster)];
  } finally {
    await cluster.stop();
  }
}

/** After all tests: whatever they made helm do, no secret was among its arguments or in its environment. */
async function checkCalls(cluster: Pick<Cluster, 'kubeconfig'>): Promise<Tally> {
  const { FIXTURE_SECRETS, findLeaks, readCalls } = await import(
    '../__tests__/action/helm-shim.ts'
  );
  const users = ['admin', 'deployer', 'namespace-admin', 'reader', 'nobody'] as const;
  const tokens = users.map((user) => connect(cluster.kubeconfig(user)).token ?? '').filter(Boolean);
  const shim = join(scratch, 'shim');
  const leaks = findLeaks(shim, [...FIXTURE_SECRETS, ...tokens]);
  for (const leak of leaks) console.log('A secret reached helm:', leak);
  console.log(
    `\n${readCalls(shim).length} calls of helm were recorded, ${leaks.length} with a secret.`,
  );
  return { passed: leaks.length === 0 ? 1 : 0, failed: leaks.length, tests: [] };
}

/** The tests start dist/ as the runner does; it must be what the sources give. */
async function bundle(): Promise<void> {
  console.log('\nBuilding dist/');
  const status = await run([join(root, 'scripts/bundle.ts')]);
  if (status !== 0) throw new Error('dist/ could not be built; the lines above say why.');
}

/** Never `spawnSync`: this process is the kubelet of the cluster, and answers for its logs meanwhile. */
async function run(
  args: readonly string[],
  environment: Record<string, string> = {},
): Promise<number> {
  const child = spawn(process.execPath, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...environment },
  });
  const [status] = await once(child, 'exit');
  return status ?? 1;
}

async function runKind(kind: Kind, environment: Record<string, string>): Promise<Tally> {
  console.log(`\n${kind.name}: ${kind.what}`);
  const tally = join(scratch, `${kind.name}.json`);
  const jest = [
    ...['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
    join(root, 'node_modules/jest/bin/jest.js'),
    ...['--maxWorkers', String(kind.workers), '--testPathPatterns', ...kind.paths],
    ...(kind.ignored ?? []).flatMap((path) => ['--testPathIgnorePatterns', path]),
    ...['--testSequencer', join(root, 'scripts/long-first.js')],
    ...['--reporters', 'default', '--reporters', join(root, 'scripts/tally-reporter.js')],
  ];
  const status = await run(jest, { ...environment, SLIPWAY_TALLY: tally });
  const counted = readTally(tally);
  // Jest itself may fail without a test: a file that does not load, say.
  return status === 0 || counted.failed > 0 ? counted : { ...counted, failed: 1 };
}

function readTally(path: string): Tally {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Tally;
  } catch {
    return { passed: 0, failed: 0, tests: [] };
  }
}

function conclude(tallies: readonly Tally[]): number {
  const slowest = tallies
    .flatMap(({ tests }) => tests)
    .toSorted((one, other) => other.seconds - one.seconds)
    .slice(0, 10);
  console.log('\nThe ten slowest tests:');
  for (const { name, seconds } of slowest)
    console.log(`${seconds.toFixed(1).padStart(7)} s  ${name}`);
  const sum = (count: (tally: Tally) => number) =>
    tallies.reduce((total, one) => total + count(one), 0);
  const failed = sum((one) => one.failed);
  console.log(`\n${sum((one) => one.passed)} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

try {
  process.exitCode = await main();
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
