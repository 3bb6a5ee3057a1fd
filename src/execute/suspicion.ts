import type { Finding } from './outcome.ts';

/** A finding before its evidence was gathered. */
export type Suspicion = Omit<Finding, 'logs' | 'events'> & {
  /** Objects whose events belong to it. */
  readonly involved: readonly (string | undefined)[];
};
