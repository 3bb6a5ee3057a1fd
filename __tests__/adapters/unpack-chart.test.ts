import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from '@jest/globals';
import { unpackChart } from '../../src/adapters/unpack-chart.ts';
import { toTarGz } from '../mirror/tar.ts';

const root = mkdtempSync(path.join(tmpdir(), 'slipway-unpack-'));
afterAll(() => rmSync(root, { recursive: true }));

function unpack(name: string, archive: Buffer): string {
  const file = path.join(root, `${name}.tgz`);
  writeFileSync(file, archive);
  const folder = path.join(root, name);
  unpackChart({ archive: file, folder, written: 'app 1.0.0' });
  return folder;
}

const pack = (...names: readonly string[]) =>
  toTarGz(names.map((name) => ({ name, content: Buffer.from(name) })));

test('what is in the folder of the archive comes into ours', () => {
  const folder = unpack('good', pack('any/Chart.yaml', 'any/charts/sub/Chart.yaml', 'any/a b'));
  expect(readFileSync(path.join(folder, 'charts/sub/Chart.yaml'), 'utf8')).toBe(
    'any/charts/sub/Chart.yaml',
  );
  expect(existsSync(path.join(folder, 'a b'))).toBe(true);
});

test('a file that is a folder as well is no error of ours', () => {
  const archive = pack('app/Chart.yaml', 'app/a', 'app/a/b');
  expect(() => unpack('clash', archive)).toThrow('names that no folder can have');
});

test.each([
  ['no archive', Buffer.from('<html>'), 'it is no gzip archive, or broken'],
  ['a bomb', gzipSync(Buffer.alloc(101 * 1024 * 1024)), 'it has more than 100 MiB'],
  ['cut off', pack('app/Chart.yaml').subarray(0, 60), 'unexpected end of file'],
  ['no chart', pack('app/values.yaml'), 'it has no Chart.yaml'],
  ['climbs', pack('app/Chart.yaml', 'app/../../out'), 'a file outside of the folder'],
  ['climbs with \\', pack('app/Chart.yaml', 'app\\..\\..\\out'), 'a file outside of the folder'],
  ['beside its folder', pack('app/Chart.yaml', 'out'), 'a file outside of the folder'],
  ['another drive', pack('app/Chart.yaml', 'app/C:/out'), 'a file outside of the folder'],
])('%s is refused', (name, archive, why) => {
  expect(() => unpack(name, archive)).toThrow(`Unpacking chart app 1.0.0 failed: `);
  expect(() => unpack(name, archive)).toThrow(why);
  expect(existsSync(path.join(root, 'out'))).toBe(false);
  expect(existsSync(path.join(root, name))).toBe(false);
});
