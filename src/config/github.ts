import { parseAll } from './gather.ts';
import { type Given, toGiven } from './given.ts';
import { parsePullRequest, parseSwitch } from './scalars.ts';

/** Where to report on GitHub, and as whom. */
export interface GitHubInputs {
  /** Empty when there is none. */
  readonly token: string;
  readonly comment: boolean;
  /** Undefined: found from the event. */
  readonly pullRequest?: number | undefined;
}

/**
 * Where to report, as far as these inputs can be read: a run that is refused for another input
 * belongs on the pull request, too. Never throws.
 */
export function readGitHubInputs(inputs: ReadonlyMap<string, string>): GitHubInputs {
  const given = toGiven(inputs);
  try {
    return parseGitHub(given);
  } catch {
    return { token: given.text('github-token'), comment: true };
  }
}

/** Throws `DeployErrors` for what cannot be read. */
export function parseGitHub(given: Given): GitHubInputs {
  return parseAll({
    token: () => given.text('github-token'),
    comment: () => parseSwitch({ name: 'comment', text: given.text('comment') }),
    pullRequest: () => parsePullRequest(given.text('pull-request')),
  });
}
