/** What the tests on the real cluster share: a namespace of their own, the action, and what the cluster says. */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { jest } from '@jest/globals';
import { type Call, call } from '../../local-cluster/api.ts';
import { type Cluster, openCluster, startCluster, type User } from '../../local-cluster/cluster.ts';
import { connect } from '../../local-cluster/kubeconfig.ts';
import { until } from '../../local-cluster/wait.ts';
import { makeShimMirror, readCalls } from '../action/helm-shim.ts';
import { type ActionOptions, runAction, startAction } from '../action/run-action.ts';

jest.setTimeout(300_000);

const execute = promisify(execFile);
const ROOT = path.join(import.meta.dirname, '..', '..');
/** Long enough for a slow machine, short enough to see that we do not wait for it. */
const TIMEOUT = '5m';

type More = Partial<ActionOptions> & { readonly user?: User };

export type World = Awaited<ReturnType<typeof createWorld>>;

/** A record of helm, decoded by means of its own. */
export interface HelmRecord {
  readonly revision: number;
  readonly status: string;
  readonly description: string;
  readonly labels: Readonly<Record<string, string>>;
}

// biome-ignore lint/suspicious/noExplicitAny: objects of the API are what the server says
type Body = any;

type ClusterOfTests = Omit<Cluster, 'stop'>;

/** One release `web` of the chart `web` in a namespace of its own, deployed with one version of helm. */
export async function createWorld(helmVersion: string, given?: ClusterOfTests) {
  const description = process.env['SLIPWAY_TEST_CLUSTER'];
  const own = given || description ? undefined : await startCluster();
  const cluster = given ?? own ?? openCluster(description as string);
  const folder = process.env['SLIPWAY_TEST_SHIM'] ?? path.join(ROOT, '.cache', 'shim');
  const mirror = await makeMirrorOnce(folder);
  const namespace = `shop-${randomBytes(4).toString('hex')}`;
  await cluster.addNamespace(namespace);
  const connection = connect(cluster.kubeconfig('admin'));
  const api = async (url: string, options?: Call) => call(connection, url, options);

  const toOptions = (inputs: Record<string, string>, more: More = {}): ActionOptions => ({
    ...more,
    inputs: {
      command: 'deploy',
      release: 'web',
      namespace,
      chart: '__tests__/charts/web',
      kubeconfig: cluster.kubeconfig(more.user ?? 'deployer'),
      'helm-version': helmVersion,
      'tool-mirror': mirror,
      timeout: TIMEOUT,
      comment: 'false',
      ...inputs,
    },
  });

  return {
    cluster,
    namespace,
    api,
    until,
    options: toOptions,
    run: (inputs: Record<string, string> = {}, more?: More) => runAction(toOptions(inputs, more)),
    start: (inputs: Record<string, string> = {}, more?: More) =>
      startAction(toOptions(inputs, more)),
    /** helm's arguments in this namespace, the first word of each: `template`, `upgrade`, `rollback`. */
    helmCalls: () => readCalls(folder, namespace).map((one) => one.arguments[0] ?? ''),
    /** Every call of any test so far, with its environment. */
    allHelmCalls: () => readCalls(folder),
    helmArguments: () => readCalls(folder, namespace).map((one) => one.arguments),
    async list(resource: string, group = 'api/v1'): Promise<Body[]> {
      const { body } = await api(`/${group}/namespaces/${namespace}/${resource}`);
      return body.items;
    },
    async get(resource: string, name: string, group = 'api/v1'): Promise<Body> {
      return (await api(`/${group}/namespaces/${namespace}/${resource}/${name}`)).body;
    },
    /** Oldest first. */
    async history(release = 'web'): Promise<HelmRecord[]> {
      const { body } = await api(
        `/api/v1/namespaces/${namespace}/secrets?labelSelector=owner%3Dhelm%2Cname%3D${release}`,
      );
      return (body.items as Body[])
        .map(toRecord)
        .sort((one, other) => one.revision - other.revision);
    },
    /** Ready pods by the ReplicaSet's image tag: `{ '1.0': 2, 'crash-loop': 0 }`. */
    async readyByTag(): Promise<Record<string, string>> {
      const sets: Body[] = (await api(`/apis/apps/v1/namespaces/${namespace}/replicasets`)).body
        .items;
      return Object.fromEntries(
        sets.map(({ spec, status }) => [
          spec.template.spec.containers[0].image.split(':').at(-1),
          `${status.readyReplicas ?? 0}/${status.replicas}`,
        ]),
      );
    },
    /** Writes in this namespace by this user, from the audit log: `create leases`, `update secrets`. */
    writes(user: string): string[] {
      return readFileSync(cluster.auditLog, 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Body)
        .filter(
          (event) => event.objectRef?.namespace === namespace && event.user?.username === user,
        )
        .filter(
          (event) =>
            !['get', 'list', 'watch'].includes(event.verb) && event.responseStatus?.code < 400,
        )
        .filter((event) => !event.requestURI.includes('dryRun=All'))
        .map((event) =>
          `${event.verb} ${event.objectRef.resource} ${event.objectRef.name ?? ''}`.trim(),
        );
    },
    /** What a person does by hand, past Slipway. */
    async foreignUpgrade(version: string, more: readonly string[]): Promise<void> {
      const args = [
        'upgrade',
        'web',
        path.join(ROOT, '__tests__/charts/web'),
        '-n',
        namespace,
        ...more,
      ];
      await execute(path.join(folder, `helm-${version}`), args, {
        env: { ...process.env, KUBECONFIG: cluster.kubeconfig('admin') },
      });
    },
    end: () => own?.stop(),
  };
}

function toRecord({ metadata, data }: Body): HelmRecord {
  const inner = Buffer.from(Buffer.from(data.release, 'base64').toString(), 'base64');
  const { version, info } = JSON.parse(gunzipSync(inner).toString());
  return {
    revision: version,
    status: info.status,
    description: info.description,
    labels: metadata.labels,
  };
}

const mirrors = new Map<string, Promise<string>>();

function makeMirrorOnce(folder: string): Promise<string> {
  const made =
    mirrors.get(folder) ??
    (process.env['SLIPWAY_TEST_SHIM']
      ? Promise.resolve(path.join(folder, 'mirror'))
      : makeShimMirror(folder));
  mirrors.set(folder, made);
  return made;
}
