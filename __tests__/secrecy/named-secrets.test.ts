import { expect, test } from '@jest/globals';
import { findNamedSecrets } from '../../src/secrecy/named-secrets.ts';

test.each([
  [{ image: { tag: '1.0' }, replicas: 2 }, []],
  [{ password: 'one', adminPassword: 'two' }, ['one', 'two']],
  [{ database: { credentials: { user: 'a', pin: 'b' } } }, ['a', 'b']],
  [{ users: [{ name: 'ci', user: { token: 'one', 'client-key-data': 'two' } }] }, ['one', 'two']],
  [{ secrets: [{ name: 'a' }, 'b', null, 3] }, ['a', 'b']],
  ['password', []],
  [null, []],
])('%j', (tree, texts) => {
  expect(findNamedSecrets(tree)).toEqual(texts);
});
