import { parseCluster } from '../../../src/config/cluster.ts';
import { mergeFields } from '../../../src/config/fields.ts';
import { toInputSource } from '../../../src/config/input-fields.ts';
import type { ClusterSpec } from '../../../src/release/cluster-spec.ts';
import { given, workspace } from '../samples.ts';

type Texts = Readonly<Record<string, string>>;

/** A cluster by inputs, and by fields of slipway.yaml as they are after their variables. */
export function parse(
  inputs: Texts,
  fields: Readonly<Record<string, unknown>> = {},
  environment: Texts = {},
): ClusterSpec {
  const file = {
    fields: { cluster: fields },
    name: (path: readonly (string | number)[]) => path.join('.'),
    at: () => undefined,
  };
  const own = Object.keys(fields).length > 0 ? [file] : [];
  return parseCluster(mergeFields([...own, toInputSource(given(inputs))]), {
    workspace: workspace(),
    environment,
  });
}
