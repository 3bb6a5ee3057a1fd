import type { Problem } from './errors.ts';
import type { Outcome } from './execute/outcome.ts';

/**
 * The cluster refused us in the midst of a run: when that is because the login could not be renewed, the
 * login is the cause.
 */
export function blameLogin(outcome: Outcome, [problem]: readonly Problem[]): Outcome {
  const { failure, code } = outcome;
  if (!problem || failure?.code !== 'unauthorized') return outcome;
  const { code: blamed, message: cause, hint } = problem;
  return {
    ...outcome,
    failure: { ...failure, code: blamed, cause, hint },
    code: code === failure.code ? blamed : code,
  };
}
