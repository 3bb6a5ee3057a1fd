import { DeployError, type Place, type Problem } from '../../errors.ts';
import { parseAt } from '../gather.ts';
import type { Written } from '../scalars.ts';

/** The process environment, as far as slipway.yaml may refer to it. */
export interface Variables {
  readonly read: (name: string) => string | undefined;
  /**
   * A plan may lack what only the deploy has, such as the image that is built in between; for a login or
   * a kubeconfig only the check of files can do without.
   */
  readonly missing: Readonly<Record<'value' | 'access', 'error' | 'late-bound'>>;
  /** Told of each variable that is bound late. */
  readonly warn: (problem: Problem) => void;
}

/** What else may be behind a variable that is empty. */
const ASIDES: Readonly<Record<keyof Variables['missing'], string>> = {
  value: `a literal \`\${\` is written \`$\${\``,
  access: 'runs from forks and of Dependabot get no secrets',
};

/** `${NAME}`; `$${` is a plain `${`. */
const VARIABLE = /\$\$\{|\$\{([A-Z_][A-Z0-9_]*)\}/g;

/**
 * The text with its variables; one that is missing in a plan is left as it is written, and said.
 * Throws for one that is missing otherwise; an empty one counts as missing, because an expression of
 * GitHub that finds nothing is empty.
 */
export function fillVariables(
  { name: field, text }: Written,
  use: keyof Variables['missing'],
  variables: Variables,
): string {
  return text.replaceAll(VARIABLE, (whole, name: string | undefined) => {
    if (name === undefined) return '${';
    const value = variables.read(name);
    if (value !== undefined && value !== '') return value;
    const problem = `\`${field}\` needs the environment variable ${name}, which is missing or empty.`;
    const hint = `Set it in the \`env:\` of the step; ${ASIDES[use]}.`;
    if (variables.missing[use] === 'error')
      throw new DeployError('variable-missing', problem, { hint });
    variables.warn({
      code: 'late-bound',
      message: `${problem} This plan was made without it.`,
      hint: `The deploy needs it: ${hint.charAt(0).toLowerCase()}${hint.slice(1)}`,
    });
    return whole;
  });
}

/** The same for a field of slipway.yaml, with its place on every problem and warning. */
export function fillVariablesAt(
  place: Place,
  written: Written,
  { use, ...variables }: Variables & { readonly use: keyof Variables['missing'] },
): string {
  const warn: Variables['warn'] = (problem) => variables.warn({ ...problem, at: place });
  return parseAt(place, () => fillVariables(written, use, { ...variables, warn }));
}
