import type { Case, Comparison, Pair } from './compare.ts';
import { MEMORY_GOAL, RATIO_GOALS } from './goals.ts';

/** The figures as Markdown: one row for each size and case, then one for our memory. */
export function renderTable(comparisons: readonly Comparison[]): string {
  const rows = comparisons.flatMap(({ objects, pairs }) =>
    (['changed', 'unchanged'] as const).map((what) => toRow(objects, what, pairs[what])),
  );
  return [
    '| objects | | pairs | helm `--wait` | Slipway | Slipway ÷ helm (min – max) | goal | met | peak memory: Slipway (helm) |',
    '|---|---|---|---|---|---|---|---|---|',
    ...rows.map((cells) => `| ${cells.join(' | ')} |`),
    '',
    ...comparisons.flatMap(renderMemory),
  ].join('\n');
}

function toRow(objects: number, what: Case, pairs: readonly Pair[]): readonly string[] {
  const ratios = pairs.map(({ slipway, helm }) => slipway.time / helm.time);
  const ratio = median(ratios);
  const goal = RATIO_GOALS.find((one) => one.objects === objects && one.what === what)?.ratio;
  return [
    String(objects),
    what,
    String(pairs.length),
    seconds(pairs.map(({ helm }) => helm.time)),
    seconds(pairs.map(({ slipway }) => slipway.time)),
    `**${ratio.toFixed(2)}** (${Math.min(...ratios).toFixed(2)} – ${Math.max(...ratios).toFixed(2)})`,
    goal === undefined ? '' : `≤ ${goal.toFixed(1)}`,
    goal === undefined ? '' : toMet(ratio <= goal),
    `${megabytes(peakOf(pairs, 'slipway'))} (${megabytes(peakOf(pairs, 'helm'))})`,
  ];
}

function renderMemory({ objects, pairs }: Comparison): readonly string[] {
  const peak = peakOf([...pairs.changed, ...pairs.unchanged], 'slipway');
  if (objects !== MEMORY_GOAL.objects || peak === undefined) return [];
  const met = toMet(peak <= MEMORY_GOAL.peak);
  return [
    `Peak memory of Slipway's own process at ${objects} objects: **${megabytes(peak)}**, goal at most ${MEMORY_GOAL.peak} MB, met: ${met}.`,
  ];
}

/** The largest of all runs. */
function peakOf(pairs: readonly Pair[], side: keyof Pair): number | undefined {
  const peaks = pairs.flatMap((pair) => pair[side].peak ?? []);
  return peaks.length === 0 ? undefined : Math.max(...peaks);
}

function toMet(isMet: boolean): string {
  return isMet ? 'yes' : '**no**';
}

function megabytes(value: number | undefined): string {
  return value === undefined ? '–' : `${Math.round(value)} MB`;
}

function seconds(times: readonly number[]): string {
  return `${(median(times) / 1000).toFixed(2)} s`;
}

/** Of an even number, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length / 2;
  const [low = Number.NaN, high = low] = Number.isInteger(middle)
    ? sorted.slice(middle - 1, middle + 1)
    : sorted.slice(Math.floor(middle));
  return Number.isInteger(middle) ? (low + high) / 2 : low;
}
