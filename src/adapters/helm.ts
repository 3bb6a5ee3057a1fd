import type { CommandResult, Helm } from '../ports.ts';
import { type CommandRequest, runCommand } from './command.ts';
import { runWithin } from './command-within.ts';
import {
  type HelmMajor,
  toDryRunArguments,
  toRollbackArguments,
  toTemplateArguments,
  toUpgradeArguments,
} from './helm-arguments.ts';
import { buildDependencies } from './helm-dependencies.ts';
import { type Environment, toHelmEnvironment } from './helm-environment.ts';
import { pullChart } from './helm-pull.ts';
import { createRendering } from './helm-rendering.ts';

export interface HelmOptions {
  /** Path of the binary. */
  readonly path: string;
  /** Its version, such as `4.3.1`. */
  readonly version: string;
  /** This run's own kubeconfig (`auth/kubeconfig.ts`). */
  readonly kubeconfig: { readonly path: string; readonly usesExec: boolean };
  /** A private folder for helm's caches and configuration. */
  readonly home: string;
  /** Ours; helm gets only what it needs of it. */
  readonly environment: Environment;
  /** Ends what changes nothing, such as a pull, when the run is cancelled. */
  readonly signal?: AbortSignal;
  /** Milliseconds that one command may take to fetch a chart. */
  readonly fetchTimeout?: number;
}

/**
 * helm waits without end for a registry that takes a request and does not answer; an index it gives
 * two minutes (measured with 3.17.3 and 4.2.3).
 */
const FETCH_TIMEOUT = 300_000;
/** Milliseconds for helm to put away what it had begun to fetch. */
const KILL_AFTER = 2_000;

/** Throws `DeployError` when the binary cannot be started; what helm refuses is a result. */
export function createHelm(options: HelmOptions): Helm {
  const major: HelmMajor = options.version.startsWith('3.') ? 3 : 4;
  const environment = toHelmEnvironment(options.environment, options);
  type Extras = Pick<CommandRequest, 'onLine' | 'signal' | 'stdin' | 'killAfter'>;
  const run = (args: readonly string[], extras: Extras = {}): Promise<CommandResult> =>
    runCommand({ path: options.path, args, environment, ...extras });
  const cancel = options.signal ? { signal: options.signal, killAfter: KILL_AFTER } : {};
  const ask = (args: readonly string[]) => run(args, cancel);
  const fetch = (args: readonly string[], extras: Extras = {}) =>
    runWithin(options.fetchTimeout ?? FETCH_TIMEOUT, {
      ...{ path: options.path, args, environment, ...cancel, ...extras },
      killAfter: KILL_AFTER,
    });
  const rendering = createRendering({ ...options, major, own: environment });
  return {
    version: options.version,
    async readFlags(command) {
      const { stdout } = await ask([command, '--help']);
      return new Set(stdout.matchAll(/(?<=^\s+(?:-\w, )?)--[\w-]+/gm).map(([flag]) => flag));
    },
    pull: (request) => pullChart(request, { ...options, run: fetch }),
    template: (request) => rendering(request, toTemplateArguments, cancel),
    dryRunUpgrade: (request) => rendering(request, toDryRunArguments, cancel),
    buildDependencies: (chart, logins) =>
      buildDependencies(chart, logins, { ...options, run: fetch }),
    upgrade: (request, signal) =>
      rendering(request, toUpgradeArguments, { onLine: request.onLine, signal }),
    rollback: (request) => run(toRollbackArguments(request, major), { onLine: request.onLine }),
  };
}
