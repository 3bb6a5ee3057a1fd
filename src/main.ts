import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { saveState } from '@actions/core';
import { createClock } from './adapters/clock.ts';
import { createCluster } from './adapters/cluster.ts';
import { createFiles } from './adapters/files.ts';
import { createHelm } from './adapters/helm.ts';
import { readInputs } from './adapters/inputs.ts';
import { readRun } from './adapters/run.ts';
import { installHelm } from './adapters/tools/install.ts';
import { writeKubeconfig } from './auth/kubeconfig.ts';
import { deploy } from './commands/deploy.ts';
import { plan } from './commands/plan.ts';
import { parseInputs } from './config/parse.ts';
import { DeployError, DeployErrors } from './errors.ts';

export async function main(): Promise<number> {
  const run = readRun(process.env);
  const files = createFiles(run.temp);
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort());
  try {
    saveState('slipway', files.privateFolder());
    const inputs = parseInputs({ inputs: readInputs(process.env), event: run.event, files, directory: run.workspace });
    const { spec, tools } = inputs;
    const kubeconfig = writeKubeconfig(spec.cluster, files);
    const tool = await installHelm({ version: tools.helmVersion, mirror: tools.mirror || undefined, toolCache: run.toolCache, temp: run.temp, log: console.log });
    const helm = createHelm({ path: tool.path, version: tool.version, kubeconfig, home: path.join(files.privateFolder(), 'helm'), environment: process.env });
    const ports = {
      cluster: createCluster(kubeconfig.path), helm, files, clock: createClock(), signal: stop.signal,
      emit: (event: unknown) => console.log(`${performance.now().toFixed(0)} ${JSON.stringify(event).slice(0, 600)}`),
      learnSecrets: () => {},
    };
    if (inputs.command === 'plan') {
      const planned = await plan(spec, ports, 'trusted');
      const { verdict, reason, operations, changes } = planned.plan;
      console.log(JSON.stringify({ verdict, reason, operations: operations.map((o) => o.type), changes }, null, 1));
      return 0;
    }
    const outcome = await deploy(spec, ports, { holder: `${run.url}#${run.attempt}/${randomUUID()}`, tellPlan: ({ verdict, reason, operations }) => console.log(verdict, reason, operations.map((o) => o.type)) });
    console.log(performance.now(), outcome.result, outcome.code, JSON.stringify(outcome.failure, null, 1), JSON.stringify(outcome.remediation, null, 1), outcome.notes, outcome.stale);
    return outcome.result === 'deployed' || outcome.result === 'unchanged' ? 0 : 1;
  } catch (error) {
    if (error instanceof DeployError || error instanceof DeployErrors) console.log(error.problems);
    else console.log(error);
    return 1;
  } finally {
    files.dispose();
  }
}
