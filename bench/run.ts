/**
 * `npm run bench`: our whole deploy against `helm upgrade --install --wait`, side by side. A benchmark,
 * not a test: it fails only when a deploy does, whatever the figures. docs/benchmarks.md explains it.
 */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { helmMirror, MIRRORED_HELM_VERSIONS } from '../__tests__/mirror/helm-mirror.ts';
import { startCluster } from '../local-cluster/cluster.ts';
import { type Comparison, compareSize } from './compare.ts';
import { type Options, parseOptions, USAGE } from './options.ts';
import { renderTable } from './table.ts';

const ROOT = path.join(import.meta.dirname, '..');
/** Progress is no result: the table alone goes to stdout. */
const log = (line: string) => console.error(line);

async function bench(options: Options): Promise<readonly Comparison[]> {
  const root = mkdtempSync(path.join(tmpdir(), 'slipway-bench-'));
  // Of its own, so that nobody else's load is on it.
  const cluster = await startCluster({ log });
  try {
    const setting = {
      workspace: path.join(root, 'workspace'),
      toolCache: path.join(root, 'tools'),
      bundle: path.join(root, 'dist'),
      kubeconfig: cluster.kubeconfig('deployer'),
      helm: options.helm,
      mirror: await helmMirror(),
    };
    cpSync(path.join(ROOT, 'dist'), setting.bundle, { recursive: true });
    const chart = path.join(ROOT, '__tests__', 'charts', 'many');
    cpSync(chart, path.join(setting.workspace, 'chart'), { recursive: true });
    const comparisons: Comparison[] = [];
    for (const size of options.sizes) {
      comparisons.push(await compareSize(size, { setting, cluster, runs: options.runs, log }));
    }
    return comparisons;
  } finally {
    await cluster.stop();
    rmSync(root, { recursive: true, force: true });
  }
}

function renderMachine({ helm }: Options): string {
  const model = cpus()[0]?.model.trim() ?? process.arch;
  const date = new Date().toISOString().slice(0, 10);
  return `${date}, ${availableParallelism()} cores (${model}), Node ${process.versions.node}, helm ${helm} on both sides, local cluster on the same machine. Times are medians.`;
}

try {
  const options = parseOptions(process.argv.slice(2), MIRRORED_HELM_VERSIONS);
  const comparisons = await bench(options);
  console.log(`${renderMachine(options)}\n\n${renderTable(comparisons)}`);
} catch (error) {
  console.error((error as Error).message);
  console.error(USAGE);
  process.exitCode = 1;
}
