import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { stringify } from 'yaml';
import { HELMS } from '../action/helm-shim.ts';
import type { ActionResult } from '../action/run-action.ts';
import { createWorld, type World } from './world.ts';

/* What the user may choose of helm's own surface, through the action and a slipway.yaml. */

const folder = mkdtempSync(path.join(tmpdir(), 'slipway-surface-'));
afterAll(() => rmSync(folder, { recursive: true }));

const versionOf = (major: 3 | 4) => HELMS.find((helm) => helm.major === major)?.version ?? '';

/** Runs the action with these fields of release `web`, as slipway.yaml has them. */
function run(
  world: World,
  fields: Readonly<Record<string, unknown>>,
  inputs: Readonly<Record<string, string>> = {},
  more: Parameters<World['run']>[1] = {},
): Promise<ActionResult> {
  const config = path.join(folder, `${world.namespace}.yaml`);
  writeFileSync(config, stringify({ releases: { web: fields } }));
  // The inputs that every other test has would win over the file.
  return world.run({ config, chart: '', ...inputs }, more);
}

/** Writes a file of this test and returns its path. */
function put(name: string, text: string): string {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

async function scale(world: World, replicas: number): Promise<void> {
  const { status } = await world.api(
    `/apis/apps/v1/namespaces/${world.namespace}/deployments/web/scale?fieldManager=kubectl`,
    { method: 'PATCH', body: { spec: { replicas } } },
  );
  expect(status).toBe(200);
}

const lastCall = (world: World, command: string) =>
  world.helmArguments().findLast(([first]) => first === command) ?? [];

describe('how a release is applied', () => {
  let world: World;
  beforeAll(async () => {
    world = await createWorld(versionOf(4));
  });
  afterAll(() => world.end());
  const helm3 = { 'helm-version': versionOf(3) };
  const chart = { chart: '__tests__/charts/web' };
  const image = async () =>
    (await world.get('deployments', 'web', 'apis/apps/v1')).spec.template.spec.containers[0].image;

  /* One story: Helm 3, then 4 in its way, in the server's way, and back. */

  test('Helm 3 deploys, and Helm 4 goes on as it did', async () => {
    expect((await run(world, chart, helm3)).outputs).toMatchObject({ outcome: 'deployed' });
    const { outputs, log } = await run(world, { ...chart, set: { tag: '1.1' } });
    expect(outputs).toMatchObject({ outcome: 'deployed', revision: '2' });
    expect(lastCall(world, 'upgrade')).toContain('--server-side=false');
    expect(log).not.toContain('server-side');
  });

  test('client-side, a field of the chart that somebody changed is set back', async () => {
    await scale(world, 5);
    const { outputs } = await run(world, { ...chart, set: { tag: '1.2' } });
    expect(outputs).toMatchObject({ outcome: 'deployed', revision: '3' });
    expect((await world.get('deployments', 'web', 'apis/apps/v1')).spec.replicas).toBe(2);
  });

  test('the server takes over with a revision that fails, and what was before comes back', async () => {
    const fields = { ...chart, 'server-side': true, set: { tag: 'crash-loop' } };
    const { outputs, log } = await run(world, fields);
    expect(log).toContain('helm upgrade to revision 4, server-side');
    expect(lastCall(world, 'upgrade')).toContain('--server-side=true');
    expect(outputs).toMatchObject({ outcome: 'rolled-back', revision: '5' });
    expect(lastCall(world, 'rollback')).toContain('--server-side=false');
    expect(await image()).toContain(':1.2');
  });

  test('the server takes over, and Helm 4 then stays with it', async () => {
    const fields = { ...chart, 'server-side': true, set: { tag: '1.3' } };
    expect((await run(world, fields)).outputs).toMatchObject({ outcome: 'deployed' });
    const { outputs } = await run(world, { ...chart, set: { tag: '1.4' } });
    expect(outputs).toMatchObject({ outcome: 'deployed', revision: '7' });
    expect(lastCall(world, 'upgrade')).toContain('--server-side=true');
  });

  test('the server lets nothing be taken: refused before anything is changed', async () => {
    await scale(world, 5);
    const before = await world.history();
    const writes = world.writes('deployer').filter((write) => !write.includes('lease'));
    const { outputs, log, code } = await run(world, { ...chart, set: { tag: '1.5' } });
    expect(code).toBe(1);
    expect(outputs['reason-code']).toBe('apply-conflict');
    expect(log).toContain(
      'Deployment web has fields that somebody else has set: kubectl manages spec.replicas.',
    );
    expect(log).toContain('Leave spec.replicas out of the chart');
    expect(log).toContain('set `force-conflicts: true`');
    expect(await world.history()).toEqual(before);
    expect(world.writes('deployer').filter((write) => !write.includes('lease'))).toEqual(writes);
  });

  test('unless it is forced, also over a failure', async () => {
    const forced = { ...chart, 'force-conflicts': true };
    const failed = await run(world, { ...forced, set: { tag: 'crash-loop' } });
    expect(failed.outputs).toMatchObject({ outcome: 'rolled-back', revision: '9' });
    expect(lastCall(world, 'rollback')).toEqual(
      expect.arrayContaining(['--server-side=true', '--force-conflicts']),
    );
    await scale(world, 5);
    const { outputs, log } = await run(world, { ...forced, set: { tag: '1.6' } });
    expect(outputs).toMatchObject({ outcome: 'deployed', revision: '10' });
    expect(log).toContain('server-side, taking fields from others');
    expect((await world.get('deployments', 'web', 'apis/apps/v1')).spec.replicas).toBe(2);
  });

  test('and Helm 3 takes it back, fails, and comes back too', async () => {
    const failed = await run(world, { ...chart, set: { tag: 'crash-loop' } }, helm3);
    expect(failed.outputs).toMatchObject({ outcome: 'rolled-back', revision: '12' });
    expect(await image()).toContain(':1.6');
    const { outputs } = await run(world, { ...chart, set: { tag: '1.7' } }, helm3);
    expect(outputs).toMatchObject({ outcome: 'deployed', revision: '13' });
    expect(await world.readyByTag()).toMatchObject({ '1.7': '2/2' });
  });
});

describe.each(HELMS)('helm $version', ({ version, major }) => {
  let world: World;
  beforeAll(async () => {
    world = await createWorld(version);
  });
  afterAll(() => world.end());
  const chart = { chart: '__tests__/charts/web' };

  test('further arguments go to the commands that know them', async () => {
    const args = ['--enable-dns', '--description "by the tests"', '--render-subchart-notes'];
    const { outputs } = await run(world, { ...chart, 'helm-args': args, 'history-max': 30 });
    expect(outputs).toMatchObject({ outcome: 'deployed' });
    const upgrade = lastCall(world, 'upgrade');
    expect(upgrade).toEqual(
      expect.arrayContaining([
        '--enable-dns',
        '--description=by the tests',
        '--render-subchart-notes',
      ]),
    );
    expect(upgrade[upgrade.indexOf('--history-max') + 1]).toBe('30');
    expect(lastCall(world, 'template')).toContain('--enable-dns');
    expect((await world.history())[0]).toMatchObject({ description: 'by the tests' });
  });

  test('one that helm does not know is refused before anything is rendered', async () => {
    const calls = world.helmCalls().length;
    const { log, outputs } = await run(world, { ...chart, 'helm-args': ['--enable-dn'] });
    expect(outputs['reason-code']).toBe('helm-args-unknown');
    expect(log).toContain(`--enable-dn, which \`helm upgrade\` of helm ${version} does not know`);
    expect(log).toContain('Write --enable-dns');
    expect(world.helmCalls().slice(calls)).toEqual([]);
  });

  test('wait: helm: a post-hook runs when the pods are ready', async () => {
    const values = {
      tag: '1.1',
      hooks: { notify: 'ready' },
      podAnnotations: { 'local-cluster/ready-after': '3s' },
    };
    const { outputs, log } = await run(world, { ...chart, wait: 'helm', 'values-inline': values });
    expect(outputs).toMatchObject({ outcome: 'deployed' });
    expect(log).toContain('waiting for readiness before post-hooks');
    expect(lastCall(world, 'upgrade')).toContain(major === 3 ? '--wait' : '--wait=legacy');
    const pods = (await world.list('pods')).filter(
      ({ metadata }) => metadata.labels?.app === 'web',
    );
    const ready = pods
      .filter(({ spec }) => spec.containers[0].image.endsWith(':1.1'))
      .map(({ status }) => status.conditions.find((one: { type: string }) => one.type === 'Ready'))
      .map(({ lastTransitionTime }) => Date.parse(lastTransitionTime));
    const job = await world.get('jobs', 'web-notify', 'apis/batch/v1');
    expect(ready).toHaveLength(2);
    expect(Math.max(...ready)).toBeLessThanOrEqual(Date.parse(job.metadata.creationTimestamp));
  });

  test('wait: helm: our watch ends it as soon as it is certain', async () => {
    const values = { tag: 'crash-loop', hooks: { notify: 'ready' } };
    const { outputs, summary } = await run(world, {
      ...chart,
      wait: 'helm',
      'values-inline': values,
    });
    expect(outputs).toMatchObject({ outcome: 'rolled-back', 'reason-code': 'crash-loop' });
    expect(summary).toContain('DATABASE_URL is not set');
    expect(await world.readyByTag()).toMatchObject({ '1.1': '2/2' });
  });

  test('a program changes what is rendered, alike in plan and deploy', async () => {
    const program = put('rename.sh', '#!/bin/sh\nsed "s/MESSAGE: .*/MESSAGE: $1/"\n');
    chmodSync(program, 0o755);
    const fields = { ...chart, 'post-renderer': { program, args: ['good day'] } };
    const planned = await run(world, fields, { command: 'plan' });
    expect(planned.log).toContain('good day');
    const { outputs } = await run(world, fields);
    expect(outputs).toMatchObject({ outcome: 'deployed' });
    expect(JSON.stringify((await world.get('configmaps', 'web-config')).data)).toContain(
      'good day',
    );
    expect((await run(world, fields)).outputs).toMatchObject({ outcome: 'unchanged' });
  });

  test('a program that fails is told with its last word, and nothing is deployed', async () => {
    const program = put(
      'fail.sh',
      '#!/bin/sh\necho "reading patches" >&2\necho "no such patch: web.yaml" >&2\nexit 3\n',
    );
    chmodSync(program, 0o755);
    const before = await world.history();
    const { log, outputs } = await run(world, { ...chart, 'post-renderer': program });
    expect(outputs['reason-code']).toBe('post-renderer-failed');
    expect(log).toContain(
      'the post-renderer fail.sh ended with exit code 3: no such patch: web.yaml.',
    );
    expect(log).toContain('reading patches');
    expect(await world.history()).toEqual(before);
  });

  test('a kustomization changes it, with what lies beside its folder', async () => {
    const label = stringify({
      apiVersion: 'kustomize.config.k8s.io/v1alpha1',
      kind: 'Component',
      commonAnnotations: { 'example.com/owner': 'data' },
    });
    put('deploy/common/kustomization.yaml', label);
    const folderOfIt = path.dirname(
      put('deploy/production/kustomization.yaml', 'components: [../common]\n'),
    );
    const { outputs, log } = await run(world, {
      ...chart,
      'post-renderer': { kustomization: folderOfIt },
    });
    expect({ log, outputs }).toMatchObject({ outputs: { outcome: 'deployed' } });
    const { metadata } = await world.get('deployments', 'web', 'apis/apps/v1');
    expect(metadata.annotations).toMatchObject({ 'example.com/owner': 'data' });
  });
});

describe.each(HELMS)('CRDs, with helm $version', ({ version }) => {
  let world: World;
  beforeAll(async () => {
    world = await createWorld(version);
  });
  afterAll(async () => {
    const all = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
    for (const plural of ['widgets', 'gadgets', 'things']) {
      await world.api(`${all}/${plural}.${world.namespace}.example.com`, { method: 'DELETE' });
    }
    await world.end();
  });

  /* CRDs are the whole cluster's: each test run has a group of its own. */
  const toCrd = (kind: string, description: string) => ({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    // As generators leave them.
    metadata: {
      name: `${kind.toLowerCase()}s.${world.namespace}.example.com`,
      creationTimestamp: null,
    },
    spec: {
      group: `${world.namespace}.example.com`,
      names: { kind, plural: `${kind.toLowerCase()}s`, categories: [] },
      scope: 'Namespaced',
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: {
            openAPIV3Schema: {
              type: 'object',
              description,
              properties: { spec: { type: 'object', properties: { size: { type: 'integer' } } } },
            },
          },
        },
      ],
    },
    status: { conditions: [], storedVersions: [] },
  });
  /** A chart with two CRDs in one file, one in an enabled dependency and one in a disabled one. */
  function putChart(description: string, more = ''): string {
    const name = `${world.namespace}/chart`;
    const crds = (...kinds: string[]) =>
      kinds.map((kind) => stringify(toCrd(kind, description))).join('---\n');
    const meta = (chart: string) => stringify({ apiVersion: 'v2', name: chart, version: '1.0.0' });
    const dependencies = ['used', 'unused'].map((one) => ({
      name: one,
      version: '1.0.0',
      repository: '',
      condition: `${one}.enabled`,
    }));
    put(`${name}/Chart.yaml`, meta('widgets') + stringify({ dependencies }));
    put(`${name}/values.yaml`, 'size: 1\nused: { enabled: true }\nunused: { enabled: false }\n');
    put(`${name}/crds/all.yaml`, crds('Widget', 'Gadget'));
    put(
      `${name}/templates/crds/config.yaml`,
      `{apiVersion: v1, kind: ConfigMap, metadata: {name: c}}\n${more}`,
    );
    put(
      `${name}/templates/widget.yaml`,
      stringify({
        apiVersion: `${world.namespace}.example.com/v1`,
        kind: 'Widget',
        metadata: { name: 'w' },
        spec: { size: 1 },
      }),
    );
    for (const one of ['used', 'unused']) {
      put(`${name}/charts/${one}/Chart.yaml`, meta(one));
      put(`${name}/charts/${one}/crds/crd.yaml`, crds(one === 'used' ? 'Thing' : 'Never'));
    }
    return path.dirname(put(`${name}/.helmignore`, ''));
  }
  const read = async (plural: string) =>
    (
      await world.api(
        `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${plural}.${world.namespace}.example.com`,
      )
    ).body;
  const descriptionOf = async (plural: string) =>
    (await read(plural)).spec.versions[0].schema.openAPIV3Schema.description;
  const admin = { user: 'admin' } as const;

  test('apply: before the release, as the chart has them', async () => {
    const chart = putChart('one');
    const { log, outputs } = await run(world, { chart, crds: 'apply' }, {}, admin);
    expect({ log, outputs }).toMatchObject({ outputs: { outcome: 'deployed' } });
    expect(log).toContain('apply CRDs: CustomResourceDefinition widgets.');
    expect(lastCall(world, 'upgrade')).toContain('--skip-crds');
    expect(await descriptionOf('things')).toBe('one');
    expect((await read('nevers')).code).toBe(404);
    expect((await run(world, { chart, crds: 'apply' }, {}, admin)).outputs).toMatchObject({
      outcome: 'unchanged',
    });
  });

  test('helm: the plan says what helm leaves as it is', async () => {
    const { log } = await run(world, { chart: putChart('two') }, { command: 'plan' }, admin);
    const [, told] = /note: CustomResourceDefinitions (.*) are not as in the chart/.exec(log) ?? [];
    expect(told).toContain(`gadgets.${world.namespace}.example.com`);
    expect(log).toContain('helm does not update CRDs; `crds: apply` would.');
    expect(log).not.toContain('nevers');
  });

  test('apply: updated before the deploy, and not taken back with it', async () => {
    const chart = putChart(
      'two',
      '---\n{apiVersion: v1, kind: Pod, metadata: {name: p, annotations: {local-cluster/scenario: fail}}, spec: {restartPolicy: Never, containers: [{name: c, image: "example/app:1"}]}}\n',
    );
    const { log, outputs } = await run(world, { chart, crds: 'apply' }, {}, admin);
    expect(outputs).toMatchObject({ outcome: 'rolled-back' });
    expect(log).toMatch(/~ CustomResourceDefinition widgets\..*\n.*description: one → two/);
    expect(log).toContain('keeps the new content; CRDs are never rolled back.');
    expect(await descriptionOf('widgets')).toBe('two');
  });

  test('apply: without the right to, nothing is changed and the right is named', async () => {
    const before = await world.history();
    const { log, outputs } = await run(world, { chart: putChart('three'), crds: 'apply' });
    expect(outputs['reason-code']).toBe('forbidden');
    expect(log).toContain('Give this identity get, create and patch on customresourcedefinitions');
    expect(await world.history()).toEqual(before);
  });
});

