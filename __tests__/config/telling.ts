import { DeployError, DeployErrors, type Problem } from '../../src/errors.ts';

/** What a parser finds wrong; fails the test when it finds nothing. */
export function problemsOf(parse: () => unknown): readonly Problem[] {
  try {
    parse();
  } catch (error) {
    if (error instanceof DeployError || error instanceof DeployErrors) return error.problems;
    throw error;
  }
  throw new Error('nothing was found wrong');
}

/** The same as a reader gets it: the sentence, then what to do. */
export function tell(parse: () => unknown): readonly string[] {
  return problemsOf(parse).map(({ message, hint }) => `${message} ${hint}`);
}
