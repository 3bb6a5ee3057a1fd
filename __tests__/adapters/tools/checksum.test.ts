import { expect, test } from '@jest/globals';
import { parseChecksumFile } from '../../../src/adapters/tools/checksum.ts';

const SHA = 'e9b88b4ee95b18c706839c28d3a0220e5bc470e9cd9262410c90793c45ff8b7c';
const NAME = 'helm-v4.2.3-linux-amd64.tar.gz';

test.each([
  ['the publisher’s', `${SHA}  ${NAME}\n`],
  ['a hash alone', `${SHA}`],
  ['read as binary', `${SHA} *${NAME}\n`],
  ['upper case, Windows line ends', `${SHA.toUpperCase()}  ${NAME}\r\n`],
  ['one of several', `${'0'.repeat(64)}  helm-v4.2.3-linux-arm64.tar.gz\n${SHA}  ${NAME}\n`],
])('%s', (_, text) => {
  expect(parseChecksumFile(text, NAME)).toBe(SHA);
});

test.each([
  ['nothing', ''],
  ['an error page', '<html><body>Sign in</body></html>'],
  ['another archive', `${SHA}  helm-v4.2.3-linux-arm64.tar.gz\n`],
  ['a name that only ends alike', `${SHA}  evil-${NAME}\n`],
  ['two hashes', `${SHA}\n${SHA}\n`],
  ['a hash that is too short', `${SHA.slice(1)}  ${NAME}\n`],
])('%s names no hash', (_, text) => {
  expect(parseChecksumFile(text, NAME)).toBeUndefined();
});
