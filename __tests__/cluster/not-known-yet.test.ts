import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { HELMS } from '../action/helm-shim.ts';
import { createWorld, type World } from './world.ts';

/* What the cluster cannot answer yet is planned all the same, and the plan says what it does not know. */
describe.each(HELMS)('helm $version', ({ version }) => {
  let world: World;
  let folder: string;
  let group: string;
  beforeAll(async () => {
    world = await createWorld(version);
    // CRDs belong to the whole cluster: those of another test would be there already.
    group = `${world.namespace}.example.com`;
    folder = mkdtempSync(path.join(tmpdir(), 'slipway-charts-'));
  });
  afterAll(async () => {
    const url = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
    for (const name of [`widgets.${group}`, `widgets.needs.${group}`]) {
      await world.api(`${url}/${name}`, { method: 'DELETE' });
    }
    rmSync(folder, { recursive: true });
    await world.end();
  });

  const write = (files: Readonly<Record<string, string>>) => {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), text);
    }
  };

  test('a chart that brings CRDs and their objects, and looks something up', async () => {
    write({
      'own/Chart.yaml': toChart('own'),
      'own/crds/widgets.yaml': toCrd(group),
      'own/templates/all.yaml': toWidget(group, 'own'),
    });
    const inputs = { release: 'own', chart: path.join(folder, 'own') };
    const admin = { user: 'admin' } as const;
    const planned = await world.run({ ...inputs, command: 'plan' }, admin);
    expect(planned.log).toContain(
      "does not know Widget yet; the chart's own `crds/` brings the CRD",
    );
    expect(planned.log).toContain('+ Widget');
    expect(planned.outputs).toMatchObject({ outcome: 'planned' });
    expect(planned.code).toBe(0);
    expect(planned.log).toContain('+ CustomResourceDefinition');
    const deployed = await world.run(inputs, admin);
    expect(deployed.outputs).toMatchObject({ outcome: 'deployed' });
    expect(deployed.log).toContain(`✓ create CRDs: CustomResourceDefinition widgets.${group}`);
    expect((await world.get('widgets', 'own', `apis/${group}/v1`)).spec).toEqual({ size: 3 });
    const again = await world.run(inputs, admin);
    expect(again.log).not.toContain('does not know');
    expect(again.outputs).toMatchObject({ outcome: 'unchanged' });
  });

  test('a release whose CRDs another release of the job brings', async () => {
    const theirs = `needs.${group}`;
    write({
      'operator/Chart.yaml': toChart('operator'),
      'operator/crds/widgets.yaml': toCrd(theirs),
      'consumer/Chart.yaml': toChart('consumer'),
      'consumer/templates/all.yaml': toWidget(theirs, 'consumer'),
      'slipway.yaml': toConfig(world.namespace),
    });
    const inputs = { release: '', chart: '', namespace: '', environment: 'test' };
    const there = { user: 'admin', workspace: folder } as const;
    const planned = await world.run({ ...inputs, command: 'plan' }, there);
    expect(planned.log).toContain('does not know Widget yet; release operator brings the CRD');
    expect(planned.code).toBe(0);
    expect((await world.run(inputs, there)).code).toBe(0);
    const made = await world.get('widgets', 'consumer', `apis/${theirs}/v1`);
    expect(made.spec).toEqual({ size: 3 });
    const again = await world.run(inputs, there);
    expect(again.outputs).toMatchObject({ outcome: 'unchanged' });
  });

  test('a kind that nobody brings is refused as before', async () => {
    write({
      'stray/Chart.yaml': toChart('stray'),
      'stray/templates/all.yaml': toWidget(`stray.${group}`, 'stray'),
    });
    const inputs = { release: 'stray', chart: path.join(folder, 'stray'), command: 'plan' };
    const { code, outputs } = await world.run(inputs);
    expect(outputs).toMatchObject({ outcome: 'refused', 'reason-code': 'kind-unknown' });
    expect(code).toBe(1);
  });

  test('while another run deploys: planned, with what was not checked', async () => {
    await world.run();
    const slow = {
      'values-inline':
        'hooks: { migrate: ready, migrateAnnotations: { local-cluster/complete-after: 8s } }',
    };
    const other = world.start(slow);
    await world.until(
      'helm is at work',
      async () => (await world.history()).at(-1)?.status === 'pending-upgrade',
    );
    const { code, outputs, log } = await world.run({ command: 'plan', set: 'tag=1.1' });
    expect(outputs).toMatchObject({ outcome: 'planned' });
    expect(code).toBe(0);
    expect(log).toContain('Revision 2 is pending-upgrade: what becomes of it is not known yet.');
    expect(log).toContain(
      'relative to revision 1, the last good one; live objects were not compared',
    );
    expect((await other.ended).outputs).toMatchObject({ outcome: 'deployed' });
  });

  test("while somebody else's helm is at work: planned, but not deployed", async () => {
    const slow = 'hooks.migrate=ready,hooks.migrateAnnotations.local-cluster/complete-after=15s';
    const other = world.foreignUpgrade(version, ['--set', slow]);
    await world.until(
      'helm is at work',
      async () => (await world.history()).at(-1)?.status === 'pending-upgrade',
    );
    const inputs = { set: 'tag=1.1' };
    const planned = await world.run({ ...inputs, command: 'plan' });
    expect(planned.outputs).toMatchObject({ outcome: 'planned' });
    expect(planned.log).toContain('another helm began it');
    expect(planned.code).toBe(0);
    const refused = await world.run(inputs);
    expect(refused.outputs).toMatchObject({ outcome: 'refused', 'reason-code': 'locked' });
    expect(refused.code).toBe(1);
    await other;
  });
});

const toChart = (name: string) => `apiVersion: v2\nname: ${name}\nversion: 1.0.0\n`;

const toConfig = (namespace: string) => `environments:
  test: {}
releases:
  consumer: { chart: consumer, namespace: ${namespace}, needs: [operator] }
  operator: { chart: operator, namespace: ${namespace} }
`;

const toWidget = (group: string, name: string) => `apiVersion: ${group}/v1
kind: Widget
metadata:
  name: ${name}
  annotations:
    found: {{ len (lookup "v1" "Secret" .Release.Namespace "nothing") | quote }}
spec:
  size: 3
`;

const toCrd = (group: string) => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: widgets.${group}
spec:
  group: ${group}
  scope: Namespaced
  names: { kind: Widget, plural: widgets }
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              properties:
                size: { type: integer }
`;
