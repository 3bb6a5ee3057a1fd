import type { Operation } from '../plan/plan.ts';
import { ApiError } from '../ports.ts';
import type { ReleaseObject } from '../release/object.ts';
import { type Execution, explainHelm } from './context.ts';
import type { Failure } from './outcome.ts';

type Upgrade = Extract<Operation, { type: 'upgrade' }>;

/**
 * Whether the server would refuse to take fields from somebody else, before helm has changed anything:
 * helm stops at the first such object, in the middle, and a rollback would take the fields after all.
 * Only over a release that was applied by the server: otherwise helm first takes over its own fields.
 */
export async function findConflict(
  execution: Execution,
  { method, revision }: Upgrade,
): Promise<Failure | undefined> {
  const { plan } = execution;
  const newest = plan.base.history.at(-1);
  if (!method.serverSide || method.forceConflicts || newest?.applied !== 'server-side') {
    return undefined;
  }
  const manifest = plan.rendering.objects.filter(({ hook }) => !hook);
  const refusals = await Promise.all(manifest.map((object) => tryApply(object, execution)));
  const said = refusals.filter((one) => one !== undefined);
  if (said.length === 0) return undefined;
  const doing = `Upgrading ${plan.spec.target.release} to revision ${revision}`;
  const { code, message, hint } = explainHelm(execution, doing, `Error: ${said.join('\n')}`);
  const findings: Failure['findings'] = [];
  return { phase: 'before-change', code, migrated: false, cause: message, hint, findings };
}

/** In helm's words, so that it reads the same whoever finds it; any other refusal is helm's to tell. */
async function tryApply(
  { object, ref }: ReleaseObject,
  { cluster, plan }: Execution,
): Promise<string | undefined> {
  try {
    await cluster.checkApply(object, plan.spec.target.namespace.name);
    return undefined;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.status !== 409 || isOwn(error.message)) return undefined;
    return `conflict occurred while applying object ${ref.namespace}/${ref.name} ${ref.apiVersion}, Kind=${ref.kind}: ${error.message}`;
  }
}

/** Fields that an older helm holds for this very release; helm takes them over by itself. */
function isOwn(message: string): boolean {
  const managers = [...message.matchAll(/conflicts? with "(?<name>[^"]+)"/g)];
  return managers.length > 0 && managers.every((one) => one.groups?.['name'] === 'helm');
}
