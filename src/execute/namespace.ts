import type { Plan } from '../plan/plan.ts';
import { ApiError, type Cluster } from '../ports.ts';
import { toDeployError } from '../refusal/explain.ts';
import { type Execution, recordStep } from './context.ts';
import type { Step } from './outcome.ts';

/**
 * Creates the namespace when the plan says so. Never helm's `--create-namespace`, which fails for
 * an identity that may not create namespaces even where the namespace exists (helm.md §2.9).
 * @throws DeployError when the namespace cannot be created
 */
export async function ensureNamespace(
  plan: Plan,
  ports: Pick<Execution, 'clock' | 'emit'> & { readonly cluster: Cluster },
): Promise<readonly Step[]> {
  const operation = plan.operations.find(({ type }) => type === 'create-namespace');
  if (operation?.type !== 'create-namespace') return [];
  let refusal: unknown;
  const { step } = await recordStep(ports, operation, async () => {
    const { namespace: name, labels } = operation;
    const metadata = { name, labels };
    try {
      await ports.cluster.create({ apiVersion: 'v1', kind: 'Namespace', metadata });
    } catch (error) {
      // Another run of the same job was faster.
      if (!(error instanceof ApiError && error.reason === 'AlreadyExists')) {
        refusal = toDeployError(error, `Creating namespace ${operation.namespace}`, RIGHTS);
        throw refusal;
      }
    }
    return { phase: 'before-change', result: 'done', detail: operation.namespace };
  });
  // The lock lives in it, and everything else.
  if (refusal) throw refusal;
  return [step];
}

const RIGHTS = 'create on namespaces, or create the namespace yourself';
