import type { ApplyMethod } from '../ports.ts';
import { hasRelease, type Revision } from '../release/revision.ts';
import type { ReleaseSpec } from '../release/spec.ts';
import type { State } from '../state/state.ts';

/*
 * Who merges a change into the live objects (helm.md §2.8): helm itself, as always in Helm 3, or the
 * server, which knows who manages which field and refuses to take one from somebody else.
 */

const CLIENT_SIDE: ApplyMethod = { serverSide: false, forceConflicts: false };

/** As written; else as the release was last applied, so that it changes hands only when asked to. */
export function planMethod({ helm }: Pick<ReleaseSpec, 'helm'>, state: State): ApplyMethod {
  if (!knowsServerSide(state)) return CLIENT_SIDE;
  const automatic = !hasRelease(state) || state.history.at(-1)?.applied === 'server-side';
  const serverSide = helm.serverSide === 'auto' ? automatic : helm.serverSide;
  return serverSide ? { serverSide, forceConflicts: helm.forceConflicts } : CLIENT_SIDE;
}

/**
 * As the good revision was applied: it is proved to be applicable that way only, since the server
 * refuses what a client lets pass (an unknown field). It takes its fields back from whoever changed
 * them meanwhile: a rollback must come back.
 */
export function planRollbackMethod(good: Pick<Revision, 'applied'>, state: State): ApplyMethod {
  return knowsServerSide(state) && good.applied === 'server-side'
    ? { serverSide: true, forceConflicts: true }
    : CLIENT_SIDE;
}

function knowsServerSide({ versions }: State): boolean {
  return !versions.helm.startsWith('3.');
}
