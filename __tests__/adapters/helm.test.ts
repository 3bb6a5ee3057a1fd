import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { stringify } from 'yaml';
import { createCluster } from '../../src/adapters/cluster.ts';
import { runCommand } from '../../src/adapters/command.ts';
import { createHelm } from '../../src/adapters/helm.ts';
import { installHelm } from '../../src/adapters/tools/install.ts';
import type { Helm } from '../../src/ports.ts';
import { parseManifest } from '../../src/release/manifest.ts';
import { useCluster } from '../local-cluster/under-test.ts';
import { helmMirror, MIRRORED_HELM_VERSIONS } from '../mirror/helm-mirror.ts';

/* Real helms, each behind a shim that records the arguments and the environment it got. */

const SECRET = 'hunter2-value';
const folder = mkdtempSync(path.join(tmpdir(), 'slipway-helm-'));
const nothing = () => undefined;
let real: Awaited<ReturnType<typeof useCluster>>;

beforeAll(async () => {
  real = await useCluster();
}, 300_000);
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await real?.end();
});

function put(name: string, text: string): string {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

const chart = path.dirname(put('app/Chart.yaml', 'apiVersion: v2\nname: app\nversion: 1.0.0\n'));
put(
  'app/templates/config.yaml',
  `apiVersion: v1
kind: ConfigMap
metadata: { name: {{ .Release.Name }}-config }
data:
  kube: {{ .Capabilities.KubeVersion.Version }}
  upgrade: {{ .Release.IsUpgrade | quote }}
  widgets: {{ .Capabilities.APIVersions.Has "example.com/v1/Widget" | quote }}
  leases: {{ .Capabilities.APIVersions.Has "coordination.k8s.io/v1/Lease" | quote }}
  greeting: {{ .Values.greeting }}
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: {{ .Release.Name }} }
spec:
  selector: { matchLabels: { app: {{ .Release.Name }} } }
  template:
    metadata: { labels: { app: {{ .Release.Name }} } }
    spec: { containers: [{ name: app, image: "example/app:1.0", ports: [{ containerPort: 80 }] }] }
{{- if .Values.hook }}
---
apiVersion: v1
kind: Pod
metadata: { name: {{ .Release.Name }}-hook, annotations: { helm.sh/hook: "pre-install,pre-upgrade", local-cluster/scenario: hang } }
spec: { restartPolicy: Never, containers: [{ name: app, image: "example/app:1.0" }] }
{{- end }}
`,
);
put(
  'app/templates/test.yaml',
  'apiVersion: v1\nkind: Pod\nmetadata: { name: test, annotations: { helm.sh/hook: test } }\n',
);
put('app/templates/NOTES.txt', 'Thank you for installing.\n');
const values = [put('values,1.yaml', `greeting: ${SECRET}\n`)];

describe.each(MIRRORED_HELM_VERSIONS)('helm %s', (version) => {
  const record = path.join(folder, `record-${version}`);
  const release = `r${version.replaceAll('.', '-')}`;
  let helm: Helm;

  beforeAll(async () => {
    const { path: binary } = await installHelm({
      version,
      mirror: await helmMirror(),
      toolCache: path.join(folder, 'tools'),
      temp: folder,
      log: nothing,
    });
    const shim = put(
      `shim-${version}`,
      `#!/bin/sh\n{ printf '%s\\n' "$@"; env; } >> ${record}\nexec ${binary} "$@"\n`,
    );
    chmodSync(shim, 0o755);
    const home = path.join(folder, `home-${version}`);
    mkdirSync(home);
    const environment = { ...process.env, GITHUB_TOKEN: SECRET, INPUT_KUBECONFIG: SECRET };
    const kubeconfig = { path: real.cluster.kubeconfig('deployer'), usesExec: false };
    helm = createHelm({ path: shim, version, kubeconfig, home, environment });
  });

  const options = {
    skipSchemaValidation: false,
    skipCrds: false,
    further: { template: [], upgrade: [] },
  };
  const request = () => ({ release, namespace: real.namespace, chart, values, options });
  const method = { serverSide: version.startsWith('4.'), forceConflicts: false };
  const upgrade = (extra: object = {}, signal = new AbortController().signal) =>
    helm.upgrade(
      {
        ...request(),
        labels: { 'slipway-attempt': '1' },
        timeout: 60,
        historyMax: 5,
        method,
        takeOwnership: false,
        wait: 'hooks',
        onLine: nothing,
        ...extra,
      },
      signal,
    );
  async function records(): Promise<readonly Readonly<Record<string, string>>[]> {
    const secrets = await createCluster(real.cluster.kubeconfig('admin')).list({
      apiVersion: 'v1',
      kind: 'Secret',
      namespace: real.namespace,
      labelSelector: `owner=helm,name=${release}`,
    });
    return secrets
      .map(({ metadata }) => metadata.labels ?? {})
      .sort((a, b) => Number(a['version']) - Number(b['version']));
  }

  test('renders for a server that it does not ask', async () => {
    const mode = {
      type: 'client',
      kubeVersion: 'v1.29.4-eks-1',
      apiVersions: ['example.com/v1/Widget'],
    } as const;
    const { code, stdout, stderr } = await helm.template({
      ...request(),
      isUpgrade: true,
      includeCrds: false,
      mode,
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('kube: v1.29.4');
    expect(stdout).toContain('upgrade: "true"');
    expect(stdout).toContain('widgets: "true"');
    expect(stdout).toContain(`greeting: ${SECRET}`);
  });

  test('renders with the cluster', async () => {
    const mode = { type: 'server' } as const;
    const { code, stdout } = await helm.template({
      ...request(),
      isUpgrade: false,
      includeCrds: false,
      mode,
    });
    expect(code).toBe(0);
    expect(stdout).toContain('upgrade: "false"');
    expect(stdout).toContain('widgets: "false"');
    expect(stdout).toContain('leases: "true"');
  });

  test('says what is wrong on stderr, with exit code 1', async () => {
    const mode = { type: 'client', kubeVersion: 'v1.36.3', apiVersions: [] } as const;
    const absent = {
      ...request(),
      values: ['/nowhere.yaml'],
      isUpgrade: false,
      includeCrds: false,
      mode,
    };
    expect(await helm.template(absent)).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('/nowhere.yaml'),
    });
  });

  test('installs, upgrades and rolls back without waiting for more than hooks', async () => {
    const lines: string[] = [];
    expect(await upgrade({ onLine: (line: string) => lines.push(line) })).toMatchObject({
      code: 0,
    });
    expect(lines).toContain('Thank you for installing.');
    expect(await upgrade({ labels: { 'slipway-attempt': '2' } })).toMatchObject({ code: 0 });
    const back = { release, namespace: real.namespace, revision: 1, timeout: 60, historyMax: 5 };
    expect(await helm.rollback({ ...back, method, onLine: nothing })).toMatchObject({ code: 0 });
    expect(await records()).toMatchObject([
      { version: '1', status: 'superseded', 'slipway-attempt': '1' },
      { version: '2', status: 'superseded', 'slipway-attempt': '2' },
      { version: '3', status: 'deployed', 'slipway-attempt': '1' },
    ]);
  });

  test('what it applied is what a preview says, managed fields aside', async () => {
    const cluster = createCluster(real.cluster.kubeconfig('deployer'));
    const { stdout } = await runCommand({
      path: path.join(folder, `shim-${version}`),
      args: ['get', 'manifest', release, '--namespace', real.namespace],
      environment: {
        KUBECONFIG: real.cluster.kubeconfig('deployer'),
        PATH: process.env['PATH'] ?? '',
      },
    });
    const objects = parseManifest(stdout, real.namespace);
    expect(objects).toHaveLength(2);
    for (const { object, ref } of objects) {
      // helm adds these on the way; they are not in the manifest (helm.md §2.7).
      const annotations = {
        'meta.helm.sh/release-name': release,
        'meta.helm.sh/release-namespace': real.namespace,
      };
      const labels = { 'app.kubernetes.io/managed-by': 'Helm' };
      const wanted = { ...object, metadata: { ...object.metadata, annotations, labels } };
      const preview = await cluster.previewApply(wanted, real.namespace);
      const live = await cluster.read(ref);
      expect(withoutMarks(preview)).toEqual(withoutMarks(live));
    }
  });

  test('an abort in a hook makes it record the failure', async () => {
    const cancel = new AbortController();
    const hook = put('hook.yaml', 'hook: true\n');
    const running = upgrade({ values: [...values, hook] }, cancel.signal);
    const cluster = createCluster(real.cluster.kubeconfig('deployer'));
    cluster.watch(
      {
        apiVersion: 'v1',
        kind: 'Pod',
        namespace: real.namespace,
        fieldSelector: `metadata.name=${release}-hook`,
      },
      { replaced: nothing, changed: () => cancel.abort(), deleted: nothing, refused: nothing },
      cancel.signal,
    );
    const { code, stderr } = await running;
    expect(code).toBe(1);
    expect(stderr).toContain('context canceled');
    expect((await records()).at(-1)).toMatchObject({ version: '4', status: 'failed' });
  });

  test('builds dependencies from a repository that nobody added', async () => {
    const archive = await packageChart(path.join(folder, `shim-${version}`));
    const server = createServer((incoming, response) => {
      if (incoming.url === '/library-0.1.0.tgz') return response.end(readFileSync(archive));
      return response.end(INDEX);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const repository = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const dependencies = [{ name: 'library', version: '0.1.0', repository }];
    const parent = path.dirname(
      put(
        `parent-${version}/Chart.yaml`,
        stringify({ apiVersion: 'v2', name: 'parent', version: '1.0.0', dependencies }),
      ),
    );
    const { code, stderr } = await helm.buildDependencies(parent, { ofHosts: new Map() });
    server.close();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(existsSync(path.join(parent, 'charts/library-0.1.0.tgz'))).toBe(true);
    // With the lock, and from a folder, without any network.
    put(
      `local-${version}/Chart.yaml`,
      stringify({
        apiVersion: 'v2',
        name: 'local',
        version: '1.0.0',
        dependencies: [{ name: 'library', version: '0.1.0', repository: 'file://../library' }],
      }),
    );
    expect(
      await helm.buildDependencies(path.join(folder, `local-${version}`), { ofHosts: new Map() }),
    ).toMatchObject({
      code: 0,
    });
  });

  test('no secret was in any argument or environment', () => {
    const recorded = readFileSync(record, 'utf8');
    expect(recorded).toContain('upgrade');
    expect(recorded).not.toContain(SECRET);
    expect(recorded).not.toMatch(/^--(set|atomic|rollback-on-failure|create-namespace)/m);
  });
});

const INDEX = stringify({
  apiVersion: 'v1',
  entries: {
    library: [{ apiVersion: 'v2', name: 'library', version: '0.1.0', urls: ['library-0.1.0.tgz'] }],
  },
});

async function packageChart(helm: string): Promise<string> {
  put('library/Chart.yaml', 'apiVersion: v2\nname: library\nversion: 0.1.0\n');
  put('library/templates/none.yaml', '');
  await runCommand({
    path: helm,
    args: ['package', path.join(folder, 'library'), '--destination', folder],
    environment: { HOME: folder, PATH: process.env['PATH'] ?? '' },
  });
  return path.join(folder, 'library-0.1.0.tgz');
}

/**
 * What differs although nothing would change: who manages what, and what controllers write between the
 * two reads while the rollout goes on.
 */
function withoutMarks(object: object | undefined): object {
  const { metadata, ...rest } = object as { metadata: object };
  const marks = { managedFields: undefined, resourceVersion: undefined };
  return { ...rest, status: undefined, metadata: { ...metadata, ...marks, ...keepOwn(metadata) } };
}

/** The Deployment's controller adds one of its own. */
function keepOwn(metadata: object): object {
  const { annotations = {} } = metadata as { annotations?: Readonly<Record<string, string>> };
  const { 'deployment.kubernetes.io/revision': _, ...own } = annotations;
  return { annotations: own };
}
