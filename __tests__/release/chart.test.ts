import { describe, expect, test } from '@jest/globals';
import { DeployError } from '../../src/errors.ts';
import { missingDependencies, parseChartYaml, withRequirements } from '../../src/release/chart.ts';

const place = { file: 'charts/app/Chart.yaml' };

function failure(text: string): DeployError {
  try {
    parseChartYaml(text, place);
  } catch (error) {
    if (error instanceof DeployError) return error;
  }
  throw new Error('nothing was refused');
}

describe('Chart.yaml', () => {
  test('is read as far as we use it', () => {
    const text = `
apiVersion: v2
name: app
version: 1.2.3
appVersion: 1.10
type: library
dependencies:
- name: redis
  alias: cache
  version: 18.x
  repository: https://example.com
- name: sub
`;
    expect(parseChartYaml(text, place)).toEqual({
      name: 'app',
      version: '1.2.3',
      appVersion: '1.1',
      type: 'library',
      dependencies: [
        { name: 'redis', alias: 'cache', version: '18.x', repository: 'https://example.com' },
        { name: 'sub', alias: '', version: '', repository: '' },
      ],
    });
  });

  test.each([
    ['a: b: c', "The chart's charts/app/Chart.yaml is not valid YAML: line 1, column 4: "],
    ['- a', 'it is not a map.'],
    ['', 'it is not a map.'],
    ['version: 1', 'it has no name.'],
    ['name: a', 'it has no version.'],
    ['{name: a, version: 1, dependencies: {}}', 'its dependencies are not a list.'],
  ])('%s', (text, message) => {
    const error = failure(text);
    expect(error.code).toBe('chart-invalid');
    expect(error.message).toContain(message);
    expect(error.problems[0]?.at?.file).toBe(place.file);
  });

  test('names the line of broken YAML', () => {
    expect(failure('name: a\nversion: b: c').problems[0]?.at).toEqual({
      ...place,
      line: 2,
      column: 10,
    });
  });
});

test('requirements.yaml takes the place of dependencies in Chart.yaml', () => {
  const chart = parseChartYaml('{name: a, version: 1, dependencies: [{name: redis}]}', place);
  const file = { file: 'charts/app/requirements.yaml' };
  const read = (text: string | undefined) =>
    withRequirements(chart, text, file).dependencies.map(({ name }) => name);
  expect(read('dependencies: [{ name: pg }]')).toEqual(['pg']);
  expect(read('dependencies: []')).toEqual([]);
  expect(read('other: 1')).toEqual(['redis']);
  expect(read(undefined)).toEqual(['redis']);
  expect(() => read('- pg')).toThrow(
    'charts/app/requirements.yaml cannot be used: it is not a map',
  );
});

test.each<[string[], string[]]>([
  [[], ['redis', 'pg']],
  [['redis', 'pg-1.0.0.tgz'], []],
  [['redis-18.1.0.tgz', 'pg-v2.tgz'], []],
  [
    ['redis-cluster-1.0.0.tgz', 'pg-ha'],
    ['redis', 'pg'],
  ],
  [
    ['redis-18.1.0.tar', 'pg.tgz'],
    ['redis', 'pg'],
  ],
])('charts/ with %j lacks %j', (entries, missing) => {
  const chart = parseChartYaml(
    '{name: a, version: 1, dependencies: [{name: redis}, {name: pg}, {name: pg, alias: other}]}',
    place,
  );
  expect(missingDependencies(chart, entries)).toEqual(missing);
});
