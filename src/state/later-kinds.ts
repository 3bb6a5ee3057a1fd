import { DeployErrors } from '../errors.ts';
import { hasRelease } from '../release/revision.ts';
import type { ReleaseSpec } from '../release/spec.ts';
import type { PreparedChart } from './chart.ts';
import type { State } from './state.ts';

/*
 * Kinds that the cluster does not know when a plan is made, and will know when the release is deployed.
 * Asked for the cluster's answers, helm looks up every kind and fails on these (helm.md §2.9).
 */

/** Where CRDs will have come from before the release is applied; undefined when from nowhere. */
export function findLaterCrds(
  { hasCrds }: PreparedChart,
  { policy, needs }: ReleaseSpec,
  state: State,
): string | undefined {
  // helm installs `crds/` with a new release only.
  const brings = policy.crds === 'apply' || (policy.crds === 'helm' && !hasRelease(state));
  const sources = [
    ...(hasCrds && brings ? ["the chart's own `crds/`"] : []),
    ...needs.map((name) => `release ${name}`),
  ];
  return sources.length > 0 ? sources.join(' or ') : undefined;
}

/** The kinds that helm did not find; empty when that is not why it failed. */
export function findUnknownKinds(error: unknown): readonly string[] {
  if (!(error instanceof DeployErrors)) return [];
  const unknown = error.problems.filter(({ code }) => code === 'kind-unknown');
  const kinds = unknown.flatMap(({ message, said = '' }) =>
    [...`${message}\n${said}`.matchAll(NO_MATCH)].map(({ groups }) => groups?.['kind'] ?? ''),
  );
  return unknown.length > 0 ? [...new Set(kinds)] : [];
}

const NO_MATCH = /no matches for kind "(?<kind>[^"\n]+)"/g;

export function tellLaterKinds(kinds: readonly string[], source: string): string {
  return `The cluster does not know ${kinds.join(', ')} yet; ${source} brings the CRD. Until then the chart is rendered without answers of the cluster (\`lookup\`, API versions, revision number), and its objects are not checked against it.`;
}

export function tellLaterApis(source: string): string {
  return `The chart asks which APIs the cluster has, and was answered as things are now: those that ${source} brings may not be among them yet.`;
}
