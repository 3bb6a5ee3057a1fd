import path from 'node:path';
import { expect, test } from '@jest/globals';
import { locate, parseOrigin } from '../../../src/adapters/tools/origin.ts';

const PUBLISHER = 'https://get.helm.sh';
const NAME = 'helm-v4.3.0-linux-amd64.tar.gz';
const KUBECTL = 'release/v1.36.3/bin/linux/amd64/kubectl';

test.each([
  [undefined, `https://get.helm.sh/${NAME}`],
  ['', `https://get.helm.sh/${NAME}`],
  ['https://mirror.example.com', `https://mirror.example.com/${NAME}`],
  ['https://mirror.example.com/a/helm', `https://mirror.example.com/a/helm/${NAME}`],
  ['https://mirror.example.com/a/helm//', `https://mirror.example.com/a/helm/${NAME}`],
  [' http://10.0.0.1:8080/helm/\n', `http://10.0.0.1:8080/helm/${NAME}`],
])('tool-mirror %j: %s', (mirror, address) => {
  const item = locate(parseOrigin(mirror, PUBLISHER), NAME);
  expect(item.address).toBe(address);
  expect(item.shown).toBe(address);
});

test('a folder', () => {
  const file = path.join('/srv/mirror', KUBECTL);
  const item = locate(parseOrigin('/srv/mirror', PUBLISHER), KUBECTL);
  expect(item).toEqual({
    kind: 'folder',
    address: file,
    authorization: undefined,
    shown: file,
  });
});

test('a login and a signature are used but never shown', () => {
  const mirror = 'https://user:s%40cret%@mirror.example.com/tools?sig=a%2Bb';
  const item = locate(parseOrigin(mirror, PUBLISHER), KUBECTL);
  expect(item.address).toBe(`https://mirror.example.com/tools/${KUBECTL}?sig=a%2Bb`);
  expect(item.shown).toBe(`https://mirror.example.com/tools/${KUBECTL}`);
  const sent = Buffer.from('user:s%40cret%').toString('base64');
  expect(item.authorization).toBe(`Basic ${sent}`);
});

test.each(['ftp://mirror.example.com', 's3://bucket/helm', 'https://'])(
  '%s is refused',
  (mirror) => {
    expect(() => parseOrigin(mirror, PUBLISHER)).toThrow(
      expect.objectContaining({ code: 'input-invalid' }),
    );
  },
);
