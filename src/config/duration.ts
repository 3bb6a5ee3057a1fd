import { DeployError } from '../errors.ts';
import type { Written } from './scalars.ts';

const UNITS: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

/**
 * The longest that a job may run, on self-hosted runners
 * (https://docs.github.com/actions/reference/limits); Node's timers overflow only at 24 days.
 */
const LONGEST = 5 * 24 * 3_600_000;

const EXAMPLE = 'Write a number with its unit, such as `10m`, `90s` or `1h30m`';

/** Milliseconds of a duration as Go and helm write it, from hours down to milliseconds. */
export function parseDuration({ name: input, text }: Written): number {
  if (/^\d+(\.\d+)?$/.test(text)) {
    throw new DeployError('duration-without-unit', `\`${input}\` is \`${text}\`, without a unit.`, {
      hint:
        text === '0'
          ? 'Write `0s`.'
          : `Write \`${text}s\` for seconds or \`${text}m\` for minutes.`,
    });
  }
  if (!/^(\d+(\.\d+)?(ms|h|m|s))+$/.test(text)) {
    throw invalid(`\`${input}\` is \`${text}\`, which is not a duration.`);
  }
  const parts = text.matchAll(/(\d+(?:\.\d+)?)(ms|h|m|s)/g);
  const total = [...parts].reduce(
    (sum, [, n, unit]) => sum + Number(n) * (UNITS[unit ?? ''] ?? 0),
    0,
  );
  if (total > LONGEST) {
    throw invalid(`\`${input}\` is \`${text}\`, longer than the five days that a job may run.`);
  }
  return Math.round(total);
}

/** A budget in which something has to happen: at least a second, the unit in which helm counts. */
export function parseTimeout(written: Written): number {
  const milliseconds = parseDuration(written);
  if (milliseconds < 1000)
    throw invalid(`\`${written.name}\` is \`${written.text}\`, less than a second.`);
  return milliseconds;
}

function invalid(message: string): DeployError {
  return new DeployError('input-invalid', message, { hint: `${EXAMPLE}.` });
}
