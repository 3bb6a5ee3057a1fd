import { DeployError } from '../errors.ts';
import type { Event } from '../execute/outcome.ts';
import type { Plan } from '../plan/plan.ts';
import { planRelease, toReadLive } from '../plan/planner.ts';
import type { Clock, Cluster, Files, Helm } from '../ports.ts';
import type { ReleaseSpec } from '../release/spec.ts';
import { type PreparedChart, prepareChart } from '../state/chart.ts';
import { readLive } from '../state/live.ts';
import { readState } from '../state/read-state.ts';
import { render } from '../state/render.ts';
import type { State } from '../state/state.ts';

/** The world of one release, as main wires it. */
export interface Ports {
  readonly cluster: Cluster;
  readonly helm: Helm;
  readonly files: Files;
  readonly clock: Clock;
  /** Aborts when the run is cancelled. */
  readonly signal: AbortSignal;
  readonly emit: (event: Event) => void;
  /** Hides the values of these Secrets from every text, from now on. */
  readonly learnSecrets: (state: State, plan: Plan['rendering']) => void;
  /** The same as far as it can be told when there is no rendering. */
  readonly guessSecrets: (state: State, layers: ReleaseSpec['layers']) => void;
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
  spec: ReleaseSpec,
  ports: Ports,
  trust: 'trusted' | 'untrusted',
): Promise<Planned> {
  const { cluster, helm } = ports;
  const log = (message: string) => ports.emit({ type: 'note', message });
  const [records, chart] = await Promise.all([
    readState(spec.target, ports),
    prepareChart(spec, { ...ports, log }),
  ]);
  refuseMissingNamespace(spec, records);
  const rendered = render(chart, records, { helm, spec, trust }).catch((error) => {
    // helm's message may quote a value that would have become a Secret.
    ports.guessSecrets(records, spec.layers);
    throw error;
  });
  const [rendering, live] = await Promise.all([
    rendered,
    readLive(toReadLive(spec, records, chart.source), spec.target, cluster),
  ]);
  ports.learnSecrets(records, rendering);
  return { plan: planRelease(spec, { ...records, live }, rendering), chart };
}

function refuseMissingNamespace({ target }: ReleaseSpec, state: State): void {
  if (state.namespace !== 'absent' || target.namespace.create) return;
  throw new DeployError('namespace-missing', `Namespace ${target.namespace.name} does not exist.`, {
    hint: 'Create it, or remove `create-namespace: false`.',
  });
}
