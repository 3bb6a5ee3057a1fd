/** What the tests of the local cluster share: one running cluster, a namespace of their own, Pods of a scenario. */
import { randomBytes } from 'node:crypto';
import { jest } from '@jest/globals';
import { type Answer, type Call, call, create } from '../../local-cluster/api.ts';
import { openCluster, startCluster, type User } from '../../local-cluster/cluster.ts';
import { connect } from '../../local-cluster/kubeconfig.ts';
import { until } from '../../local-cluster/wait.ts';

/** A crash loop takes seconds by its nature; the rest is for a busy machine. */
jest.setTimeout(60_000);

/** The cluster that the test run has started for all its files (SLIPWAY_TEST_CLUSTER), or one of this file's own. */
export async function useCluster() {
  const description = process.env['SLIPWAY_TEST_CLUSTER'];
  const own = description ? undefined : await startCluster();
  const cluster = own ?? openCluster(description as string);
  const namespace = `test-${randomBytes(4).toString('hex')}`;
  await cluster.addNamespace(namespace);

  const as = (user: User) => {
    const connection = connect(cluster.kubeconfig(user));
    return (path: string, options?: Call): Promise<Answer> => call(connection, path, options);
  };
  const api = as('admin');
  const pods = `/api/v1/namespaces/${namespace}/pods`;

  return {
    cluster,
    namespace,
    as,
    api,
    connection: connect(cluster.kubeconfig('admin')),
    async createPod(options: PodOptions): Promise<string> {
      await create(connect(cluster.kubeconfig('admin')), pods, pod(options));
      return `${pods}/${options.name}`;
    },
    end: () => own?.stop(),
  };
}

interface PodOptions {
  readonly name: string;
  readonly image?: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly spec?: object | undefined;
}

export function pod({ name, image = 'example/app:1.0', annotations = {}, spec }: PodOptions) {
  const marks = Object.entries(annotations).map(([key, value]) => [`local-cluster/${key}`, value]);
  const containers = [{ name: 'app', image }];
  return {
    metadata: { name, annotations: Object.fromEntries(marks) },
    spec: { terminationGracePeriodSeconds: 0, containers, ...spec },
  };
}

// biome-ignore lint/suspicious/noExplicitAny: the status of any object
type Status = any;

/** The object's status as soon as it satisfies. */
export function statusWhen(
  api: (path: string) => Promise<Answer>,
  path: string,
  satisfies: (status: Status) => unknown,
): Promise<Status> {
  return until(`the status of ${path}`, async () => {
    const { status } = (await api(path)).body;
    return satisfies(status) ? status : undefined;
  });
}

export function waitingFor(reason: string) {
  return (status: Status) => status.containerStatuses?.[0].state.waiting?.reason === reason;
}

export function ready({ conditions }: Status): boolean {
  return conditions?.some((each: Status) => each.type === 'Ready' && each.status === 'True');
}
