import { expect, test } from '@jest/globals';
import { readInputs } from '../../src/adapters/inputs.ts';

test('every input by its name, the unknown ones and the empty ones too', () => {
  const inputs = readInputs({
    'INPUT_HELM-VERSION': '4.3',
    INPUT_RELAESE: 'airbyte',
    INPUT_VALUES: '',
    'INPUT_VALUES-INLINE': ' a: 1\n',
    GITHUB_TOKEN: 'secret',
    INPUT_GONE: undefined,
  });
  expect([...inputs]).toEqual([
    ['helm-version', '4.3'],
    ['relaese', 'airbyte'],
    ['values', ''],
    ['values-inline', ' a: 1\n'],
  ]);
});
