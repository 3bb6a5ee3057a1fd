import { DeployError } from '../errors.ts';
import { findNearest } from '../nearest.ts';
import type { Command } from '../report/report.ts';
import { parseEach } from './gather.ts';
import type { Given } from './given.ts';
import { findInput, INPUTS } from './inputs.ts';
import { UNAVAILABLE_INPUTS } from './unavailable.ts';

/** Throws for every input that does not exist or does not work yet. */
export function checkKnown(given: Given): void {
  parseEach(given.names, (name) => {
    const instead = UNAVAILABLE_INPUTS.get(name);
    if (findInput(name) || (instead && !given.has(name))) return;
    throw instead
      ? new DeployError(
          'input-unavailable',
          `\`${name}\` is not available yet in this version of Slipway.`,
          { hint: instead },
        )
      : unknown(name);
  });
}

/** Throws for every input that was given to a command which does not use it. */
export function checkUsed(given: Given, command: Command): void {
  // One step serves both commands of `auto`; each of its inputs is used by one of them.
  if (given.text('command') === 'auto') return;
  parseEach(given.names, (name) => {
    const commands = findInput(name)?.commands;
    if (!commands || commands.includes(command) || !given.has(name)) return;
    throw new DeployError('input-unused', `\`command: ${command}\` does not use \`${name}\`.`, {
      hint: `Remove \`${name}\`; only \`${commands.join('` and `')}\` ${commands.length > 1 ? 'use' : 'uses'} it.`,
    });
  });
}

function unknown(name: string): DeployError {
  const [nearest] = findNearest(
    name,
    INPUTS.map((input) => input.name),
  );
  const variable = `INPUT_${name.toUpperCase()}`;
  return new DeployError('input-unknown', `\`${name}\` is not an input of Slipway.`, {
    hint: nearest
      ? `Did you mean \`${nearest}\`?`
      : `Remove it from the \`with:\` of the step, or rename the environment variable ${variable} if you set that.`,
  });
}
