/*
 * What the documentation calls enough is enough, and what it calls needed is needed: the manifests of
 * examples/ are applied as they stand, but for the namespace and for who is meant by them.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse, parseAllDocuments } from 'yaml';
import { type Call, call } from '../../local-cluster/api.ts';
import { connect, writeKubeconfig } from '../../local-cluster/kubeconfig.ts';
import { HELMS } from '../action/helm-shim.ts';
import { createWorld, type World } from './world.ts';

const EXAMPLES = path.join(import.meta.dirname, '../../examples');

type Part = 'deployer' | 'planner';

interface Cloud {
  readonly cloud: string;
  /** What its manifests call them. */
  readonly names: Readonly<Record<Part, string>>;
  /** How a ServiceAccount of this namespace is named in the same way. */
  readonly account: (namespace: string) => string;
}

const EKS: Cloud = {
  cloud: 'eks',
  names: { deployer: 'slipway-deployers', planner: 'slipway-planners' },
  account: (namespace) => `system:serviceaccounts:${namespace}`,
};

const GKE: Cloud = {
  cloud: 'gke',
  names: {
    deployer: 'slipway-deploy@acme-data.iam.gserviceaccount.com',
    planner: 'slipway-plan@acme-data.iam.gserviceaccount.com',
  },
  account: (namespace) => `system:serviceaccount:${namespace}:default`,
};

/** They differ in nothing but whom they name (`__tests__/docs/manifests.test.ts`), so each is tried with one helm. */
const CASES = HELMS.map((helm) => ({ ...helm, ...(helm.major === 4 ? EKS : GKE) }));

const GUARDED = { release: 'guarded', chart: '__tests__/charts/guarded' };

/** As Airbyte's Role has it: more than `edit` and `admin` hold. */
const MORE = { 'values-inline': 'rules: [{ apiGroups: ["*"], resources: [jobs], verbs: ["*"] }]' };