describe.each(HELMS)('the rest of it, with helm $version', ({ version }) => {
  let world: World;
  beforeAll(async () => {
    world = await createWorld(version);
  });
  afterAll(() => world.end());

  test('objects of others are taken over only when asked to', async () => {
    await world.api(`/api/v1/namespaces/${world.namespace}/configmaps`, {
      method: 'POST',
      body: { metadata: { name: 'web-config' }, data: { MESSAGE: 'of somebody' } },
    });
    const chart = { chart: '__tests__/charts/web' };
    expect((await run(world, chart)).outputs['reason-code']).toBe('ownership-conflict');
    const fields = { ...chart, 'take-ownership': true, 'force-conflicts': true };
    const { outputs } = await run(world, fields);
    expect(outputs).toMatchObject({ outcome: 'deployed' });
    expect((await world.get('configmaps', 'web-config')).data).toEqual({ MESSAGE: 'hello' });
  });

  test('a schema that is in the way is skipped, in plan and deploy; a new namespace has its labels', async () => {
    const schema = { properties: { size: { enum: ['small'] } } };
    const chart = path.dirname(
      put(`schema-${version}/Chart.yaml`, 'apiVersion: v2\nname: schema\nversion: 1.0.0\n'),
    );
    put(`schema-${version}/values.schema.json`, JSON.stringify(schema));
    put(
      `schema-${version}/templates/c.yaml`,
      '{apiVersion: v1, kind: ConfigMap, metadata: {name: c}}',
    );
    const name = `${world.namespace}-new`;
    const fields = {
      chart,
      set: { size: 'large' },
      namespace: { name, labels: { team: 'data' } },
    };
    const inputs = { namespace: '' };
    const admin = { user: 'admin' } as const;
    expect((await run(world, fields, inputs, admin)).outputs['reason-code']).toBe(
      'schema-violation',
    );
    const skipped = { ...fields, 'skip-schema-validation': true };
    const { log, outputs } = await run(world, skipped, inputs, admin);
    expect({ log, outputs }).toMatchObject({ outputs: { outcome: 'deployed' } });
    const { body } = await world.api(`/api/v1/namespaces/${name}`);
    expect(body.metadata.labels).toMatchObject({ team: 'data' });
  });
});
