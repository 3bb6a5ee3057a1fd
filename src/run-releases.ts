import { randomUUID } from 'node:crypto';
import { blameLogin } from './blame-login.ts';
import { deploy } from './commands/deploy.ts';
import { type Ports, plan } from './commands/plan.ts';
import { toName, workThrough } from './commands/releases.ts';
import type { ToolSource } from './config/tools.ts';
import { type Connected, createPorts } from './connect.ts';
import type { Problem } from './errors.ts';
import { installKubectlFor } from './install-tools.ts';
import type { Plan } from './plan/plan.ts';
import { checkSkew } from './release/skew.ts';
import type { ReleaseSpec } from './release/spec.ts';
import { toExecutedTarget, toPlannedTarget, toRefusedTarget } from './report/build.ts';
import { line } from './report/log.ts';
import { renderPlan } from './report/log-plan.ts';
import { toPlanSummary } from './report/plan-summary.ts';
import type { Command, Report, ReportTarget } from './report/report.ts';
import type { World } from './world.ts';

export interface Releases {
  readonly command: Command;
  /** In `needs` order. */
  readonly releases: readonly ReleaseSpec[];
  readonly showValues: boolean;
  readonly tools: ToolSource;
  /** What to tell of an error. */
  readonly explain: (error: unknown, world: World) => readonly Problem[];
}

/** Plans or deploys all releases of a job, one after the other. */
export async function runReleases(
  job: Releases,
  connected: Connected,
  world: World,
): Promise<Pick<Report, 'targets' | 'warnings'>> {
  const { command, releases: specs, tools, explain } = job;
  for (const { chart } of specs) world.redactor.add(chart.credentials?.password ?? '');
  const skew = await installKubectlWhenAsked(tools, connected, world);
  const ports = await createPorts(connected, tools, world);
  const targets = await workThrough({ command, specs, signal: world.signal }, async (spec) => {
    try {
      if (specs.length > 1) announce(spec, world);
      return await runOne(spec, { ...job, ports, connected, world });
    } catch (error) {
      return toRefusedTarget(toName(spec), explain(error, world));
    }
  });
  return { targets, warnings: [...skew, ...specs.flatMap(({ warnings }) => warnings)] };
}

async function installKubectlWhenAsked(
  tools: ToolSource,
  { kubernetes }: Connected,
  world: World,
): Promise<readonly Problem[]> {
  if (tools.kubectlVersion === '') return [];
  const { version } = await installKubectlFor(tools, world);
  const skew = checkSkew(version, kubernetes);
  return skew ? [skew] : [];
}

interface Job extends Pick<Releases, 'command' | 'showValues'> {
  readonly ports: Ports;
  readonly connected: Connected;
  readonly world: World;
}

async function runOne(spec: ReleaseSpec, job: Job): Promise<ReportTarget> {
  const { command, ports, connected, world, showValues } = job;
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
  const outcome = await deploy(spec, ports, { holder, tellPlan });
  return toExecutedTarget(blameLogin(outcome, connected.login.problems()));
}

/** Where the log of one release begins, when there are several. */
function announce({ target }: ReleaseSpec, { host, redactor }: World): void {
  host.info(redactor.safe(line(`release ${target.release} in namespace ${target.namespace.name}`)));
}
