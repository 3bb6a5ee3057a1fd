import type { Attempt } from './attempt.ts';
import type { Execution } from './context.ts';
import type { StaleConsumer } from './outcome.ts';
import { podsOf } from './scope.ts';

/** Pods that will go on with what they read from a ConfigMap or Secret that has changed now. */
export function findStale({ plan }: Execution, { observer }: Attempt): readonly StaleConsumer[] {
  const objects = new Map(plan.rendering.objects.map((object) => [object.key, object]));
  const byRef = [...objects.values()];
  return plan.changes.flatMap((change) =>
    change.keptBy.flatMap((workload) => {
      const object = byRef.find(
        ({ ref }) => ref.kind === workload.kind && ref.name === workload.name,
      );
      const pods = object ? podsOf(object, observer).map(({ metadata }) => metadata.name) : [];
      return pods.length > 0 ? [{ config: change.ref, workload, pods }] : [];
    }),
  );
}
