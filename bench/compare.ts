import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Cluster } from '../local-cluster/cluster.ts';
import { type Contender, runHelm, runSlipway, type Setting } from './contenders.ts';
import type { Measured } from './measure.ts';
import { GROUP } from './options.ts';
import { type ReadyPods, untilQuiet } from './quiet.ts';

export type Case = 'changed' | 'unchanged';

/** One deploy of each side, one after the other. */
export interface Pair {
  readonly slipway: Measured;
  readonly helm: Measured;
}

export interface Comparison {
  readonly objects: number;
  readonly pairs: Readonly<Record<Case, readonly Pair[]>>;
}

/** Milliseconds after which a size has been measured often enough: helm 4 may wait minutes for 400 objects. */
const LONGEST = 15 * 60_000;

/**
 * Deploys a release of that size again and again with both, each in a namespace of its own: changed (every
 * pod is replaced) and then unchanged, Slipway first, then helm, and so on. The first round of each
 * (install, change, no change) warms up and does not count.
 */
export async function compareSize(
  objects: number,
  { setting, cluster, runs, log }: Bench,
): Promise<Comparison> {
  const sides = await Promise.all([
    makeSide(runSlipway, `bench-slipway-${objects}`, cluster),
    makeSide(runHelm, `bench-helm-${objects}`, cluster),
  ]);
  const deployBoth = async (version: number, expected: 'deployed' | 'unchanged') => {
    const groups = objects / GROUP;
    const tag = `1.${version}`;
    writeFileSync(
      path.join(setting.workspace, 'values.yaml'),
      `groups: ${groups}\ntag: "${tag}"\n`,
    );
    const measured: Measured[] = [];
    for (const { run, namespace } of sides) {
      measured.push(await run(setting, { namespace, expected }));
      await untilQuiet(cluster, namespace, { pods: groups, tag } satisfies ReadyPods);
    }
    const [slipway, helm] = measured as [Measured, Measured];
    log(
      `${objects} objects, ${tag}, ${expected}: Slipway ${seconds(slipway)}, helm ${seconds(helm)}`,
    );
    return { slipway, helm };
  };

  const start = performance.now();
  const pairs = { changed: [] as Pair[], unchanged: [] as Pair[] };
  await deployBoth(0, 'deployed');
  for (let round = 0; round <= runs; round++) {
    const changed = await deployBoth(round + 1, 'deployed');
    const unchanged = await deployBoth(round + 1, 'unchanged');
    if (round === 0) continue;
    pairs.changed.push(changed);
    pairs.unchanged.push(unchanged);
    if (performance.now() - start > LONGEST) break;
  }
  return { objects, pairs };
}

export interface Bench {
  readonly setting: Setting;
  readonly cluster: Cluster;
  readonly runs: number;
  readonly log: (line: string) => void;
}

interface Side {
  readonly run: Contender;
  readonly namespace: string;
}

async function makeSide(run: Contender, namespace: string, cluster: Cluster): Promise<Side> {
  await cluster.addNamespace(namespace);
  return { run, namespace };
}

function seconds({ time }: Measured): string {
  return `${(time / 1000).toFixed(2)} s`;
}
