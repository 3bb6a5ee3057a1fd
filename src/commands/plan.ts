import { DeployError } from '../errors.ts';
import type { Event } from '../execute/outcome.ts';
import type { Plan } from '../plan/plan.ts';
import { planReads, planRelease } from '../plan/planner.ts';
import type { Clock, Cluster, Decryptor, Files, Helm, Registries } from '../ports.ts';
import type { ReleaseSpec } from '../release/spec.ts';
import { type PreparedChart, prepareChart } from '../state/chart.ts';
import { readCrds } from '../state/crds.ts';
import { decryptLayers } from '../state/decrypt-layers.ts';
import { readEffectiveValues } from '../state/effective-values.ts';
import { readHookInputs } from '../state/hook-inputs.ts';
import { readLive } from '../state/live.ts';
import { readState } from '../state/read-state.ts';
import { type RenderOptions, render } from '../state/render.ts';
import type { State } from '../state/state.ts';

/** The world of one release, as main wires it. */
export interface Ports {
  readonly cluster: Cluster;
  readonly helm: Helm;
  readonly files: Files;
  readonly decryptor: Decryptor;
  readonly registries: Registries;
  readonly clock: Clock;
  /** Aborts when the run is cancelled. */
  readonly signal: AbortSignal;
  readonly emit: (event: Event) => void;
  /** Hides the values of these Secrets from every text, from now on. */
  readonly learnSecrets: (state: State, plan: Plan['rendering']) => void;
  /** The same as far as it can be told when there is no rendering. */
  readonly guessSecrets: (state: State, layers: ReleaseSpec['layers']) => void;
  /** Hides every value below the given one, from now on; words that the spec says openly stay readable. */
  readonly learnValues: (values: unknown, spec: ReleaseSpec) => void;
}

export interface PlanOptions {
  /** The chart comes from a pull request: its templates must not read the cluster. */
  readonly trust: 'trusted' | 'untrusted';
  /** Whether to tell each value that the chart gets, and the layer that it is from. */
  readonly showValues?: boolean;
  /** Of an earlier plan of the same run: what was fetched is fetched once. */
  readonly chart?: PreparedChart;
}

export interface Planned {
  readonly plan: Plan;
  readonly chart: PreparedChart;
}

/**
 * State, rendering, plan. Changes nothing.
 * @throws DeployError, DeployErrors for everything that stops a run before the cluster is touched
 */
export async function plan(
  given: ReleaseSpec,
  ports: Ports,
  { trust, showValues = false, chart: prepared }: PlanOptions,
): Promise<Planned> {
  const { cluster, helm } = ports;
  const layers = await decryptLayers(given, {
    ...ports,
    learn: (values) => ports.learnValues(values, given),
  });
  const spec = { ...given, layers };
  const log = (message: string) => ports.emit({ type: 'note', message });
  const [records, chart] = await Promise.all([
    readState(spec.target, ports),
    prepared ?? prepareChart(spec, { ...ports, log }),
  ]);
  refuseMissingNamespace(spec, records);
  const rendered = renderAndLearn(chart, records, { ...ports, spec, trust });
  const reads = planReads(spec, records, chart.source);
  const [rendering, live, inputs, crds] = await Promise.all([
    rendered,
    readLive(reads.live, spec.target, cluster),
    readHookInputs(reads.inputs, cluster),
    // After the rendering, which tells best what is wrong with a chart.
    rendered.then(() =>
      readCrds(chart, spec, { cluster, helm, kubeVersion: records.versions.server }),
    ),
  ]);
  const values = showValues
    ? await readEffectiveValues(chart, layers, { ...ports, kubeVersion: records.versions.server })
    : undefined;
  const planned = planRelease(spec, { ...records, live, inputs }, { ...rendering, crds });
  return { plan: { ...planned, values }, chart };
}

/** What is secret in a release is hidden before anybody else may speak of it. */
async function renderAndLearn(
  chart: PreparedChart,
  records: State,
  options: RenderOptions & Pick<Ports, 'learnSecrets' | 'guessSecrets'>,
): Promise<Plan['rendering']> {
  try {
    const rendering = await render(chart, records, options);
    options.learnSecrets(records, rendering);
    return rendering;
  } catch (error) {
    // helm's message may quote a value that would have become a Secret.
    options.guessSecrets(records, options.spec.layers);
    throw error;
  }
}

function refuseMissingNamespace({ target }: ReleaseSpec, state: State): void {
  if (state.namespace !== 'absent' || target.namespace.create) return;
  throw new DeployError('namespace-missing', `Namespace ${target.namespace.name} does not exist.`, {
    hint: 'Create it, or remove `create-namespace: false`.',
  });
}
