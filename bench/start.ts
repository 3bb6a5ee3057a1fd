/**
 * `npm run bench:start`: how long `command: setup` takes from the start of its process to its first
 * line, and to the line that says that the cluster has let it in, beside a bare Node, all of them in
 * turn. The clouds are doubles on this machine: what is measured is our own time, not a network's.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { runAction, startAction } from '../__tests__/action/run-action.ts';
import { LOGINS } from '../__tests__/cloud/places.ts';
import { type Cloud, startCloud } from '../__tests__/cloud/world.ts';
import {
  helmMirror,
  MIRRORED_HELM_VERSIONS,
  MIRRORED_KUBECTL_VERSIONS,
} from '../__tests__/mirror/helm-mirror.ts';
import { START_GOAL } from './goals.ts';
import { median } from './table.ts';

const RUNS = 15;

/** Milliseconds since the process was started. */
interface Times {
  readonly first: number;
  readonly connected: number;
}

async function measureNode(): Promise<Times> {
  const start = performance.now();
  const child = spawn(process.execPath, ['-e', 'console.log("ready")']);
  await once(child.stdout, 'data');
  const first = performance.now() - start;
  await once(child, 'close');
  return { first, connected: first };
}

async function measureSetup(
  cloud: Cloud,
  inputs: Readonly<Record<string, string>>,
): Promise<Times> {
  const seen: { first?: number; connected?: number } = {};
  const start = performance.now();
  const { ended } = startAction({
    inputs: { command: 'setup', ...(await tools()), ...inputs },
    environment: cloud.environment,
    bundle: path.join(import.meta.dirname, '..', 'dist'),
    onOutput(text) {
      if (/^Logging in/m.test(text)) seen.first ??= performance.now() - start;
      if (/^Connected to/m.test(text)) seen.connected ??= performance.now() - start;
    },
  });
  const { log } = await ended;
  const { first, connected } = seen;
  if (first === undefined || connected === undefined) throw new Error(`It did not log in:\n${log}`);
  return { first, connected };
}

async function tools(): Promise<Readonly<Record<string, string>>> {
  return {
    'helm-version': MIRRORED_HELM_VERSIONS[0] as string,
    'kubectl-version': MIRRORED_KUBECTL_VERSIONS[0] as string,
    'tool-mirror': await helmMirror(),
  };
}

function renderTable(measured: ReadonlyMap<string, readonly Times[]>): string {
  const ofNode = medianOf(measured, 'bare node');
  const rows = [...measured].map(([name, times]) => {
    const first = median(times.map((it) => it.first));
    const connected = median(times.map((it) => it.connected));
    const cells = [name, first, connected, connected - ofNode];
    return `| ${cells.map((it) => (typeof it === 'number' ? `${Math.round(it)} ms` : it)).join(' | ')} |`;
  });
  const over = Math.round(medianOf(measured, 'kubeconfig') - ofNode);
  return [
    '| `command: setup` with | first line | connected | over bare node |',
    '|---|---|---|---|',
    ...rows,
    '',
    `Goal: kubeconfig at most ${START_GOAL} ms over bare node, met: ${over <= START_GOAL ? 'yes' : '**no**'}.`,
  ].join('\n');
}

function medianOf(measured: ReadonlyMap<string, readonly Times[]>, name: string): number {
  return median((measured.get(name) ?? []).map(({ connected }) => connected));
}

const cloud = await startCloud();
try {
  const kubeconfig = { kubeconfig: cloud.cluster.kubeconfig('deployer') };
  const contenders = new Map<string, () => Promise<Times>>([
    ['bare node', measureNode],
    ['kubeconfig', () => measureSetup(cloud, kubeconfig)],
    ['EKS', () => measureSetup(cloud, LOGINS.eks)],
    ['GKE, direct federation', () => measureSetup(cloud, LOGINS['gke, direct federation'])],
    ['GKE, service account', () => measureSetup(cloud, LOGINS['gke, service account'])],
  ]);
  // The tools are in the cache before anything is measured.
  await runAction({ inputs: { command: 'setup', ...(await tools()), ...kubeconfig } });
  const measured = new Map([...contenders.keys()].map((name) => [name, [] as Times[]]));
  for (let run = 0; run < RUNS; run++) {
    for (const [name, measure] of contenders) measured.get(name)?.push(await measure());
  }
  console.log(`${RUNS} runs each, in turn; medians.\n\n${renderTable(measured)}`);
} finally {
  await cloud.stop();
}
