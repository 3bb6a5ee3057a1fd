import { randomUUID } from 'node:crypto';
import { saveState } from '@actions/core';
import { createFiles } from './adapters/files.ts';
import { createGitHub } from './adapters/github.ts';
import { createHost } from './adapters/host.ts';
import { readInputs } from './adapters/inputs.ts';
import { type RunContext, readRun } from './adapters/run.ts';
import { deploy } from './commands/deploy.ts';
import { type Ports, plan } from './commands/plan.ts';
import { toName, workThrough } from './commands/releases.ts';
import { tell } from './commands/tell.ts';
import type { ConfigReader } from './config/file/config-file.ts';
import {
  type InputSource,
  type Inputs,
  parseInputs,
  readGitHubInputs,
  usesConfigFile,
} from './config/parse.ts';
import { connect, installKubectlFor, type World } from './connect.ts';
import { DeployError, DeployErrors, type Problem } from './errors.ts';
import type { Plan } from './plan/plan.ts';
import { checkSkew } from './release/skew.ts';
import type { ReleaseSpec } from './release/spec.ts';
import {
  toCheckedTarget,
  toExecutedTarget,
  toPlannedTarget,
  toRefusedTarget,
} from './report/build.ts';
import { line } from './report/log.ts';
import { renderPlan } from './report/log-plan.ts';
import { toPlanSummary } from './report/plan-summary.ts';
import type { Command, Report, ReportTarget, RunRef } from './report/report.ts';
import { createRedactor } from './secrecy/redactor.ts';

/** The main step: composition, and the one catch. Resolves to the exit code; the report is always written. */
export async function main(): Promise<number> {
  const world = createWorld();
  const { run, host, files, redactor } = world;
  const given = readInputs(process.env);
  saveState('slipway', files.privateFolder());

  let inputs: Inputs | undefined;
  let told: Told;
  try {
    const { event, workspace: directory } = run;
    const source = { inputs: given, environment: process.env, event, files, directory };
    inputs = parseInputs(source, await loadConfigReader(source));
    told = await perform(inputs, world);
  } catch (error) {
    const target = toRefusedTarget(nameTarget(given), toProblems(error, world));
    told = { targets: [target], warnings: [] };
  } finally {
    files.dispose();
  }
  const command = inputs?.command ?? 'deploy';
  const report: Report = { schema: 1, command, run: toRunRef(run), ...told };
  const { token, comment, pullRequest } = readGitHubInputs(given);
  redactor.add(token);
  const { repository, apiUrl } = run;
  const github = comment && token ? createGitHub({ token, repository, apiUrl }) : undefined;
  await tell(
    report,
    { host, redactor, github },
    {
      event: { given: pullRequest, eventName: run.event, payload: run.payload, sha: run.sha },
      job: toCommentJob(told.targets[0], inputs),
    },
  );
  const isGood = ({ result }: ReportTarget) =>
    ['planned', 'unchanged', 'deployed'].includes(result);
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
  const { releases: specs, showValues } = work;
  const kubectl = await installKubectlFor(tools, world);
  const ports = await connect(specs, tools, world);
  const targets = await workThrough({ command, specs, signal: world.signal }, async (spec) => {
    try {
      if (specs.length > 1) announce(spec, world);
      return await performOne(spec, { command, ports, world, showValues });
    } catch (error) {
      return toRefusedTarget(toName(spec), toProblems(error, world));
    }
  });
  return {
    targets,
    warnings: [...(await skewOf(kubectl, ports)), ...specs.flatMap(({ warnings }) => warnings)],
  };
}

/** Nothing when the server cannot be asked: then the releases have told why. */
async function skewOf(
  kubectl: string | undefined,
  { cluster }: Ports,
): Promise<readonly Problem[]> {
  if (kubectl === undefined) return [];
  const server = await cluster.readServerVersion().catch(() => '');
  const skew = checkSkew(kubectl, server);
  return skew ? [skew] : [];
}

interface Job {
  readonly command: Command;
  readonly ports: Ports;
  readonly world: World;
  readonly showValues: boolean;
}

async function performOne(spec: ReleaseSpec, job: Job): Promise<ReportTarget> {
  const { command, ports, world, showValues } = job;
  const { run, host, redactor } = world;
  const tellPlan = (planned: Plan) => {
    const summary = redactor.clean(toPlanSummary(planned));
    for (const text of renderPlan(summary)) host.info(redactor.safe(text));
  };
  if (command === 'plan') {
    // The chart of a pull request is not trusted with answers of the cluster.
    const trust = run.event.startsWith('pull_request') ? 'untrusted' : 'trusted';
    const planned = await plan(spec, ports, { trust, showValues });
    tellPlan(planned.plan);
    return toPlannedTarget(planned.plan);
  }
  const holder = `${run.url}/attempts/${run.attempt}#${randomUUID()}`;
  return toExecutedTarget(await deploy(spec, ports, { holder, tellPlan }));
}

/** Where the log of one release begins, when there are several. */
function announce({ target }: ReleaseSpec, { host, redactor }: World): void {
  host.info(redactor.safe(line(`release ${target.release} in namespace ${target.namespace.name}`)));
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
  host.debug(redactor.safe(stack));
  if (error instanceof DeployError || error instanceof DeployErrors) {
    // What a program that was ended says of it is not why.
    return signal.aborted ? [CANCELLED] : error.problems;
  }
  const message = error instanceof Error ? error.message : String(error);
  const hint = 'This should not happen: please report it with the log of a run with debug logging.';
  return [{ code: 'internal-error', message, hint }];
}

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
