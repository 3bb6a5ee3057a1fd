import path from 'node:path';
import { expect, test } from '@jest/globals';
import { locate, parseOrigin } from '../../../src/adapters/tools/origin.ts';

const NAME = 'helm-v4.3.0-linux-amd64.tar.gz';

test.each([
  [undefined, `https://get.helm.sh/${NAME}`],
  ['', `https://get.helm.sh/${NAME}`],
  ['https://mirror.example.com', `https://mirror.example.com/${NAME}`],
  ['https://mirror.example.com/a/helm', `https://mirror.example.com/a/helm/${NAME}`],
  ['https://mirror.example.com/a/helm//', `https://mirror.example.com/a/helm/${NAME}`],
  [' http://10.0.0.1:8080/helm/\n', `http://10.0.0.1:8080/helm/${NAME}`],
])('tool-mirror %j: %s', (mirror, address) => {
  const item = locate(parseOrigin(mirror), NAME);
  expect(item.address).toBe(address);
  expect(item.shown).toBe(address);
});

test('a folder', () => {
  const item = locate(parseOrigin('/srv/mirror'), NAME);
  expect(item).toEqual({
    kind: 'folder',
    address: path.join('/srv/mirror', NAME),
    shown: path.join('/srv/mirror', NAME),
  });
});

test('credentials and a signature are used but never shown', () => {
  const item = locate(parseOrigin('https://user:secret@mirror.example.com/helm?sig=abc'), NAME);
  expect(item.address).toBe(`https://user:secret@mirror.example.com/helm/${NAME}?sig=abc`);
  expect(item.shown).toBe(`https://mirror.example.com/helm/${NAME}`);
});

test.each(['ftp://mirror.example.com', 's3://bucket/helm', 'https://'])(
  '%s is refused',
  (mirror) => {
    expect(() => parseOrigin(mirror)).toThrow(expect.objectContaining({ code: 'input-invalid' }));
  },
);
