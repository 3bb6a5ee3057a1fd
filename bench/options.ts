import { parseArgs } from 'node:util';

export interface Options {
  /** Pairs that are measured for each size and case, fewer when they take too long. */
  readonly runs: number;
  /** Objects of the release. */
  readonly sizes: readonly number[];
  /** Version of the helm that both sides use. */
  readonly helm: string;
}

/** The chart `many` makes five objects for each group. */
export const GROUP = 5;

export const USAGE = `npm run bench -- [--runs 5] [--sizes 5,40,400] [--helm 4.2.3 | 3.17.3]`;

/** Throws an Error with a sentence for what it does not understand. */
export function parseOptions(args: readonly string[], helms: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      runs: { type: 'string', default: '5' },
      sizes: { type: 'string', default: '5,40,400' },
      helm: { type: 'string', default: helms[0] ?? '' },
    },
  });
  const sizes = values.sizes.split(',').map((size) => parseCount(size, 'sizes'));
  const odd = sizes.find((size) => size % GROUP !== 0);
  if (odd !== undefined) throw new Error(`--sizes: ${odd} is not a multiple of ${GROUP}`);
  if (!helms.includes(values.helm)) {
    throw new Error(`--helm: there is no helm ${values.helm} here, only ${helms.join(' and ')}`);
  }
  return { runs: parseCount(values.runs, 'runs'), sizes, helm: values.helm };
}

function parseCount(text: string, option: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count > 0) return count;
  throw new Error(`--${option}: ${text} is not a number of at least 1`);
}
