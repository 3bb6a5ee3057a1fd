import type { Problem } from '../errors.ts';

/**
 * A warning when kubectl is further from the server than it is made for: one minor in either
 * direction (https://kubernetes.io/releases/version-skew-policy/#kubectl). Undefined when it is not,
 * or when a version cannot be read. `kubectl`: such as `1.36.3`. `server`: as it calls itself, such as
 * `v1.29.4-eks-1` or `v1.36+`.
 */
export function checkSkew(kubectl: string, server: string): Problem | undefined {
  const mine = minorOf(kubectl);
  const its = minorOf(server);
  if (mine === undefined || its === undefined || Math.abs(mine - its) <= 1) return undefined;
  const distance = Math.abs(mine - its);
  return {
    code: 'kubectl-skew',
    message: `kubectl ${kubectl} is ${distance} minor versions ${mine > its ? 'newer' : 'older'} than the cluster's API server, ${server}; it is made for one at most.`,
    hint: `Set \`kubectl-version\` to \`1.${its}\`.`,
  };
}

function minorOf(version: string): number | undefined {
  const [, minor] = /^v?1\.(\d+)/.exec(version) ?? [];
  return minor === undefined ? undefined : Number(minor);
}
