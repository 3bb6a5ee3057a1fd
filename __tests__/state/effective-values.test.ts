import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { createFiles } from '../../src/adapters/files.ts';
import { createHelm } from '../../src/adapters/helm.ts';
import type { Helm } from '../../src/ports.ts';
import type { ReleaseSpec, ValuesLayer } from '../../src/release/spec.ts';
import { toLeaves, toPathText } from '../../src/release/values-paths.ts';
import { prepareChart } from '../../src/state/chart.ts';
import { readEffectiveValues } from '../../src/state/effective-values.ts';
import { HELMS } from '../action/helm-shim.ts';
import { makeSpec } from '../fakes/plan.ts';
import { NO_REGISTRIES } from '../fakes/registries.ts';
import { toTarGz } from '../mirror/tar.ts';

jest.setTimeout(120_000);

const folder = mkdtempSync(path.join(tmpdir(), 'slipway-values-'));
const files = createFiles(folder);
afterAll(() => rmSync(folder, { recursive: true }));

function put(name: string, content: string | Buffer): string {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

const file = (written: string, text: string, secret?: true): ValuesLayer => ({
  type: 'file',
  path: put(written, text),
  written,
  text,
  ...(secret && { secret }),
});

/** Prints what helm gives to the chart itself: the truth that our copy of the chart has to say, too. */
const ORACLE = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: oracle }\n';
const PRINT = `${ORACLE}data: { values: {{ toJson .Values | b64enc }} }\n`;

/*
 * One database twice, by alias, from archives of two versions that both refuse the chart's own
 * defaults (schema) and fail to render them; a cache that a condition turns off; a folder whose
 * values are imported; a chart that refuses old servers.
 */
const database = (version: string) =>
  toTarGz(
    Object.entries({
      'database/Chart.yaml': `apiVersion: v2\nname: database\nversion: ${version}\n`,
      'database/values.yaml': `name: default-${version}\nsize: 1\nold: ${version}\nglobal: { region: nowhere, zone: a }\n`,
      'database/values.schema.json': '{"properties": {"size": {"minimum": 5}}}',
      'database/templates/fails.yaml':
        '{{ if lt (int .Values.size) 5 }}{{ fail "small" }}{{ end }}',
    }).map(([name, text]) => ({ name, content: Buffer.from(text) })),
  );
put('app/charts/database-1.0.0.tgz', database('1.0.0'));
put('app/charts/database-2.0.0.tgz', database('2.0.0'));
put('app/charts/cache/Chart.yaml', 'apiVersion: v2\nname: cache\nversion: 1.0.0\n');
put('app/charts/cache/values.yaml', 'memory: 64Mi\nevict: true\n');
put('app/charts/lib/Chart.yaml', 'apiVersion: v2\nname: lib\nversion: 1.0.0\ntype: library\n');
put('app/charts/lib/values.yaml', 'exports: { shared: { imported: from lib } }\n');
put(
  'app/Chart.yaml',
  `apiVersion: v2
name: app
version: 1.0.0
kubeVersion: ">= 1.30.0"
dependencies:
  - { name: database, version: 1.0.0, alias: main }
  - { name: database, version: 2.0.0, alias: reports }
  - { name: cache, version: 1.0.0, condition: cache.enabled }
  - { name: lib, version: 1.0.0, import-values: [shared] }
`,
);
put(
  'app/values.yaml',
  `replicas: 1
image: { tag: "1.0", pull: Always }
nothing: null
labels: { example.com/team: data, kept: a }
hosts: [one, two]
cache: { enabled: false }
main: { name: main }
`,
);
put('app/templates/oracle.yaml', PRINT);
put('app/templates/NOTES.txt', 'Thanks.');

const LAYERS: readonly ValuesLayer[] = [
  file(
    'values/base.yaml',
    'replicas: 2\nlabels: { kept: null }\nmain: { size: 9 }\nreports: { size: 9 }\n',
  ),
  file(
    'values/production.yaml',
    'global: { region: eu }\ncache: { enabled: true }\nhosts: [one, three]\nreports: { old: null }\n',
  ),
  file('values/secrets.yaml', 'main: { user: admin }\nlicense: abcdef\n', true),
  { type: 'inline', text: 'script: "x"\nkeys: 7\ncountries: { no: NO }\n' },
  { type: 'set-json', values: { image: { pull: null, sizes: [1.5, {}] } } },
  { type: 'set', values: { image: { tag: '1.10' }, adminPassword: 'hunter2' } },
  { type: 'set-file', values: { script: 'x'.repeat(500) } },
];

