import { beforeEach, describe, expect, test } from '@jest/globals';
import { deploy } from '../../src/commands/deploy.ts';
import { type Ports, plan } from '../../src/commands/plan.ts';
import type { TemplateRequest } from '../../src/ports.ts';
import { type FakeClock, fakeClock } from '../fakes/clock.ts';
import { type FakeCluster, fakeCluster } from '../fakes/cluster.ts';
import { fakeFiles } from '../fakes/files.ts';
import { type FakeHelm, fakeHelm } from '../fakes/helm.ts';
import { makeSpec } from '../fakes/plan.ts';
import { helmRecord } from '../fakes/record.ts';
import { NO_REGISTRIES } from '../fakes/registries.ts';

const CONFIG = '{apiVersion: v1, kind: ConfigMap, metadata: {name: c}, data: {a: one}}\n';
const CHART = {
  '/work/chart/Chart.yaml': 'apiVersion: v2\nname: app\nversion: 1.0.0\n',
  '/work/chart/templates/c.yaml': CONFIG,
};

let cluster: FakeCluster;
let clock: FakeClock;
let helm: FakeHelm;
let rendered: TemplateRequest[];
let told: string[];
beforeEach(() => {
  cluster = fakeCluster();
  clock = fakeClock();
  helm = fakeHelm(cluster);
  helm.manifest = CONFIG;
  rendered = [];
  told = [];
  const { template } = helm;
  helm.template = (request) => {
    rendered.push(request);
    return template(request);
  };
  cluster.put({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } });
});

const ports = (files: Record<string, string> = CHART): Ports => ({
  cluster,
  helm,
  clock,
  files: fakeFiles(files),
  signal: new AbortController().signal,
  emit: () => {},
  learnSecrets: () => told.push('learnt'),
  guessSecrets: () => told.push('guessed'),
  learnValues: () => {},
  registries: NO_REGISTRIES,
  decryptor: { decrypt: () => Promise.reject(new Error('nothing is encrypted')) },
});
const run = (spec = makeSpec()) =>
  clock.pass(
    deploy(spec, ports(), {
      holder: 'run/1#a',
      tellPlan: ({ verdict }) => told.push(verdict),
    }),
  );
/** What helm applied is there. */
const applyConfig = () =>
  cluster.put({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'c', namespace: 'shop' },
    data: { a: 'one' },
  });

describe('deploy', () => {
  test('first install, then unchanged: helm only renders, and nothing is written', async () => {
    helm.apply = async () => {
      applyConfig();
      return undefined;
    };
    expect(await run()).toMatchObject({ result: 'deployed' });
    const writes = cluster.writes.length;
    expect(await run()).toMatchObject({ result: 'unchanged', code: 'unchanged', steps: [] });
    expect(helm.upgrades).toHaveLength(1);
    expect(cluster.writes).toHaveLength(writes);
    expect(told).toEqual(['learnt', 'absent', 'learnt', 'in-sync']);
    expect(rendered.map(({ isUpgrade }) => isUpgrade)).toEqual([false, true]);
  });

  test('other values: deployed, though the rendering is the same', async () => {
    helm.apply = async () => {
      applyConfig();
      return undefined;
    };
    await run();
    const spec = { ...makeSpec(), layers: [{ type: 'inline' as const, text: 'a: b' }] };
    const outcome = await run(spec);
    expect(outcome).toMatchObject({ result: 'deployed' });
    expect(outcome.plan.reason).toBe(
      'Chart or values differ, but what they render to does not; a deploy records them.',
    );
    expect(helm.upgrades.at(-1)?.values).toEqual(['/private/values.shop.app-0-inline.yaml']);
  });

  test('a young pending record of another helm: refused before anything is written', async () => {
    const updated = new Date(clock.now().getTime() - 30_000).toISOString();
    cluster.put(helmRecord(1, { status: 'pending-install', updated }));
    await expect(run()).rejects.toMatchObject({ problems: [{ code: 'locked' }] });
    expect(cluster.writes).toEqual([]);
  });

  test('what helm says of a broken template is an error of ours; Secrets are guessed before', async () => {
    helm.template = async () => ({ code: 1, stdout: '', stderr: 'Error: it is broken' });
    await expect(run()).rejects.toMatchObject({
      problems: [{ message: expect.stringContaining('Rendering chart chart failed') }],
    });
    expect(told).toEqual(['guessed']);
    expect(cluster.writes).toEqual([]);
  });
});

describe('plan', () => {
  test('writes nothing', async () => {
    await plan(makeSpec(), ports(), { trust: 'trusted' });
    expect(cluster.writes).toEqual([]);
    expect(helm.upgrades).toEqual([]);
  });

  test('a namespace that is missing and may not be created', async () => {
    cluster.remove({ apiVersion: 'v1', kind: 'Namespace', namespace: '', name: 'shop' });
    const spec = makeSpec();
    const namespace = { name: 'shop', create: false, labels: {} };
    const target = { ...spec.target, namespace };
    await expect(plan({ ...spec, target }, ports(), { trust: 'trusted' })).rejects.toMatchObject({
      code: 'namespace-missing',
    });
  });

  test.each<[string, 'trusted' | 'untrusted', string, string]>([
    ['{{ .Values.a }}', 'trusted', 'client', ''],
    ['{{ lookup "v1" "Secret" "a" "b" }}', 'trusted', 'server', ''],
    ['{{ lookup "v1" "Secret" "a" "b" }}', 'untrusted', 'client', 'could read Secrets'],
    ['{{ .Capabilities.APIVersions.Has "x" }}', 'trusted', 'server', ''],
  ])('%s, %s: rendered by the %s', async (text, trust, mode, note) => {
    const files = { ...CHART, '/work/chart/templates/c.yaml': text };
    const planned = await plan(makeSpec(), ports(files), { trust });
    expect(rendered.map((request) => request.mode.type)).toEqual([mode]);
    expect(planned.plan.rendering.notes.join()).toContain(note);
  });

  test.each([
    ['a file of the chart', { ...CHART, '/work/chart/README.md': 'x' }],
    ['a template', { ...CHART, '/work/chart/templates/c.yaml': `${CONFIG}#` }],
  ])('%s changes the source', async (_, files) => {
    const source = async (given: Record<string, string>) =>
      (await plan(makeSpec(), ports(given), { trust: 'trusted' })).plan.rendering.source;
    const [before, after, again] = [await source(CHART), await source(files), await source(files)];
    expect(after).not.toBe(before);
    expect(again).toBe(after);
    expect(after).toMatch(/^[0-9a-f]{40}$/);
  });
});
