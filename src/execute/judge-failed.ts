import { markFailed } from '../release/record.ts';
import { type Execution, toFailure } from './context.ts';
import { updateRecord } from './verdict.ts';

/**
 * Writes our verdict "failed" into the record of a revision, if helm made one. A verdict that cannot
 * be written must not keep us from going on: it is only said.
 */
export async function judgeFailed(
  { cluster, plan, emit }: Execution,
  revision: number,
  cause: string,
): Promise<void> {
  const where = { target: plan.spec.target, revision };
  try {
    await updateRecord(cluster, where, (secret) => markFailed(secret, cause));
  } catch (error) {
    const { cause: why } = toFailure(error, 'verify');
    emit({ type: 'note', message: `Revision ${revision} could not be marked failed: ${why}` });
  }
}
