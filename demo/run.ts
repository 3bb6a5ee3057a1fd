/** `npm start`: the action at work on a real Kubernetes API on this machine, scene by scene. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startGitHubDouble } from '../__tests__/fakes/github-double.ts';
import { startCluster } from '../local-cluster/cluster.ts';
import { sayAct, sayEnd, sayScene, sayWelcome } from './announce.ts';
import { prepareHelm } from './helm.ts';
import { watchInterrupt } from './interrupt.ts';
import { writeIndex } from './keep.ts';
import { commitOf, type Performed, perform, type Stage } from './perform.ts';
import { SCENES, WORKFLOW } from './scenes.ts';
import { paint, say } from './terminal.ts';

const OUT = path.join(import.meta.dirname, 'out');
const REPOSITORY = 'acme/deploy';

const interrupt = watchInterrupt();
const work = mkdtempSync(path.join(tmpdir(), 'slipway-demo-'));
process.on('exit', () => rmSync(work, { recursive: true, force: true }));
process.exitCode = await main().catch((error: Error) => {
  console.error(`\n${paint('red', error.message)}`); // a stack would tell nothing more
  return 1;
});

/** Resolves to the exit code. */
async function main(): Promise<number> {
  if (process.env['SLIPWAY_KUBECONFIG']) {
    throw new Error(
      'The demo needs the nodes of the local cluster, whose pods play their parts: its images do not exist. ' +
        'Unset SLIPWAY_KUBECONFIG and start again.',
    );
  }
  const begin = performance.now();
  sayWelcome();
  say(paint('dim', 'starting Kubernetes; the first time it is built, later it takes seconds'));
  const cluster = await startCluster({ log: say });
  const github = await startGitHubDouble({ repository: REPOSITORY, pulls: toPulls() });
  try {
    process.env['TMPDIR'] = work; // an action that is killed leaves its folder there
    const helm = await prepareHelm(path.join(work, 'mirror'), say);
    await cluster.addNamespace(WORKFLOW.namespace);
    say(paint('green', `✓ Kubernetes runs at ${cluster.server}`));
    const performed = await performAll({
      repository: REPOSITORY,
      github,
      inputs: { kubeconfig: cluster.kubeconfig('deployer'), ...helm },
      toolCache: path.join(work, 'tools'),
      out: OUT,
      onStart: interrupt.forwardTo,
    });
    if (interrupt.happened()) {
      say(paint('yellow', 'stopped; the cluster goes as well'));
      return 130; // as a shell tells of SIGINT
    }
    writeIndex(performed, OUT);
    sayEnd(performed, { out: OUT, took: performance.now() - begin });
    return performed.every(({ differences }) => differences.length === 0) ? 0 : 1;
  } finally {
    await github.close();
    await cluster.stop();
  }
}

async function performAll(stage: Stage): Promise<Performed[]> {
  rmSync(stage.out, { recursive: true, force: true });
  const performed: Performed[] = [];
  for (const [i, scene] of SCENES.entries()) {
    if (interrupt.happened()) break;
    sayScene(scene, i);
    performed.push(await perform(scene, stage));
    if (!interrupt.happened()) sayAct(performed.at(-1) as Performed);
  }
  return performed;
}

/** The pull request of each commit that was pushed, as GitHub would answer. */
function toPulls() {
  const merged_at = new Date().toISOString();
  return Object.fromEntries(
    SCENES.map((scene) => [commitOf(scene), [{ number: scene.pullRequest, merged_at }]]),
  );
}
