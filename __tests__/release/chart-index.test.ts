import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseChartIndex } from '../../src/release/chart-index.ts';

test.each([
  [
    'YAML',
    'apiVersion: v1\nentries:\n  app:\n  - version: 1.9.0\n  - version: 1.10.0\n  web: []\n',
  ],
  ['JSON', '{"entries":{"app":[{"version":"1.9.0"},{"version":"1.10.0"},null,{}],"web":null}}'],
])('names and versions, newest first: %s', (_, text) => {
  expect([...parseChartIndex(text)]).toEqual([
    ['app', ['1.10.0', '1.9.0']],
    ['web', []],
  ]);
});

test('any text is an index, if only an empty one', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      expect(parseChartIndex(text)).toBeInstanceOf(Map);
      expect(parseChartIndex(`{"entries":${text}}`)).toBeInstanceOf(Map);
    }),
  );
});
