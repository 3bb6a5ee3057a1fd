import type { ReportTarget } from '../report.ts';
import { FATES, type FateWords, toFate, worstFirst } from './fate.ts';
import { name, type Phrase, say } from './phrase.ts';

/** Names in one group; the rest is counted. */
const MAX_NAMES = 3;

/** One sentence for many: `2 of 3 deployed; db failed and was rolled back; web was skipped`. */
export function tellOverall(targets: readonly ReportTarget[]): Phrase {
  const groups = [...Map.groupBy(worstFirst(targets), (target) => FATES[toFate(target)].words)].map(
    ([words, group]) => ({ words, group, tone: toneOf(group) }),
  );
  const good = groups.filter(({ tone }) => tone === 'good');
  const bad = groups.filter(({ tone }) => tone === 'bad');
  const counted = good.map(({ words, group }, i) =>
    i === 0 ? `${tellShare(group.length, targets.length)} ${words}` : `${group.length} ${words}`,
  );
  return [
    ...(counted.length > 0 ? [say`${counted.join(', ')}`] : []),
    ...bad.map(({ words, group }) => tellNamed(words, group)),
  ].flatMap((part, i) => (i === 0 ? part : say`; ${part}`));
}

/** The environment when it is the same for all, as it is in one job; empty otherwise. */
export function commonEnvironment(targets: readonly ReportTarget[]): string {
  const [environment = '', ...others] = new Set(targets.map((target) => target.environment));
  return others.length > 0 ? '' : environment;
}

function toneOf([first]: readonly ReportTarget[]): FateWords['tone'] {
  return first ? FATES[toFate(first)].tone : 'good';
}

function tellShare(count: number, all: number): string {
  return count === all ? `all ${all}` : `${count} of ${all}`;
}

function tellNamed(words: string, group: readonly ReportTarget[]): Phrase {
  const more = group.length > MAX_NAMES + 1 ? group.length - MAX_NAMES : 0;
  const shown = group.slice(0, group.length - more).map(({ release }) => say`${name(release)}`);
  const parts = more > 0 ? [...shown, say`${more} more`] : shown;
  const told = parts.flatMap((part, i) => {
    if (i === 0) return part;
    return i === parts.length - 1 ? say` and ${part}` : say`, ${part}`;
  });
  return say`${told} ${parts.length > 1 ? words.replace(/\bwas\b/, 'were') : words}`;
}
