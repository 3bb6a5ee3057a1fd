import { describe, expect, test } from '@jest/globals';
import { parseChart } from '../../../src/config/chart/chart.ts';
import { fieldsOf, REPOSITORY, workspace } from '../samples.ts';
import { tell } from '../telling.ts';

const FILES = {
  ...REPOSITORY,
  '/repository/bare/README.md': '',
  '/repository/old.tgz': '',
  '/repository/nameless/Chart.yaml': 'version: 1.0.0\n',
  '/repository/broken/Chart.yaml': 'name: a: b\n',
};

const parse = (inputs: Record<string, string>, files: Record<string, string> = FILES) =>
  parseChart(fieldsOf(inputs), { ...workspace(files, inputs), placeholders: {} });

describe('chart', () => {
  test('is a folder with a Chart.yaml, seen from the working directory', () => {
    expect(parse({ chart: '../charts/api/', 'working-directory': 'values' })).toEqual({
      type: 'folder',
      path: '/repository/charts/api',
      written: '../charts/api/',
      folder: 'charts/api',
    });
  });

  test.each([
    [
      '',
      '`chart` is missing or empty. Give the folder of the Helm chart, such as `chart: charts/api`; its name, with `chart-repository`; or `oci://…`.',
    ],
    [
      'charts/ap',
      '`chart` names `charts/ap`, but there is no folder /repository/charts/ap. Did you mean `charts/api`?',
    ],
    [
      'web',
      '`chart` names `web`, but there is no folder /repository/web. Give the folder of a chart that is there: `broken` or `nameless` or `charts/api`.',
    ],
    [
      'charts',
      '`chart` names `charts`, but there is no Chart.yaml in the folder /repository/charts. Did you mean `charts/api`?',
    ],
    [
      'bare',
      '`chart` names `bare`, but there is no Chart.yaml in the folder /repository/bare. Give the folder that holds Chart.yaml.',
    ],
    [
      'charts/api/Chart.yaml',
      '`chart` names the file `charts/api/Chart.yaml`, not a folder. Give its folder: `chart: charts/api`.',
    ],
    [
      'old.tgz',
      '`chart` names the file `old.tgz`, not a folder. Unpack it in an earlier step (`tar -xzf`) and give the folder.',
    ],
    [
      'oci://me:hunter2@registry.example.com/api',
      '`chart` is no address of a chart in a registry. Write `oci://host/path/name`, with the version in `chart-version`.',
    ],
    [
      'oci://--debug/api',
      '`chart` is no address of a chart in a registry. Write `oci://host/path/name`, with the version in `chart-version`.',
    ],
    [
      `oci://h${'/a'.repeat(60)}@\nx`,
      '`chart` is no address of a chart in a registry. Write `oci://host/path/name`, with the version in `chart-version`.',
    ],
    [
      'https://me:hunter2@example.com/api-1.0.0.tgz',
      '`chart` starts with `https://`, which is not a chart. Give the address of the repository as `chart-repository` and the name of the chart as `chart`; for a registry write `oci://…`.',
    ],
  ])('%j is refused', (chart, told) => {
    expect(tell(() => parse({ chart }))).toEqual([told]);
  });

  test.each(['nameless', 'broken'])('%s, whose Chart.yaml cannot be used, is refused', (chart) => {
    const [told] = tell(() => parse({ chart }));
    expect(told).toContain(`${chart}/Chart.yaml`);
  });

  test('in an empty checkout hints at the step that is missing', () => {
    expect(tell(() => parse({ chart: 'charts/api' }, { '/repository/': '' }))).toEqual([
      '`chart` names `charts/api`, but there is no folder /repository/charts/api. If the chart is in this repository, check it out in an earlier step with actions/checkout.',
    ]);
  });

  test('by an alias of `helm repo add` hints at the address of its repository', () => {
    expect(tell(() => parse({ chart: 'bitnami/redis' }))).toEqual([
      '`chart` names `bitnami/redis`, but there is no folder /repository/bitnami/redis. Give the folder of a chart that is there: `broken` or `nameless` or `charts/api`. If `bitnami/redis` is what `helm repo add` made of it: such names are not known here; write `redis`, and the address of its repository as `chart-repository`.',
    ]);
  });

  test('in a repository without charts hints at repositories', () => {
    expect(tell(() => parse({ chart: 'airbyte' }, { '/repository/a.txt': '' }))).toEqual([
      `\`chart\` names \`airbyte\`, but there is no folder /repository/airbyte. Give the folder that holds Chart.yaml, as seen from \`working-directory\`; for a chart of a repository give \`chart-repository\` as well, and for one of a registry write \`oci://…\`.`,
    ]);
  });
});
