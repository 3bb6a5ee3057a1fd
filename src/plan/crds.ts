import { withoutServerFields } from '../release/crd.ts';
import { isMap } from '../release/json.ts';
import { hasRelease } from '../release/revision.ts';
import type { ReleaseSpec } from '../release/spec.ts';
import type { ChartCrd, Rendering, State } from '../state/state.ts';
import { planFields } from './changes/fields.ts';
import { planTellingFields } from './changes/telling.ts';
import type { Change, Operation } from './plan.ts';

/*
 * CRDs of `crds/`: helm creates those that are absent when it installs a release, and never looks at
 * them again. We create them just before: Helm 4 does not wait until they are served when it waits for
 * hooks only (`hookOnlyWaiter` of its pkg/kube), and then does not know the kinds of its own chart.
 * `crds: apply` has us apply them before every deploy. Nobody deletes them or rolls them back: all
 * objects of their kind would go with them.
 */

/** As many are named in a note. */
const MAX_NAMES = 3;

/** What the deploy makes of them; of one that may not be read nothing is said. */
export function planCrdChanges(
  spec: Pick<ReleaseSpec, 'policy'>,
  rendering: Pick<Rendering, 'crds'>,
  state: Pick<State, 'history'>,
): readonly Change[] {
  return choose(spec, rendering, state).flatMap(toChange);
}

export function planCrdOperations(
  spec: Pick<ReleaseSpec, 'policy'>,
  rendering: Pick<Rendering, 'crds'>,
  state: Pick<State, 'history'>,
): readonly Operation[] {
  const objects = choose(spec, rendering, state).map(({ object }) => object);
  const type = spec.policy.crds === 'apply' ? 'apply-crds' : 'create-crds';
  return objects.length > 0 ? [{ type, objects }] : [];
}

/**
 * Those that we write: with `apply` all at every deploy, for what the plan cannot see of them costs
 * nothing to say again; else what a first install has to bring.
 */
function choose(
  { policy }: Pick<ReleaseSpec, 'policy'>,
  { crds = [] }: Pick<Rendering, 'crds'>,
  state: Pick<State, 'history'>,
): readonly ChartCrd[] {
  if (policy.crds === 'apply') return crds;
  const isWanted = policy.crds === 'helm' && !hasRelease(state);
  return isWanted ? crds.filter(({ live }) => live === 'absent') : [];
}

/** What helm will leave as it is, and what could not be read. */
export function tellCrds(
  { policy }: Pick<ReleaseSpec, 'policy'>,
  { crds = [] }: Pick<Rendering, 'crds'>,
  state: Pick<State, 'history'>,
): readonly string[] {
  const unknown = crds.filter(({ live }) => live === 'unknown');
  const helm = policy.crds === 'helm';
  const missing = helm && hasRelease(state) ? crds.filter(({ live }) => live === 'absent') : [];
  const other = helm ? crds.filter((crd) => crd.live !== 'absent' && toChange(crd).length > 0) : [];
  return [
    ...tell(unknown, 'not compared with the cluster: that needs get on customresourcedefinitions.'),
    ...tell(
      missing,
      'not in the cluster, and helm creates CRDs only when it installs a release; `crds: apply` would.',
    ),
    ...tell(other, 'not as in the chart, and helm does not update CRDs; `crds: apply` would.'),
  ];
}

/** One note for all: a chart brings dozens, and the same holds for each. */
function tell(crds: readonly ChartCrd[], what: string): readonly string[] {
  if (crds.length === 0) return [];
  const names = crds.slice(0, MAX_NAMES).map(({ object }) => object.ref.name);
  const left = crds.length - names.length;
  const list = `${names.join(', ')}${left > 0 ? ` and ${left} more` : ''}`;
  const who =
    crds.length === 1
      ? `CustomResourceDefinition ${list} is`
      : `CustomResourceDefinitions ${list} are`;
  return [`${who} ${what}`];
}

function toChange({ object, live }: ChartCrd): readonly Change[] {
  const { key, ref } = object;
  const change = { key, ref, hook: [], restartsPods: false, keptBy: [] };
  if (live === 'unknown') return [];
  if (live === 'absent') {
    return [{ ...change, action: 'create', fields: planTellingFields(object.object) }];
  }
  const wanted = withoutServerFields(object.object);
  const fields = planFields(cut(live, wanted), wanted);
  return fields.length > 0 ? [{ ...change, action: 'update', fields }] : [];
}

/**
 * The part of a live value that the chart speaks of: the server adds defaults, and leaves out what is
 * empty.
 */
function cut(live: unknown, wanted: unknown): unknown {
  if (live === undefined && isEmpty(wanted)) return wanted;
  if (Array.isArray(live) && Array.isArray(wanted)) {
    return live.map((one, index) => (index < wanted.length ? cut(one, wanted[index]) : one));
  }
  if (!isMap(live) || !isMap(wanted)) return live;
  const entries = Object.entries(wanted).map(([key, value]) => [key, cut(live[key], value)]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null ? Object.keys(value).length === 0 : !value;
}
