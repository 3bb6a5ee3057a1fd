import type { Change } from '../plan/plan.ts';
import { objectName, tellEffects, tellField } from './change-words.ts';
import { tellCounts } from './changes.ts';
import { line } from './log.ts';
import type { PlanSummary } from './report.ts';
import { plural } from './text.ts';

const SIGNS = { create: '+', update: '~', delete: '-' } as const;
/** The log has everything, but an object with hundreds of fields is better read in its diff. */
const MAX_FIELDS = 200;
/** New words in the descriptions of a CRD are hundreds of fields, and nobody reads them here. */
const MAX_CRD_FIELDS = 10;

/**
 * The plan in the log: what changes, object by object, and what happens when it fails. The release
 * is named when there are several.
 */
export function renderPlan(plan: PlanSummary, release = ''): readonly string[] {
  const title = release === '' ? 'Plan' : `Plan of ${release}`;
  const base = plan.against === undefined ? '' : `, compared with revision ${plan.against}`;
  const app = plan.chart.appVersion === '' ? '' : `, app ${plan.chart.appVersion}`;
  return [
    ...(plan.lock ? [`note: ${plan.lock.message} ${plan.lock.hint}`] : []),
    `${title}: ${tellCounts(plan.changes, 'planned')}${base}. ${plan.reason}`,
    ...renderDropped(plan),
    ...plan.changes.flatMap(renderChange),
    ...(plan.operations.length > 0 ? ['Then:'] : []),
    ...plan.operations.map((operation, i) => `  ${i + 1}. ${operation}`),
    ...(plan.operations.length > 0 ? [plan.onFailure] : []),
    ...plan.notes.map((note) => `note: ${note}`),
    `chart ${plan.chart.name} ${plan.chart.version}${app} (${shortDigest(plan.chart.digest)}), helm ${plan.versions.helm}, Kubernetes ${plan.versions.server}`,
  ].map(line);
}

/** `sha256:4be7c1d09a6e`: enough to tell two charts apart. */
function shortDigest(digest: string): string {
  return digest.replace(/^(sha256:)?([0-9a-f]{12})[0-9a-f]*$/, '$1$2');
}

function renderChange(change: Change): readonly string[] {
  const effects = tellEffects(change);
  const told = effects.length > 0 ? ` (${effects.join(', ')})` : '';
  const max = change.ref.kind === 'CustomResourceDefinition' ? MAX_CRD_FIELDS : MAX_FIELDS;
  const left = change.fields.length - max;
  return [
    `  ${SIGNS[change.action]} ${change.ref.kind} ${objectName(change)}${told}`,
    ...change.fields.slice(0, max).map((field) => `      ${tellField(change, field)}`),
    ...(left > 0 ? [`      … ${plural(left, 'more field')}`] : []),
  ];
}

/** What a release loses that somebody else deployed. */
function renderDropped({ dropped }: PlanSummary): readonly string[] {
  if (dropped.length === 0) return [];
  const them = dropped.length === 1 ? 'it' : 'them';
  const title = `  ! drops ${plural(dropped.length, 'value')} of the deployed release, because no layer sets ${them}`;
  return [title, ...dropped.map(({ path, value }) => `      ${path}: ${value || '(secret)'}`)];
}
