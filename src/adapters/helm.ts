import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse, stringify } from 'yaml';
import type { CommandResult, Helm } from '../ports.ts';
import { runCommand } from './command.ts';
import {
  type HelmMajor,
  toDependencyArguments,
  toDryRunArguments,
  toRollbackArguments,
  toTemplateArguments,
  toUpgradeArguments,
} from './helm-arguments.ts';
import { type Environment, toHelmEnvironment } from './helm-environment.ts';

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
}

/** Throws `DeployError` when the binary cannot be started; what helm refuses is a result. */
export function createHelm(options: HelmOptions): Helm {
  const major: HelmMajor = options.version.startsWith('3.') ? 3 : 4;
  const environment = toHelmEnvironment(options.environment, options);
  type Extras = { readonly onLine?: (line: string) => void; readonly signal?: AbortSignal };
  const run = (args: readonly string[], extras: Extras = {}): Promise<CommandResult> =>
    runCommand({ path: options.path, args, environment, ...extras });
  return {
    version: options.version,
    readFlags: async () => new Set(),
    pull: () => Promise.reject(new Error('not yet')),
    template: (request) => run(toTemplateArguments(request, major)),
    dryRunUpgrade: (request) => run(toDryRunArguments(request)),
    buildDependencies(chart) {
      const repositories = readRepositories(chart);
      const config = writeRepositories(options.home, repositories);
      return run(toDependencyArguments(chart, config, repositories.length));
    },
    upgrade: (request, signal) =>
      run(toUpgradeArguments(request, major), { onLine: request.onLine, signal }),
    rollback: (request) => run(toRollbackArguments(request, major), { onLine: request.onLine }),
  };
}

/** Web addresses of the repositories that a chart's dependencies come from, each once. */
function readRepositories(chart: string): readonly string[] {
  const { dependencies } = (parse(readFileSync(path.join(chart, 'Chart.yaml'), 'utf8')) ?? {}) as {
    readonly dependencies?: readonly { readonly repository?: string }[] | null;
  };
  const repositories = (dependencies ?? []).map(({ repository }) => repository ?? '');
  return [...new Set(repositories)].filter((url) => /^https?:\/\//.test(url));
}

/** `dependency build` refuses a repository that was not added before; a file does what `repo add` does. */
function writeRepositories(home: string, urls: readonly string[]): string {
  const folder = path.join(home, 'config');
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `repositories-${process.hrtime.bigint()}.yaml`);
  const repositories = urls.map((url, index) => ({ name: `dependency-${index}`, url }));
  writeFileSync(file, stringify({ apiVersion: '', repositories }), { mode: 0o600 });
  return file;
}
