import type { FieldPath, FieldSource } from './fields.ts';
import type { Given } from './given.ts';
import type { InputName } from './inputs.ts';

/** Fields that have an input, by the name of the input; a field of the same name is not listed twice. */
export const INPUT_OF: Readonly<Record<string, InputName>> = {
  'chart.name': 'chart',
  'chart.repository': 'chart-repository',
  'chart.version': 'chart-version',
  'namespace.name': 'namespace',
  'namespace.create': 'create-namespace',
  'cluster.provider': 'cluster-provider',
  'cluster.name': 'cluster-name',
  'cluster.location': 'cluster-location',
  'cluster.role-to-assume': 'aws-role-to-assume',
  'cluster.project': 'gcp-project',
  'cluster.workload-identity-provider': 'gcp-workload-identity-provider',
  'cluster.service-account': 'gcp-service-account',
  'cluster.kubeconfig': 'kubeconfig',
  'cluster.context': 'kube-context',
};

const SCALARS = [
  'registry-username',
  'registry-password',
  'timeout',
  'on-failure',
  'skip-unchanged',
  'wait-for-lock',
] as const satisfies readonly InputName[];

/** What the inputs say about a release; nothing for those that are empty. */
export function toInputSource(given: Given): FieldSource {
  const text = (name: InputName) => given.text(name) || undefined;
  const lines = (name: InputName) => {
    const found = given.lines(name);
    return found.length > 0 ? found : undefined;
  };
  const fields = {
    cluster: map({
      provider: text('cluster-provider'),
      name: text('cluster-name'),
      location: text('cluster-location'),
      'role-to-assume': text('aws-role-to-assume'),
      project: text('gcp-project'),
      'workload-identity-provider': text('gcp-workload-identity-provider'),
      'service-account': text('gcp-service-account'),
      kubeconfig: text('kubeconfig'),
      context: text('kube-context'),
    }),
    chart: map({
      name: text('chart'),
      repository: text('chart-repository'),
      version: text('chart-version'),
    }),
    namespace: map({ name: text('namespace'), create: text('create-namespace') }),
    values: lines('values')?.map((line) => line.text),
    'values-inline':
      given.raw('values-inline').trim() === '' ? undefined : given.raw('values-inline'),
    set: lines('set'),
    'helm-args': lines('helm-args')?.map((line) => line.text),
    ...Object.fromEntries(SCALARS.map((name) => [name, text(name)])),
  };
  return { fields, name: toInputName, at: () => undefined };
}

/** As the user of inputs calls a field; what only a cluster of slipway.yaml has, is called as there. */
function toInputName(path: FieldPath): string {
  const [field = '', part] = path;
  return INPUT_OF[`${field}.${part}`] ?? (field === 'cluster' ? path.join('.') : String(field));
}

/** Undefined when nothing in it is given. */
function map(fields: Readonly<Record<string, string | undefined>>) {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  return given.length > 0 ? Object.fromEntries(given) : undefined;
}
