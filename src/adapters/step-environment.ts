import type { Environment } from './helm-environment.ts';

/** Inputs, what GitHub lets only us do, and what would lead helm or kubectl elsewhere. */
const OURS = /^(?:INPUT_|ACTIONS_|HELM_|KUBE|GITHUB_TOKEN$|NODE_OPTIONS$)/i;

/**
 * What programs of the user see, sops and post-renderers: the environment of the step, as if the step
 * ran them, without what is meant for us alone.
 */
export function toStepEnvironment(environment: Environment): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && !OURS.test(entry[0]),
    ),
  );
}
