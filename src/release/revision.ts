import type { ReleaseObject } from './object.ts';

export type HelmStatus =
  | 'unknown'
  | 'deployed'
  | 'uninstalled'
  | 'superseded'
  | 'failed'
  | 'uninstalling'
  | 'pending-install'
  | 'pending-upgrade'
  | 'pending-rollback';

/**
 * Our judgement of a revision (design.md rule 2).
 * verified: watched until ready. failed: we saw it fail. unverified: ours, but the run that made it
 * never came to a verdict. foreign: made by somebody else's helm.
 */
export type Verdict = 'verified' | 'failed' | 'unverified' | 'foreign';

/** One release record of helm, decoded. */
export interface Revision {
  readonly number: number;
  readonly status: HelmStatus;
  readonly description: string;
  readonly verdict: Verdict;
  /** `name-version`, as `helm history` shows it. */
  readonly chart: string;
  readonly appVersion: string;
  readonly applied: 'server-side' | 'client-side';
  /** Manifest and hooks; parsed when first asked for, because old revisions are rarely needed. */
  readonly objects: readonly ReleaseObject[];
  /** When helm began to make it, milliseconds since the epoch by the clock of helm's machine. */
  readonly updated: number;
  /** Hash of chart and values that made it (label slipway-source, written with the verdict); empty when unknown. */
  readonly source: string;
  /**
   * Hash of what its hooks read from outside of the release while it was deployed (label slipway-inputs,
   * written with the verdict); empty when that is unknown, or changed meanwhile.
   */
  readonly inputs: string;
  /** The values that helm was given for it, as they came together; without the chart's own. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Of the Secret, for compare-and-swap. */
  readonly resourceVersion: string;
}

/** Whether there is a release, so that helm would upgrade and not install: an uninstall may leave its history. */
export function hasRelease({ history }: { readonly history: readonly Revision[] }): boolean {
  return (history.at(-1)?.status ?? 'uninstalled') !== 'uninstalled';
}
