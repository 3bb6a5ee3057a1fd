import type { TemplateRequest } from '../ports.ts';
import type { PreparedChart } from './chart.ts';
import type { State } from './state.ts';

/** `dry-run`: by the upgrade itself, the only one who knows the number of the revision. */
export type Mode = TemplateRequest['mode'] | { readonly type: 'dry-run' };

/** The cheapest way to render that is exact for what the chart's text uses, and what it will not know. */
export function chooseMode(
  { uses }: PreparedChart,
  state: State,
  trust: 'trusted' | 'untrusted',
): { readonly mode: Mode; readonly notes: readonly string[] } {
  const client = toClientMode(state);
  const notes = tellPending(state);
  if (!uses.revision && !uses.lookup && !uses.apiVersions) return { mode: client, notes };
  if (trust === 'untrusted') return { mode: client, notes: [...notes, UNTRUSTED] };
  if (!uses.revision) return { mode: { type: 'server' }, notes };
  // helm's own dry run refuses a pending release.
  if (notes.length > 0) return { mode: { type: 'server' }, notes: [...notes, NO_REVISION] };
  return { mode: { type: 'dry-run' }, notes };
}

/** Without the cluster. */
export function toClientMode({ versions }: State): Mode {
  return { type: 'client', kubeVersion: versions.server, apiVersions: [] };
}

function tellPending({ history, lastGood }: State): readonly string[] {
  const newest = history.at(-1);
  if (!newest?.status.startsWith('pending')) return [];
  const base = lastGood ? `revision ${lastGood}, the last good one` : 'nothing';
  return [
    `Revision ${newest.number} is ${newest.status}: what becomes of it is not known yet. Changes are told relative to ${base}; live objects were not compared.`,
  ];
}

const UNTRUSTED =
  'The chart asks for the cluster or the revision number (`lookup`, API versions or `.Release.Revision`); for a pull request it is rendered without answers, because its templates could read Secrets. What it takes from there, such as a generated password that it keeps, may look changed here although it stays the same.';
const NO_REVISION =
  'The chart uses the revision number, which helm does not tell while the release is pending.';