describe.each(HELMS)('helm $version', ({ version, read }) => {
  let helm: Helm;
  beforeAll(async () => {
    const binary = put(`bin/helm-${version}`, await read());
    chmodSync(binary, 0o755);
    helm = createHelm({
      path: binary,
      version,
      home: path.join(folder, `home-${version}`),
      kubeconfig: { path: put('none', ''), usesExec: false },
      environment: process.env,
    });
  });

  const chart = path.join(folder, 'app');
  const prepare = (layers: readonly ValuesLayer[]) => {
    const spec: ReleaseSpec = {
      ...makeSpec(),
      chart: { type: 'folder', path: chart, written: 'app', folder: 'app' },
      layers,
    };
    return prepareChart(spec, { helm, files, registries: NO_REGISTRIES, log: () => undefined });
  };
  const kubeVersion = 'v1.36.3';

  /** Leaves as helm gives them to the chart itself, with flags of helm's own in place of files. */
  async function ask(values: readonly string[], flags: readonly string[] = []) {
    const { request } = await prepare([]);
    const { stdout, stderr } = await helm.template({
      ...request,
      values,
      options: { ...request.options, further: { template: flags, upgrade: [] } },
      isUpgrade: false,
      includeCrds: false,
      mode: { type: 'client', kubeVersion, apiVersions: [] },
    });
    expect(stderr).not.toContain('Error');
    const printed = /values: (\S+) }/.exec(stdout)?.[1] ?? '';
    return JSON.parse(Buffer.from(printed, 'base64').toString());
  }

  test('says what the chart gets and from where', async () => {
    const prepared = await prepare(LAYERS);
    const found = await readEffectiveValues(prepared, LAYERS, { helm, files, kubeVersion });
    // Exactly the leaves that the chart itself sees, but for the copies of `global.region`.
    const truth = toLeaves(await ask(prepared.request.values)).filter(
      (leaf) => !/.\.global\.region$/.test(toPathText(leaf.path)),
    );
    expect(found.map((one) => one.path).sort()).toEqual(
      truth.map((leaf) => toPathText(leaf.path)).sort(),
    );
    for (const { path: parts, value } of truth) {
      const one = found.find((leaf) => leaf.path === toPathText(parts));
      if (one && !one.secret && !one.value.startsWith('(')) {
        expect([one.path, JSON.parse(one.value)]).toEqual([one.path, value]);
      }
    }
    const told = new Map(found.map((one) => [one.path, [one.value, one.from, one.secret]]));
    expect(Object.fromEntries(told)).toMatchObject({
      replicas: ['2', 'values/base.yaml', false],
      imported: ['"from lib"', 'chart', false],
      'labels["example.com/team"]': ['"data"', 'chart', false],
      'hosts[0]': ['"one"', 'chart', false],
      'hosts[1]': ['"three"', 'values/production.yaml', false],
      'main.name': ['"main"', 'chart', false],
      'main.size': ['9', 'values/base.yaml', false],
      'main.old': ['"1.0.0"', 'chart', false],
      'global.region': ['"eu"', 'values/production.yaml', false],
      'reports.global.zone': ['"a"', 'chart', false],
      'reports.name': ['"default-2.0.0"', 'chart', false],
      'cache.memory': ['"64Mi"', 'values/production.yaml', false],
      'main.user': ['', 'values/secrets.yaml', true],
      license: ['', 'values/secrets.yaml', true],
      'image.tag': ['"1.10"', 'set', false],
      'image.sizes[0]': ['1.5', 'set-json', false],
      'image.sizes[1]': ['{}', 'set-json', false],
      adminPassword: ['', 'set', true],
      keys: ['', 'values-inline', true],
      'countries.false': ['false', 'values-inline', false],
      script: ['(a text of 500 characters)', 'set-file', false],
    });
    // What layers set comes first.
    const first = found.findIndex((one) => one.from === 'chart');
    expect(first).toBeGreaterThan(0);
    expect(found.slice(first).every((one) => one.from === 'chart')).toBe(true);
    for (const gone of ['labels.kept', 'image.pull', 'reports.old'])
      expect(told.has(gone)).toBe(false);
  });

  test('throws what helm says', async () => {
    const layers = [file('values/odd.yaml', 'a: .inf\n')];
    const prepared = await prepare(layers);
    await expect(
      readEffectiveValues(prepared, layers, { helm, files, kubeVersion }),
    ).rejects.toMatchObject({
      problems: [{ message: expect.stringMatching(/^Reading the values of chart app failed/) }],
    });
  });

  test('files of ours give what the flags of helm would', async () => {
    const size = { main: { size: 9 }, reports: { size: 9 } };
    const base = put('size.yaml', JSON.stringify(size));
    const content = put('content.txt', 'a: 1,2\n{b}\n');
    const layers: readonly ValuesLayer[] = [
      { type: 'inline', text: JSON.stringify(size) },
      { type: 'set-json', values: { a: { n: 123456789012, list: [1, null] }, image: null } },
      {
        type: 'set',
        values: {
          v: '1.10',
          octal: '0123',
          yes: 'true',
          none: 'null',
          empty: '',
          big: '1000000',
          labels: { 'example.com/team': 'a,b={c}' },
          hosts: 'x',
        },
      },
      { type: 'set-file', values: { content: 'a: 1,2\n{b}\n', v: '1.10' } },
    ];
    const { request } = await prepare(layers);
    const flags = [
      ...['--set-json', 'a={"n":123456789012,"list":[1,null]}', '--set-json', 'image=null'],
      ...[
        'v=1.10',
        'octal=0123',
        'yes=true',
        'none=null',
        'empty=',
        'big=1000000',
        'hosts=x',
      ].flatMap((one) => ['--set-string', one]),
      ...['--set-string', 'labels.example\\.com/team=a\\,b=\\{c\\}'],
      ...['--set-file', `content=${content}`],
    ];
    const ours = await ask(request.values);
    expect(ours).toEqual(await ask([base], flags));
    expect(ours).toMatchObject({ v: '1.10', octal: '0123', yes: 'true', none: 'null', empty: '' });
    expect(ours).not.toHaveProperty('image');
  });
});
