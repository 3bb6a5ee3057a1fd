/* One release in a fake cluster with a fake helm and a fake clock: what the tests of execution share. */
import { type ExecuteRequest, execute } from '../../src/execute/execute.ts';
import type { Event, Outcome } from '../../src/execute/outcome.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { planReads, planRelease } from '../../src/plan/planner.ts';
import type { KubeObject } from '../../src/release/object.ts';
import { parseRecord } from '../../src/release/record.ts';
import type { Policy } from '../../src/release/spec.ts';
import { readHookInputs } from '../../src/state/hook-inputs.ts';
import { readLive } from '../../src/state/live.ts';
import { readState } from '../../src/state/read-state.ts';
import { fakeClock } from '../fakes/clock.ts';
import { fakeCluster } from '../fakes/cluster.ts';
import { fakeHelm } from '../fakes/helm.ts';
import { makeRendering, makeSpec } from '../fakes/plan.ts';

export interface WorldOptions {
  /** Rendering that is deployed. */
  readonly manifest: string;
  /** helm's records that stand already. */
  readonly records?: readonly KubeObject[];
  readonly policy?: Partial<Policy>;
}

export type World = ReturnType<typeof makeWorld>;

export function makeWorld({ manifest, records = [], policy }: WorldOptions) {
  const cluster = fakeCluster();
  const clock = fakeClock();
  const helm = fakeHelm(cluster);
  const cancel = new AbortController();
  const events: Event[] = [];
  const spec = makeSpec(policy);
  const rendering = makeRendering(manifest, 'source-2');
  helm.manifest = manifest;
  cluster.put({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } });
  for (const record of records) cluster.put(record);

  const ports = { cluster, helm, clock };
  const planNow = async () => {
    const state = await readState(spec.target, ports);
    const reads = planReads(spec, state, rendering.source);
    const live = await readLive(reads.live, spec.target, cluster);
    const inputs = await readHookInputs(reads.inputs, cluster);
    return planRelease(spec, { ...state, live, inputs }, rendering);
  };
  const request: ExecuteRequest = {
    ...ports,
    signal: cancel.signal,
    emit: (event) => events.push(event),
    holder: 'run/1#a',
    chart: {
      release: 'app',
      namespace: 'shop',
      chart: '/work/chart',
      values: [],
      options: {
        skipSchemaValidation: false,
        skipCrds: false,
        further: { template: [], upgrade: [] },
      },
    },
    readState: () => readState(spec.target, ports),
    replan: planNow,
  };

  return {
    ...ports,
    cancel,
    events,
    request,
    plan: planNow,
    /** Plans and executes, with as much time as it needs; `before` runs between the two. */
    async run(before: (plan: Plan) => void = () => {}): Promise<Outcome> {
      const plan = await planNow();
      before(plan);
      return clock.pass(execute(plan, request));
    },
    at(milliseconds: number, what: () => void): void {
      void clock.sleep(milliseconds).then(what);
    },
    record: (number: number) => cluster.find('Secret', `sh.helm.release.v1.app.v${number}`),
    /** `status verdict` of every revision, oldest first. */
    history: () =>
      Array.from({ length: 20 }, (_, index) =>
        cluster.find('Secret', `sh.helm.release.v1.app.v${index + 1}`),
      ).flatMap((secret) => {
        if (!secret) return [];
        const { number, status, verdict } = parseRecord(secret);
        return [`${number} ${status} ${verdict}`];
      }),
    /** Writes without those of the Lease, which is always taken and given up. */
    writes: () => cluster.writes.filter((write) => !write.includes('Lease')),
  };
}

/** `upgrade done`, `watch failed`, … */
export function tellSteps({ steps, remediation }: Outcome): readonly string[] {
  return [...steps, ...(remediation?.steps ?? [])].map(
    ({ operation, result }) => `${operation.type} ${result}`,
  );
}
