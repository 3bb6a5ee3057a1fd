import type { ValuesLayer } from '../release/spec.ts';
import { type Leaf, toLeaves, toPathText } from '../release/values-paths.ts';
import { toShownValue } from '../secrecy/shown-value.ts';
import type { PreparedChart } from './chart.ts';
import { createValuesPrinter, type PrinterPorts } from './print-values.ts';
import type { EffectiveValue } from './state.ts';

/**
 * What the chart gets, leaf by leaf, and the layer from which each came. helm itself says it: for the
 * chart alone, then with one layer more at a time. `layers` are those that the chart was prepared
 * with, decrypted; what they set comes first, because a chart has hundreds of values of its own.
 * Copies of global values in sub-charts are left out.
 * Throws DeployErrors with what helm says when it refuses the values.
 */
export async function readEffectiveValues(
  chart: PreparedChart,
  layers: readonly ValuesLayer[],
  ports: PrinterPorts,
): Promise<readonly EffectiveValue[]> {
  const readValues = createValuesPrinter(chart, ports);
  const origins = [CHART, ...layers.map(toOrigin)];
  let leaves: ReadonlyMap<string, Found> = new Map();
  for (const [index, origin] of origins.entries()) {
    const tree = await readValues(chart.request.values.slice(0, index));
    leaves = mark(tree, origin, leaves);
  }
  const told = [...leaves].filter(([, found]) => !isCopy(found, leaves));
  const isOwn = ([, { origin }]: (typeof told)[number]) => origin === CHART;
  return [...told.filter((one) => !isOwn(one)), ...told.filter(isOwn)].map(([path, found]) =>
    toEffective(path, found),
  );
}

interface Origin {
  readonly name: string;
  /** All that comes from there is. */
  readonly secret: boolean;
}

const CHART: Origin = { name: 'chart', secret: false };

function toOrigin(layer: ValuesLayer): Origin {
  if (layer.type === 'file') return { name: layer.written, secret: layer.secret === true };
  return { name: layer.type === 'inline' ? 'values-inline' : layer.type, secret: false };
}

interface Found extends Leaf {
  readonly origin: Origin;
}

/** The leaves of a tree: those that are as they were keep where they came from. */
function mark(
  tree: unknown,
  origin: Origin,
  before: ReadonlyMap<string, Found>,
): ReadonlyMap<string, Found> {
  const found = toLeaves(tree).map((leaf): [string, Found] => {
    const path = toPathText(leaf.path);
    const old = before.get(path);
    return [path, old && isSame(old, leaf) ? old : { ...leaf, origin }];
  });
  return new Map(found);
}

function isSame(one: Leaf, other: Leaf): boolean {
  return JSON.stringify(one.value) === JSON.stringify(other.value);
}

/** helm puts all global values into every sub-chart: dozens of rows that say nothing new. */
function isCopy(leaf: Leaf, leaves: ReadonlyMap<string, Leaf>): boolean {
  const at = leaf.path.lastIndexOf('global');
  if (at < 1) return false;
  const original = leaves.get(toPathText(leaf.path.slice(at)));
  return original ? isSame(original, leaf) : JSON.stringify(leaf.value) === '{}';
}

function toEffective(path: string, { value, origin, path: parts }: Found): EffectiveValue {
  const shown = origin.secret ? '' : toShownValue(parts, value);
  return { path, value: shown, from: origin.name, secret: shown === '' };
}
