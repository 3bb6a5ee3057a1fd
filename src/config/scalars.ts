import { DeployError } from '../errors.ts';
import type { Given } from './given.ts';
import type { InputName } from './inputs.ts';
import { findNearest } from './nearest.ts';

/** A boolean of YAML 1.2's core schema, as `getBooleanInput` of @actions/core takes it. */
export function parseSwitch(given: Given, name: InputName): boolean {
  const text = given.text(name);
  if (/^(true|True|TRUE)$/.test(text)) return true;
  if (/^(false|False|FALSE)$/.test(text)) return false;
  throw new DeployError('input-invalid', `\`${name}\` is \`${text}\`, neither true nor false.`, {
    hint: `Write \`${name}: true\` or \`${name}: false\`.`,
  });
}

/** One word of a few. */
export function parseChoice<const T extends string>(
  given: Given,
  name: InputName,
  choices: readonly T[],
): T {
  const text = given.text(name);
  const found = choices.find((choice) => choice === text);
  if (found) return found;
  const [nearest] = findNearest(text, choices);
  throw new DeployError(
    'input-invalid',
    `\`${name}\` is \`${text}\`, which Slipway does not know.`,
    {
      hint: nearest
        ? `Did you mean \`${nearest}\`?`
        : `Use ${choices.map((choice) => `\`${choice}\``).join(' or ')}.`,
    },
  );
}

/** Undefined when none was given. */
export function parsePullRequest(given: Given): number | undefined {
  const text = given.text('pull-request');
  if (text === '') return undefined;
  const number = Number(text);
  if (/^[1-9]\d*$/.test(text) && Number.isSafeInteger(number)) return number;
  throw new DeployError(
    'input-invalid',
    `\`pull-request\` is \`${text}\`, which is not a number.`,
    {
      hint: 'Write the number of the pull request, such as `123`.',
    },
  );
}
