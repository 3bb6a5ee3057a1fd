/** Starts the bundle as GitHub's runner would, with the defaults of action.yml, and gathers what it leaves. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';

const ROOT = path.join(import.meta.dirname, '..', '..');

export interface ActionOptions {
  /** As under `with:`. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Replaces or adds variables of the environment. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly event?: string;
  readonly payload?: object;
  readonly workspace?: string;
  /** Shared by default, as on a self-hosted runner, so that helm is unpacked once. */
  readonly toolCache?: string;
  /** Called with stdout and stderr as they come. */
  readonly onOutput?: (text: string) => void;
  /** Folder of the bundle; SLIPWAY_TEST_BUNDLE or `dist` by default. */
  readonly bundle?: string;
}

export interface ActionResult {
  /** Exit code; null when it was killed. */
  readonly code: number | null;
  /** stdout and stderr as they came. */
  readonly log: string;
  readonly summary: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** Files left in RUNNER_TEMP. */
  readonly temp: string;
}

export interface RunningAction {
  readonly process: ChildProcess;
  readonly ended: Promise<ActionResult>;
  /** The log so far. */
  log(): string;
  /** Resolves when the log matches; rejects when the action ends without. */
  says(pattern: RegExp): Promise<void>;
}

/** Runs to the end. */
export function runAction(options: ActionOptions): Promise<ActionResult> {
  return startAction(options).ended;
}

export function startAction(options: ActionOptions): RunningAction {
  const folder = mkdtempSync(path.join(tmpdir(), 'slipway-run-'));
  const environment = toEnvironment(folder, options);
  const bundle = options.bundle ?? process.env['SLIPWAY_TEST_BUNDLE'] ?? path.join(ROOT, 'dist');
  const child = spawn(process.execPath, [path.join(bundle, 'index.js')], {
    env: environment,
    cwd: options.workspace ?? ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      log += text;
      options.onOutput?.(text);
      for (const listener of listeners) listener();
    });
  }
  const ended = new Promise<ActionResult>((resolve) => {
    child.on('close', (code) => {
      const result = { code, log, ...collect(environment), temp: environment['RUNNER_TEMP'] ?? '' };
      rmSync(folder, { recursive: true, force: true });
      resolve(result);
      for (const listener of listeners) listener();
    });
  });
  return {
    process: child,
    ended,
    log: () => log,
    says: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (pattern.test(log)) resolve();
          else if (child.exitCode !== null || child.signalCode !== null) {
            reject(new Error(`The action ended without saying ${pattern}:\n${log}`));
          } else return;
          listeners.delete(look);
        };
        listeners.add(look);
        look();
      }),
  };
}

function toEnvironment(folder: string, options: ActionOptions): Record<string, string> {
  const file = (name: string, text = '') => {
    writeFileSync(path.join(folder, name), text);
    return path.join(folder, name);
  };
  const temp = path.join(folder, 'temp');
  mkdirSync(temp);
  const toolCache =
    options.toolCache ?? process.env['SLIPWAY_TEST_TOOLS'] ?? path.join(folder, 'tools');
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    ...toInputs(options.inputs),
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: options.workspace ?? ROOT,
    GITHUB_EVENT_NAME: options.event ?? 'workflow_dispatch',
    GITHUB_EVENT_PATH: file('event.json', JSON.stringify(options.payload ?? {})),
    GITHUB_REPOSITORY: 'acme/shop',
    GITHUB_SERVER_URL: 'https://github.example.com',
    GITHUB_API_URL: 'http://127.0.0.1:1',
    GITHUB_RUN_ID: '4711',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_ACTOR: 'dev',
    GITHUB_SHA: '9f8e7d6c5b4a39281706f5e4d3c2b1a098765432',
    GITHUB_OUTPUT: file('output'),
    GITHUB_STATE: file('state'),
    GITHUB_PATH: file('path'),
    GITHUB_ENV: file('env'),
    GITHUB_STEP_SUMMARY: file('summary.md'),
    RUNNER_TEMP: temp,
    RUNNER_TOOL_CACHE: toolCache,
    ...options.environment,
  };
}

/** Every input of action.yml, as the runner sets them: what is not given has its default or is empty. */
function toInputs(given: Readonly<Record<string, string>>): Record<string, string> {
  const { inputs } = parse(readFileSync(path.join(ROOT, 'action.yml'), 'utf8')) as {
    inputs: Record<string, { default?: string }>;
  };
  const all: Record<string, string> = {};
  for (const [name, { default: text = '' }] of Object.entries(inputs)) {
    // The one default that is an expression is the token.
    all[name] = text.startsWith('$') ? 'ghs_token-of-this-run' : text;
  }
  const entries = Object.entries({ ...all, ...given });
  return Object.fromEntries(entries.map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]));
}

function collect(environment: Record<string, string>): Pick<ActionResult, 'summary' | 'outputs'> {
  return {
    summary: readFileSync(environment['GITHUB_STEP_SUMMARY'] ?? '', 'utf8'),
    outputs: parseOutputs(readFileSync(environment['GITHUB_OUTPUT'] ?? '', 'utf8')),
  };
}

/** `name<<delimiter`, lines, `delimiter`: the format of the runner's file commands. */
export function parseOutputs(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  for (const match of text.matchAll(/^([\w-]+)<<(\S+)\n([\s\S]*?)\n\2$/gm)) {
    outputs[match[1] ?? ''] = match[3] ?? '';
  }
  return outputs;
}
