import { isMap } from '../release/json.ts';
import type { Revision } from '../release/revision.ts';
import type { ReleaseSpec, ValuesLayer } from '../release/spec.ts';
import { type Leaf, toLeaves, toPathText } from '../release/values-paths.ts';
import { parseYaml, YamlError } from '../release/yaml.ts';
import { toShownValue } from '../secrecy/shown-value.ts';
import type { State } from '../state/state.ts';
import type { DroppedValue } from './plan.ts';

/**
 * Values that somebody else's helm gave to the deployed revision and that no layer sets: a deploy drops
 * them, because it never reuses values. In the order of the record; empty when the revision is ours.
 */
export function planDropped({ layers }: ReleaseSpec, state: State): readonly DroppedValue[] {
  const deployed = findDeployed(state);
  if (deployed?.verdict !== 'foreign') return [];
  const trees = layers.map(toTree);
  return toLeaves(deployed.config)
    .filter(({ path, value }) => !isEmptyMap(value) && !trees.some((tree) => sets(tree, path)))
    .map(({ path, value }) => ({ path: toPathText(path), value: toShownValue(path, value) }));
}

/** What runs now; after an attempt that failed or has not ended, what ran before it. */
function findDeployed({ history, lastGood }: State): Revision | undefined {
  const newest = history.at(-1);
  return newest?.status === 'deployed' ? newest : history.find(({ number }) => number === lastGood);
}

/** How a plan begins to speak of a revision that somebody else's helm made. */
export function tellForeign({ target }: ReleaseSpec, { history }: State, newest: Revision): string {
  const which = `revision ${newest.number}, ${new Date(newest.updated).toISOString().slice(0, 10)}`;
  const wasOurs = history.some(({ verdict }) => verdict !== 'foreign');
  return wasOurs
    ? `Release ${target.release} was changed by somebody else's helm (${which})`
    : `Release ${target.release} was deployed by somebody else's helm (${which})`;
}

/** Some texts only helm can read: what they set is not known, so nothing is said to go. */
const ALL = 'everything';

function toTree(layer: ValuesLayer): unknown {
  if ('values' in layer) return layer.values;
  try {
    return parseYaml(layer.text) ?? {};
  } catch (error) {
    if (error instanceof YamlError) return ALL;
    throw error;
  }
}

/** Whether the value at the path is decided by the tree: by itself, or by what stands in place of a parent. */
function sets(tree: unknown, path: Leaf['path']): boolean {
  const [first, ...rest] = path;
  // A list is replaced as a whole.
  if (first === undefined || typeof first === 'number' || !isMap(tree)) return true;
  return Object.hasOwn(tree, first) && sets(tree[first], rest);
}

function isEmptyMap(value: unknown): boolean {
  return isMap(value) && Object.keys(value).length === 0;
}
