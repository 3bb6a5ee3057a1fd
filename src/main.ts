import { saveState } from '@actions/core';
import { createFiles } from './adapters/files.ts';
import { createGitHub } from './adapters/github.ts';
import { createHost } from './adapters/host.ts';
import { readInputs } from './adapters/inputs.ts';
import { type RunContext, readRun } from './adapters/run.ts';
import { tell } from './commands/tell.ts';
import type { ConfigReader } from './config/file/config-file.ts';
import { readGitHubInputs } from './config/github.ts';
import { type InputSource, type Inputs, parseInputs, usesConfigFile } from './config/parse.ts';
import { connect } from './connect.ts';
import { DeployError, DeployErrors, type Problem } from './errors.ts';
import { toCheckedTarget, toRefusedTarget } from './report/build.ts';
import type { Report, ReportTarget, RunRef } from './report/report.ts';
import { cleanText } from './report/text.ts';
import { runReleases } from './run-releases.ts';
import { createRedactor } from './secrecy/redactor.ts';
import { setUp } from './set-up.ts';
import type { World } from './world.ts';

/** The main step: composition, and the one catch. Resolves to the exit code; the report is always written. */
export async function main(): Promise<number> {
  const world = createWorld();
  const { run, host, files, redactor } = world;
  const given = readInputs(process.env);

  let inputs: Inputs | undefined;
  let told: Told;
  try {
    saveState('isPost', 'true');
    saveState('slipway', files.privateFolder());
    const { event, workspace: directory } = run;
    const source = { inputs: given, environment: process.env, event, files, directory };
    inputs = parseInputs(source, await loadConfigReader(source));
    told = await perform(inputs, world);
  } catch (error) {
    const target = toRefusedTarget(nameTarget(given), toProblems(error, world));
    told = { targets: [target], warnings: [] };
  }
  // Later steps need the kubeconfig of `setup`; the post step removes it.
  if (!told.targets.some(({ type }) => type === 'ready')) files.dispose();
  const command = inputs?.command ?? (given.get('command') === 'setup' ? 'setup' : 'deploy');
  const report: Report = { schema: 1, command, run: toRunRef(run), ...told };
  const { token, comment, pullRequest } = readGitHubInputs(given);
  redactor.add(token);
  const { repository, apiUrl } = run;
  // What a job sets up for itself is nobody's news.
  const tells = comment && token !== '' && command !== 'setup';
  const github = tells ? createGitHub({ token, repository, apiUrl }) : undefined;
  await tell(
    report,
    { host, redactor, github },
    {
      event: { given: pullRequest, eventName: run.event, payload: run.payload, sha: run.sha },
      job: toCommentJob(told.targets[0], inputs),
    },
  );
  const isGood = ({ result }: ReportTarget) =>
    ['planned', 'unchanged', 'deployed', 'ready'].includes(result);
  return told.targets.every(isGood) ? 0 : 1;
}

async function loadConfigReader(source: InputSource): Promise<ConfigReader> {
  if (usesConfigFile(source)) return (await import('./config/file/document.ts')).parseConfig;
  return () => {
    throw new Error('a file came to be while the inputs were read');
  };
}

/** What main adds to a report. */
type Told = Pick<Report, 'targets' | 'warnings'>;

/** A job of slipway.yaml has one comment for all its releases. */
function toCommentJob(first: ReportTarget | undefined, inputs: Inputs | undefined) {
  const { environment = '', release = '' } = first ?? {};
  return inputs?.usesFile ? { environment } : { environment, release };
}

function toRunRef({ url, id, attempt, repository, sha, actor, started }: RunContext): RunRef {
  return { url, id, attempt, repository, sha, actor, started };
}

function createWorld(): World {
  const run = readRun(process.env);
  return {
    run,
    signal: toCancelSignal(),
    host: createHost(process.env),
    files: createFiles(run.temp),
    redactor: createRedactor(),
  };
}

async function perform({ command, work, tools, github }: Inputs, world: World): Promise<Told> {
  world.redactor.add(github.token);
  if (work.type === 'check') {
    return { targets: work.targets.map(toCheckedTarget), warnings: work.warnings };
  }
  // A job has one cluster; each of its releases says the same.
  const cluster = work.type === 'setup' ? work.cluster : toOne(work.releases).cluster;
  const connected = await connect({ cluster, names: work.names }, world);
  try {
    const told =
      work.type === 'setup'
        ? await setUp({ ...work, tools }, connected, world)
        : await runReleases({ ...work, command, tools, explain: toProblems }, connected, world);
    return { ...told, warnings: [...connected.warnings(), ...told.warnings] };
  } finally {
    connected.login.stop();
  }
}

function toOne<T>([first]: readonly T[]): T {
  if (first === undefined) throw new Error('a job without a release');
  return first;
}

/** GitHub cancels with SIGINT and, 7.5 s later, SIGTERM (style.md §5.8); a terminal sends SIGINT. */
function toCancelSignal(): AbortSignal {
  const cancel = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => cancel.abort());
  return cancel.signal;
}

function toProblems(error: unknown, { host, redactor, signal }: World): readonly Problem[] {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  const stack = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
  host.debug(redactor.safe(cleanText(stack)));
  if (error instanceof DeployError || error instanceof DeployErrors) {
    // What a program that was ended says of it is not why.
    return signal.aborted ? [CANCELLED] : error.problems;
  }
  const message = error instanceof Error ? error.message : String(error);
  const { code: reason = '' }: NodeJS.ErrnoException = Object(error);
  if (DISK.has(reason)) return [{ code: 'runner-disk', message, hint: TO_DISK }];
  return [{ code: 'internal-error', message, hint: TO_US }];
}

/** Of Node, for a disk that is full or does not let us write. */
const DISK: ReadonlySet<string> = new Set([
  'ENOSPC',
  'EDQUOT',
  'EROFS',
  'EACCES',
  'EPERM',
  'EIO',
  'ENOTDIR',
  'EEXIST',
]);
const TO_DISK =
  "Look at the runner's disk: the folder of RUNNER_TEMP must have room, and this step must be let write into it.";
const TO_US = 'This should not happen: please report it with the log of a run with debug logging.';

const CANCELLED: Problem = {
  code: 'cancelled',
  message: 'The run was cancelled before anything was changed.',
  hint: 'Start the run again.',
};

/** As far as the inputs tell, for the report of a run that did not come to a spec. */
function nameTarget(given: ReadonlyMap<string, string>) {
  const text = (name: string) => given.get(name)?.trim() ?? '';
  return {
    environment: text('environment'),
    release: text('release'),
    namespace: text('namespace'),
  };
}
