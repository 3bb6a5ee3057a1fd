/** A step of a job whose folders stay, with what the runner does after it. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type ActionResult, parseOutputs, runAction } from './run-action.ts';

export interface Step {
  /** For `ActionOptions.environment`. */
  readonly environment: Readonly<Record<string, string>>;
  /** RUNNER_TEMP. */
  readonly temp: string;
  /** Paths below RUNNER_TEMP. */
  left(): readonly string[];
  /** All files of the step outside RUNNER_TEMP, as text. */
  texts(): readonly string[];
  /** Variables and PATH that the step gives to later ones. */
  given(): Readonly<Record<string, string>>;
  /** The post step, as at the end of every job. */
  post(): Promise<ActionResult>;
  end(): void;
}

const FILES = { state: 'GITHUB_STATE', env: 'GITHUB_ENV', path: 'GITHUB_PATH' } as const;

/** `environment`: of the job. */
export function createStep(environment: Readonly<Record<string, string>>): Step {
  const home = mkdtempSync(path.join(tmpdir(), 'slipway-step-'));
  const temp = path.join(home, 'temp');
  mkdirSync(temp);
  const files = Object.entries(FILES).map(([name, variable]) => {
    writeFileSync(path.join(home, name), '');
    return [variable, path.join(home, name)] as const;
  });
  const read = (name: keyof typeof FILES) => readFileSync(path.join(home, name), 'utf8');
  const all = { ...environment, RUNNER_TEMP: temp, ...Object.fromEntries(files) };
  return {
    environment: all,
    temp,
    left: () => readdirSync(temp, { recursive: true }).map(String),
    texts: () => Object.keys(FILES).map((name) => read(name as keyof typeof FILES)),
    given() {
      const added = read('path').split('\n').filter(Boolean).toReversed();
      const search = [...added, process.env['PATH'] ?? ''].join(':');
      return { ...environment, ...parseOutputs(read('env')), PATH: search };
    },
    post() {
      const state = Object.entries(parseOutputs(read('state')));
      const saved = state.map(([name, value]) => [`STATE_${name}`, value]);
      return runAction({ inputs: {}, environment: { ...all, ...Object.fromEntries(saved) } });
    },
    end: () => rmSync(home, { recursive: true, force: true }),
  };
}
