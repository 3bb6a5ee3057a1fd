import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { arch } from 'node:os';
import path from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import { startAction } from '../__tests__/action/run-action.ts';
import { type Measured, measure } from './measure.ts';

/** What both sides deploy with. */
export interface Setting {
  /** Holds `chart` and `values.yaml`: both sides read the very same files. */
  readonly workspace: string;
  readonly kubeconfig: string;
  /** Version of helm; the mirror has it, and the tool cache keeps it unpacked. */
  readonly helm: string;
  readonly mirror: string;
  readonly toolCache: string;
  /** A copy of `dist`: nobody rebuilds it meanwhile, and it finds no node_modules, as on a runner. */
  readonly bundle: string;
}

export const RELEASE = 'many';
const TIMEOUT = '10m';

export type Contender = (
  setting: Setting,
  deploy: { readonly namespace: string; readonly expected: 'deployed' | 'unchanged' },
) => Promise<Measured>;

/** The whole action, as the runner starts it. Throws when it does not end as it should. */
export const runSlipway: Contender = async (setting, { namespace, expected }) => {
  const action = startAction({
    workspace: setting.workspace,
    toolCache: setting.toolCache,
    bundle: setting.bundle,
    inputs: {
      command: 'deploy',
      release: RELEASE,
      namespace,
      chart: 'chart',
      values: 'values.yaml',
      kubeconfig: setting.kubeconfig,
      'helm-version': setting.helm,
      'tool-mirror': setting.mirror,
      timeout: TIMEOUT,
      comment: 'false',
    },
  });
  const measured = await measure(action.process);
  const { code, outputs, log } = await action.ended;
  if (code !== 0 || outputs['outcome'] !== expected) {
    throw new Error(`Slipway ended with ${code}, ${outputs['outcome']}, not ${expected}:\n${log}`);
  }
  return measured;
};

/** The same binary, called as most workflows do. It has a HOME of its own: on a runner every job is new. */
export const runHelm: Contender = async (setting, { namespace }) => {
  const home = mkdtempSync(path.join(setting.workspace, 'home-'));
  try {
    const child = spawn(
      helmPath(setting),
      [
        ...['upgrade', '--install', RELEASE, 'chart', '--namespace', namespace],
        ...['--values', 'values.yaml', '--wait', '--timeout', TIMEOUT],
      ],
      {
        cwd: setting.workspace,
        env: { PATH: process.env['PATH'], HOME: home, KUBECONFIG: setting.kubeconfig },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    const said = Promise.all([readAll(child.stdout), readAll(child.stderr)]);
    const measured = await measure(child);
    const [stdout, stderr] = await said;
    if (child.exitCode !== 0) {
      throw new Error(`helm ended with ${child.exitCode}:\n${stdout}\n${stderr}`);
    }
    return measured;
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
};

/** Where Slipway's first run has put it, in the layout of the runner's tool cache. */
function helmPath({ toolCache, helm }: Setting): string {
  return path.join(toolCache, 'helm', helm, arch(), 'helm');
}
