import { describe, expect, test } from '@jest/globals';
import { type FieldSource, mergeFields } from '../../src/config/fields.ts';

function source(file: string, fields: Readonly<Record<string, unknown>>): FieldSource {
  return {
    fields,
    name: (path) => `${file}:${path.join('.')}`,
    at: (path) => ({ file, line: path.length }),
  };
}

const defaults = source('defaults', {
  chart: { repository: 'https://example.com', version: '1.0.0' },
  namespace: { labels: { team: 'data', tier: 'one' } },
  values: ['base.yaml', 'more.yaml'],
  timeout: '5m',
});
const release = source('release', {
  chart: { name: 'api', version: '2.0.0' },
  namespace: { labels: { tier: 'two' } },
  values: ['api.yaml'],
});
const fields = mergeFields([defaults, release]);

describe('sources laid over each other', () => {
  test('merge maps key by key, and replace everything else', () => {
    expect(fields.get('chart')).toEqual({
      name: 'api',
      repository: 'https://example.com',
      version: '2.0.0',
    });
    expect(fields.get('namespace', 'labels')).toEqual({ team: 'data', tier: 'two' });
    expect(fields.get('values')).toEqual(['api.yaml']);
    expect(fields.text('timeout')).toBe('5m');
    expect(fields.get('wait')).toBeUndefined();
  });

  test('tell name and place by the source that has the say', () => {
    expect(fields.name('chart', 'version')).toBe('release:chart.version');
    expect(fields.at('chart', 'repository')).toEqual({ file: 'defaults', line: 2 });
    expect(fields.at('values', 0)).toEqual({ file: 'release', line: 2 });
  });

  test('tell of what nobody says the last source, at the nearest place', () => {
    expect(fields.at('chart', 'keyring')).toEqual({ file: 'release', line: 2 });
    expect(fields.name('wait')).toBe('release:wait');
    expect(fields.at('wait')).toBeUndefined();
  });

  test('keep apart what helm shall merge', () => {
    expect(fields.each('values').map(({ value }) => value)).toEqual([
      ['base.yaml', 'more.yaml'],
      ['api.yaml'],
    ]);
  });
});

test('names of JavaScript are names like any other', () => {
  const odd = mergeFields([source('odd', { set: { constructor: 'x' } })]);
  expect(odd.get('toString')).toBeUndefined();
  expect(odd.text('set', 'constructor')).toBe('x');
});