describe.each(CASES)('helm $version, the manifests of $cloud', ({ version, ...cloud }) => {
  let world: World;
  let folder: string;
  const applied: string[] = [];
  beforeAll(async () => {
    world = await createWorld(version);
    folder = mkdtempSync(path.join(tmpdir(), 'slipway-rights-'));
    await Promise.all([addIdentity('deployer'), addIdentity('planner')]);
  });
  afterAll(async () => {
    await Promise.all(applied.map((url) => world.api(url, { method: 'DELETE' })));
    rmSync(folder, { recursive: true });
    await world.end();
  });

  const homeOf = (part: Part) => `${world.namespace}-${part}`;
  const userOf = (part: Part) => `system:serviceaccount:${homeOf(part)}:default`;
  const kubeconfig = (part: Part) => path.join(folder, part);
  const run = (part: Part, inputs: Record<string, string> = {}) =>
    world.run({ kubeconfig: kubeconfig(part), ...inputs });
  const plan = (inputs: Record<string, string> = {}) =>
    run('planner', { ...GUARDED, command: 'plan', ...inputs });
  const ask = (part: Part, url: string, options?: Call) =>
    call(connect(kubeconfig(part)), url, options);
  const deployment = () => `/apis/apps/v1/namespaces/${world.namespace}/deployments/guarded`;

  /** A ServiceAccount in a namespace of its own, and so with a group of its own. */
  async function addIdentity(part: Part): Promise<void> {
    await world.cluster.addNamespace(homeOf(part));
    const url = `/api/v1/namespaces/${homeOf(part)}/serviceaccounts/default/token`;
    const { body } = await world.api(url, { method: 'POST', body: { spec: {} } });
    const [{ cluster }] = parse(readFileSync(world.cluster.kubeconfig('admin'), 'utf8')).clusters;
    const authority = Buffer.from(cluster['certificate-authority-data'], 'base64').toString();
    const { token } = body.status;
    writeKubeconfig(kubeconfig(part), { user: part, server: cluster.server, authority, token });
  }

  async function apply(file: string): Promise<void> {
    const text = readFileSync(path.join(EXAMPLES, cloud.cloud, 'rbac', file), 'utf8');
    for (const document of parseAllDocuments(toHere(text))) {
      const object = document.toJS();
      const url = toUrl(object);
      const { status, body } = await world.api(url, { method: 'POST', body: object });
      // The namespace is there already.
      const isMade = object.kind !== 'Namespace';
      expect([status, body.message]).toEqual([isMade ? 201 : 409, body.message]);
      if (isMade && !object.metadata.namespace) applied.push(`${url}/${object.metadata.name}`);
    }
  }

  /** The namespace and the identities are ours; what belongs to the whole cluster has a name of its own. */
  function toHere(text: string): string {
    return text
      .replaceAll(cloud.names.deployer, cloud.account(homeOf('deployer')))
      .replaceAll(cloud.names.planner, cloud.account(homeOf('planner')))
      .replaceAll(/^( +name(?:space)?: )airbyte$/gm, `$1${world.namespace}`)
      .replaceAll(/^( +(?:name|policyName): )(?=slipway-)/gm, `$1${world.namespace}-`)
      .replaceAll('[example.com]', `[${world.namespace}.example.com]`);
  }

  /* One story: each test goes on with the rights that the one before gave. */

  test('deployer.yaml is enough for a chart without Roles, and names what a chart with Roles lacks', async () => {
    await apply('deployer.yaml');
    const { outputs, log } = await run('deployer');
    expect(outputs).toMatchObject({ outcome: 'deployed' });
    expect(log).not.toContain('leases');
    const refused = await run('deployer', GUARDED);
    expect(refused.outputs).toMatchObject({ outcome: 'failed', 'reason-code': 'forbidden' });
    expect(refused.log).toContain(
      `Give ${userOf('deployer')} the right to get roles.rbac.authorization.k8s.io in namespace ${world.namespace}`,
    );
    expect(await world.history('guarded')).toEqual([]);
  });

  test('with deployer-roles.yaml such a chart is deployed, and comes back', async () => {
    await apply('deployer-roles.yaml');
    expect((await run('deployer', GUARDED)).outputs).toMatchObject({ outcome: 'deployed' });
    const failed = await run('deployer', { ...GUARDED, set: 'tag=crash-loop' });
    expect(failed.outputs).toMatchObject({ outcome: 'rolled-back', revision: '3' });
  });

  test('a Role that grants more than `edit` has needs deployer-escalate.yaml', async () => {
    const refused = await run('deployer', { ...GUARDED, ...MORE });
    expect(refused.outputs).toMatchObject({ outcome: 'rolled-back', 'reason-code': 'forbidden' });
    expect(refused.log).toContain('the verbs `escalate` and `bind` on roles');
    await apply('deployer-escalate.yaml');
    const { outputs } = await run('deployer', { ...GUARDED, ...MORE });
    expect(outputs).toMatchObject({ outcome: 'deployed' });
    expect((await run('deployer', GUARDED)).outputs).toMatchObject({ outcome: 'deployed' });
  });

  test('a chart with CRDs and objects of them needs deployer-crds.yaml and custom-resources.yaml', async () => {
    const group = `${world.namespace}.example.com`;
    const crds = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
    const chart = path.join(folder, 'widgets');
    mkdirSync(path.join(chart, 'crds'), { recursive: true });
    mkdirSync(path.join(chart, 'templates'));
    writeFileSync(
      path.join(chart, 'Chart.yaml'),
      'apiVersion: v2\nname: widgets\nversion: 1.0.0\n',
    );
    writeFileSync(path.join(chart, 'crds/widgets.yaml'), JSON.stringify(toCrd(group)));
    const widget = { apiVersion: `${group}/v1`, kind: 'Widget', metadata: { name: 'one' } };
    writeFileSync(path.join(chart, 'templates/widget.yaml'), JSON.stringify(widget));
    const inputs = { release: 'widgets', chart };

    const refused = await run('deployer', inputs);
    expect(refused.outputs['reason-code']).toBe('forbidden');
    expect(refused.log).toMatch(/customresourcedefinitions/);
    await apply('deployer-crds.yaml');
    await apply('custom-resources.yaml');
    const widgets = `/apis/${group}/v1/namespaces/${world.namespace}/widgets`;
    applied.push(`${crds}/widgets.${group}`);
    await world.until('edit to have the widgets', async () => {
      const { rules } = (await world.api('/apis/rbac.authorization.k8s.io/v1/clusterroles/edit'))
        .body;
      return JSON.stringify(rules).includes(group);
    });
    expect((await run('deployer', inputs)).outputs).toMatchObject({ outcome: 'deployed' });
    expect((await world.api(`${widgets}/one`)).status).toBe(200);
  });

  test('creating namespaces needs deployer-namespaces.yaml', async () => {
    const inputs = { namespace: `${world.namespace}-new`, release: 'web' };
    const refused = await run('deployer', inputs);
    expect(refused.outputs).toMatchObject({ outcome: 'refused', 'reason-code': 'forbidden' });
    await apply('deployer-namespaces.yaml');
    expect((await run('deployer', inputs)).outputs).toMatchObject({ outcome: 'deployed' });
  });

  test('`view` is not enough for a plan: the release records are Secrets', async () => {
    const { outputs, log } = await world.run({ ...GUARDED, command: 'plan' }, { user: 'reader' });
    expect(outputs).toMatchObject({ outcome: 'refused', 'reason-code': 'forbidden' });
    expect(log).toContain(`reader may not list secrets in namespace ${world.namespace}`);
  });

  test('planner.yaml is enough for a plan, and for no write', async () => {
    await apply('planner.yaml');
    const changed = await plan({ set: 'tag=1.1' });
    expect(changed.outputs).toMatchObject({ outcome: 'planned', 'reason-code': 'out-of-sync' });
    expect(changed.log).toMatch(/web:1\.0 → \S+web:1\.1/);
    const same = await plan();
    expect(same.code).toBe(0);
    expect(same.log).toContain('Plan: no changes');
    expect(same.log).toMatch(/could not be compared with the cluster: .* cannot patch resource/);

    const refused = await run('planner', { ...GUARDED, set: 'tag=1.1' });
    expect(refused.outputs).toMatchObject({ outcome: 'failed', 'reason-code': 'forbidden' });
    const { status } = await ask('planner', deployment(), patch());
    expect(status).toBe(403);
    expect(world.writes(userOf('planner'))).toEqual([]);
    const secrets = await ask(
      'planner',
      `/api/v1/namespaces/${world.namespace}/secrets/web-secret`,
    );
    expect(secrets.body.data.password).toBeDefined();
  });

  test('with planner-dry-run.yaml a plan proves that nothing differs, and still nothing is written', async () => {
    await apply('planner-dry-run.yaml');
    await world.until('the policy to be in force', async () =>
      (await ask('planner', deployment(), { ...patch(), body: {} })).body.message?.includes(
        'in dry runs only',
      ),
    );
    // One that came before it was in force, if any.
    const written = world.writes(userOf('planner'));
    expect((await plan()).outputs).toMatchObject({
      outcome: 'unchanged',
      'reason-code': 'in-sync',
    });
    await world.api(deployment(), patch());
    const drifted = await plan();
    expect(drifted.outputs).toMatchObject({ 'reason-code': 'drifted' });
    expect(drifted.log).toContain('Deployment guarded was changed in the cluster');
    await world.api(deployment(), { method: 'DELETE' });
    expect((await plan()).log).toContain('Deployment guarded is gone from the cluster');

    const refused = await run('planner', { ...GUARDED, set: 'tag=1.1' });
    expect(refused.outputs).toMatchObject({ outcome: 'failed', 'reason-code': 'admission-denied' });
    const secret = `/api/v1/namespaces/${world.namespace}/secrets/web-secret`;
    expect((await ask('planner', secret, { ...patch(), body: {} })).status).toBe(403);
    expect((await ask('planner', secret, { method: 'DELETE' })).status).toBe(403);
    expect((await ask('planner', `${secret}?dryRun=All`, { ...patch(), body: {} })).status).toBe(
      200,
    );
    expect(world.writes(userOf('planner'))).toEqual(written);
    // Nobody else is touched by it.
    expect((await run('deployer', GUARDED)).outputs).toMatchObject({ outcome: 'deployed' });
  });
});

const patch = () => ({ method: 'PATCH', body: { spec: { replicas: 2 } } }) as const;

// biome-ignore lint/suspicious/noExplicitAny: objects of the documentation
function toUrl({ apiVersion, kind, metadata }: any): string {
  const group = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const within = metadata.namespace ? `/namespaces/${metadata.namespace}` : '';
  const plural = kind.endsWith('y') ? `${kind.slice(0, -1)}ies` : `${kind}s`;
  return `${group}${within}/${plural.toLowerCase()}`;
}

function toCrd(group: string): object {
  const schema = { openAPIV3Schema: { type: 'object' } };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `widgets.${group}` },
    spec: {
      group,
      scope: 'Namespaced',
      names: { kind: 'Widget', plural: 'widgets' },
      versions: [{ name: 'v1', served: true, storage: true, schema }],
    },
  };
}
