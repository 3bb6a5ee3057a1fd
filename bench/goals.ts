import type { Case } from './compare.ts';

/** What we promise: our time by helm's, at most. */
export const RATIO_GOALS: readonly {
  readonly objects: number;
  readonly what: Case;
  readonly ratio: number;
}[] = [
  { objects: 5, what: 'changed', ratio: 1.3 },
  { objects: 40, what: 'changed', ratio: 1.0 },
  { objects: 400, what: 'changed', ratio: 0.5 },
  { objects: 40, what: 'unchanged', ratio: 0.5 },
];

/** MiB of our process, at most. */
export const MEMORY_GOAL = { objects: 400, peak: 250 } as const;

/** Milliseconds from the start of our process until a kubeconfig has let us in, beyond a bare Node's first line. */
export const START_GOAL = 250;
