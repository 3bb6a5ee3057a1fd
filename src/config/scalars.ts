import { DeployError } from '../errors.ts';
import { findNearest } from '../nearest.ts';

/** A text, and how a message calls the input or field that it stands in. */
export interface Written {
  readonly name: string;
  readonly text: string;
}

/** A boolean of YAML 1.2's core schema, as `getBooleanInput` of @actions/core takes it. */
export function parseSwitch({ name, text }: Written): boolean {
  if (/^(true|True|TRUE)$/.test(text)) return true;
  if (/^(false|False|FALSE)$/.test(text)) return false;
  throw new DeployError('input-invalid', `\`${name}\` is \`${text}\`, neither true nor false.`, {
    hint: `Write \`${name}: true\` or \`${name}: false\`.`,
  });
}

/** One word of a few. */
export function parseChoice<const T extends string>(
  { name, text }: Written,
  choices: readonly T[],
): T {
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
export function parsePullRequest(text: string): number | undefined {
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

/** Throws when nothing was given that must be. */
export function required({ name, text }: Written, hint: string): string {
  if (text !== '') return text;
  throw new DeployError('input-missing', `\`${name}\` is missing or empty.`, { hint });
}
