/** How the runner hands over inputs: https://docs.github.com/actions/reference/metadata-syntax-for-github-actions#inputs */
const PREFIX = 'INPUT_';

/**
 * Every input that the step got, by its name in lower case (hyphens kept), also those that we do not
 * know, so that a misspelt one can be named. Values are as the runner gives them, untrimmed; an input
 * of action.yml that was not written is empty.
 */
export function readInputs(
  environment: Readonly<Record<string, string | undefined>>,
): ReadonlyMap<string, string> {
  const inputs = new Map<string, string>();
  for (const [name, value] of Object.entries(environment)) {
    // Windows keeps the case in which a variable was written first.
    if (!name.toUpperCase().startsWith(PREFIX) || value === undefined) continue;
    inputs.set(name.slice(PREFIX.length).toLowerCase(), value);
  }
  return inputs;
}
