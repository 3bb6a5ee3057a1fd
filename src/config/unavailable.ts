/* What design.md names and this version does not do, or not yet: each with the way that works today. */

const REMOVE = 'Remove it.';

/** Inputs, by name: what to do instead. */
export const UNAVAILABLE_INPUTS: ReadonlyMap<string, string> = new Map([
  ['plan-digest', REMOVE],
  ['require-reviewed-plan', REMOVE],
  ['revision', REMOVE],
  ['issue', REMOVE],
]);

export const UNAVAILABLE_COMMANDS: readonly string[] = [
  'promote',
  'rollback',
  'uninstall',
  'drift',
  'targets',
];

/** Kubernetes of Azure, as `cluster-provider` may call it; no cloud of ours. */
const AKS: readonly string[] = ['aks', 'azure'];

/** What to write for AKS; undefined for any other provider. */
export function findInsteadOfAks(provider: string): string | undefined {
  return AKS.includes(provider.toLowerCase())
    ? 'Run `azure/login` and `azure/aks-set-context` in earlier steps; then `cluster-provider: kubeconfig`, with the path that they leave in the environment variable KUBECONFIG as `kubeconfig`.'
    : undefined;
}
