import { expect, test } from '@jest/globals';
import { findUrlSecrets } from '../../src/secrecy/url-secrets.ts';

test.each([
  ['', []],
  ['C:\\mirror', []],
  ['/srv/mirror', []],
  ['https://mirror.example.com/tools?raw=true', []],
  ['http://robot:a%40b@proxy:3128', ['a%40b', 'a@b', 'robot:a@b']],
  ['https://robot:100%@mirror.example.com', ['100%', 'robot:100%']],
  ['https://token-1234@mirror.example.com', ['token-1234']],
  ['https://mirror.example.com?sig=a%2Bb%2Bcdefg', ['a+b+cdefg', 'a%2Bb%2Bcdefg']],
])('%s holds %j', (text, secrets) => {
  expect(findUrlSecrets(text)).toEqual(secrets);
});
