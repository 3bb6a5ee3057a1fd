import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { saveState } from '@actions/core';
import { createClock } from './adapters/clock.ts';
import { createCluster } from './adapters/cluster.ts';
import { createFiles, type DisposableFiles } from './adapters/files.ts';
import { createGitHub } from './adapters/github.ts';
import { createHelm } from './adapters/helm.ts';
import { createHost } from './adapters/host.ts';
import { readInputs } from './adapters/inputs.ts';
import { type RunContext, readRun } from './adapters/run.ts';
import { installHelm } from './adapters/tools/install.ts';
import { writeKubeconfig } from './auth/kubeconfig.ts';
import { deploy } from './commands/deploy.ts';
import { type Ports, plan } from './commands/plan.ts';
import { tell } from './commands/tell.ts';
import { type Inputs, parseInputs, readGitHubInputs } from './config/parse.ts';
import { DeployError, DeployErrors, type Problem } from './errors.ts';
import type { Plan } from './plan/plan.ts';
import type { Host } from './ports.ts';
import type { ReleaseObject } from './release/object.ts';
import { parseYaml } from './release/yaml.ts';
import { toExecutedTarget, toPlannedTarget, toRefusedTarget } from './report/build.ts';
import { createNarrator, line } from './report/log.ts';
import { renderPlan } from './report/log-plan.ts';
import { toPlanSummary } from './report/plan-summary.ts';
import type { Report, ReportTarget, RunRef } from './report/report.ts';
import { findNamedSecrets } from './secrecy/named-secrets.ts';
import { createRedactor, type Redactor } from './secrecy/redactor.ts';
import type { State } from './state/state.ts';

/** The main step: composition, and the one catch. Resolves to the exit code; the report is always written. */
export async function main(): Promise<number> {
  const world = createWorld();
  const { run, host, files, redactor } = world;
  const given = readInputs(process.env);
  saveState('slipway', files.privateFolder());

  let inputs: Inputs | undefined;
  let target: ReportTarget;
  try {
    inputs = parseInputs({ inputs: given, event: run.event, files, directory: run.workspace });
    target = await perform(inputs, world);
  } catch (error) {
    target = toRefusedTarget(nameTarget(given), toProblems(error, world));
  } finally {
    files.dispose();
  }
  const report: Report = {
    schema: 1,
    command: inputs?.command ?? 'deploy',
    run: toRunRef(run),
    targets: [target],
    warnings: inputs?.spec.warnings ?? [],
  };
  const { token, comment, pullRequest } = readGitHubInputs(given);
  redactor.add(token);
  const { repository, apiUrl } = run;
  const github = comment && token ? createGitHub({ token, repository, apiUrl }) : undefined;
  await tell(
    report,
    { host, redactor, github },
    {
      event: { given: pullRequest, eventName: run.event, payload: run.payload, sha: run.sha },
      job: { environment: target.environment, release: target.release },
    },
  );
  return ['planned', 'unchanged', 'deployed'].includes(target.result) ? 0 : 1;
}

function toRunRef({ url, id, attempt, repository, sha, actor, started }: RunContext): RunRef {
  return { url, id, attempt, repository, sha, actor, started };
}

interface World {
  readonly run: RunContext;
  /** Aborts when the run is cancelled. */
  readonly signal: AbortSignal;
  readonly host: Host;
  readonly files: DisposableFiles;
  readonly redactor: Redactor;
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

async function perform(inputs: Inputs, world: World): Promise<ReportTarget> {
  const { command, spec } = inputs;
  const { run, host, redactor } = world;
  const ports = await connect(inputs, world);
  const tellPlan = (planned: Plan) => {
    const summary = redactor.clean(toPlanSummary(planned));
    for (const text of renderPlan(summary)) host.info(redactor.safe(text));
  };
  if (command === 'plan') {
    // The chart of a pull request is not trusted with answers of the cluster.
    const trust = run.event.startsWith('pull_request') ? 'untrusted' : 'trusted';
    const planned = await plan(spec, ports, trust);
    tellPlan(planned.plan);
    return toPlannedTarget(planned.plan);
  }
  const holder = `${run.url}/attempts/${run.attempt}#${randomUUID()}`;
  return toExecutedTarget(await deploy(spec, ports, { holder, tellPlan }));
}

/** Tools and the way to the cluster: from here on every part of the run shares one world. */
async function connect({ spec, tools, github }: Inputs, world: World): Promise<Ports> {
  const { run, host, files, redactor } = world;
  redactor.add(github.token);
  const emit = createNarrator(host, redactor);
  const kubeconfig = writeKubeconfig(spec.cluster, files);
  for (const secret of findNamedSecrets(parseYamlOrNothing(spec.cluster.kubeconfig))) {
    redactor.add(secret);
  }
  const tool = await installHelm({
    version: tools.helmVersion,
    mirror: tools.mirror || undefined,
    toolCache: run.toolCache,
    temp: run.temp,
    log: (text) => host.info(redactor.safe(line(text))),
  });
  host.addPath(path.dirname(tool.path));
  return {
    cluster: createCluster(kubeconfig.path),
    helm: createHelm({
      path: tool.path,
      version: tool.version,
      kubeconfig,
      home: path.join(files.privateFolder(), 'helm'),
      environment: process.env,
    }),
    files,
    clock: createClock(),
    signal: world.signal,
    emit,
    learnSecrets: (state, rendering) => learnSecrets([...rendering.objects, ...toKnown(state)]),
    guessSecrets(state, layers) {
      learnSecrets(toKnown(state));
      for (const layer of layers) {
        const values = 'values' in layer ? layer.values : parseYamlOrNothing(layer.text);
        for (const secret of findNamedSecrets(values)) redactor.add(secret);
      }
    },
  };

  function learnSecrets(all: readonly ReleaseObject[]): void {
    const objects = all.map(({ object }) => object);
    redactor.addPublic(JSON.stringify(objects.filter(({ kind }) => kind !== 'Secret')));
    for (const object of objects) redactor.addSecretObject(object);
  }
}

/** What the newest and the last good revision consist of. */
function toKnown({ history, lastGood }: State): readonly ReleaseObject[] {
  const known = [history.at(-1), history.find((one) => one.number === lastGood)];
  return known.flatMap((revision) => revision?.objects ?? []);
}

/** Some texts only helm can read (config/yaml.ts). */
function parseYamlOrNothing(text: string): unknown {
  try {
    return parseYaml(text);
  } catch {
    return undefined;
  }
}

/** GitHub cancels with SIGINT and, 7.5 s later, SIGTERM (style.md §5.8); a terminal sends SIGINT. */
function toCancelSignal(): AbortSignal {
  const cancel = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => cancel.abort());
  return cancel.signal;
}

function toProblems(error: unknown, { host, redactor }: World): readonly Problem[] {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  const stack = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
  host.debug(redactor.safe(stack));
  if (error instanceof DeployError || error instanceof DeployErrors) return error.problems;
  const message = error instanceof Error ? error.message : String(error);
  const hint = 'This should not happen: please report it with the log of a run with debug logging.';
  return [{ code: 'internal-error', message, hint }];
}

/** As far as the inputs tell, for the report of a run that did not come to a spec. */
function nameTarget(given: ReadonlyMap<string, string>) {
  const text = (name: string) => given.get(name)?.trim() ?? '';
  return {
    environment: text('environment'),
    release: text('release'),
    namespace: text('namespace'),
  };
}
