import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { createFiles } from '../../src/adapters/files.ts';

const root = mkdtempSync(path.join(tmpdir(), 'slipway-files-'));
afterAll(() => rmSync(root, { recursive: true }));

function put(name: string, text = ''): string {
  const file = path.join(root, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

const names = (paths: readonly string[]) => paths.map((file) => path.relative(root, file));
const files = createFiles(path.join(root, 'runner-temp'));

test('reads a file; what is no file is undefined', () => {
  const file = put('read/a.yaml', 'a: é\n');
  expect(files.read(file)).toBe('a: é\n');
  expect(files.readBytes(file)?.byteLength).toBe(6);
  expect(files.read(path.dirname(file))).toBeUndefined();
  expect(files.read(`${file}/below`)).toBeUndefined();
  expect(files.read(path.join(root, 'absent'))).toBeUndefined();
});

test('tells files, folders and what is absent', () => {
  const file = put('kind/a');
  expect(files.kind(file)).toBe('file');
  expect(files.kind(path.dirname(file))).toBe('folder');
  expect(files.kind(`${file}/below`)).toBe('absent');
  expect(files.kind(path.join(root, 'absent'))).toBe('absent');
});

test.each(['a'.repeat(300), 'a\0b'])('a name that no file can have is absent', (name) => {
  expect(files.kind(path.join(root, name))).toBe('absent');
  expect(files.read(path.join(root, name))).toBeUndefined();
});

test('walks a folder, dot files included, through links but not in circles', () => {
  put('walk/b.yaml');
  put('walk/.helmignore');
  put('walk/templates/a.yaml');
  put('elsewhere/linked.yaml');
  symlinkSync(path.join(root, 'elsewhere'), path.join(root, 'walk/link'));
  symlinkSync(path.join(root, 'walk'), path.join(root, 'walk/circle'));
  symlinkSync(path.join(root, 'nowhere'), path.join(root, 'walk/broken'));
  expect(names(files.walk(path.join(root, 'walk')))).toEqual([
    'walk/.helmignore',
    'walk/b.yaml',
    'walk/link/linked.yaml',
    'walk/templates/a.yaml',
  ]);
});

test('copies a folder so that what it names by relative paths is beside the copy', () => {
  put('repo/charts/app/Chart.yaml', 'name: app');
  put('repo/charts/app/.git/HEAD');
  put('repo/charts/common/Chart.yaml', 'name: common');
  put('repo/library/deep/Chart.yaml', 'name: deep');
  const beside = ['../common', '../../library/deep', './templates', '../nowhere'];
  const copy = files.copyPrivate(path.join(root, 'repo/charts/app'), 'copy', beside);
  expect(copy.startsWith(files.privateFolder())).toBe(true);
  expect(files.walk(copy).map((file) => path.relative(copy, file))).toEqual(['Chart.yaml']);
  const named = (written: string) => files.read(path.join(copy, written, 'Chart.yaml'));
  expect(beside.map(named)).toEqual(['name: common', 'name: deep', undefined, undefined]);
  expect(names(files.walk(path.join(root, 'repo')))).toHaveLength(4);
});

test('links nothing outside of the copy, however far a path climbs', () => {
  const chart = path.dirname(put('shallow/Chart.yaml'));
  const climbing = `${'../'.repeat(chart.split(path.sep).length + 1)}tmp`;
  const copy = files.copyPrivate(chart, 'climbing', [climbing]);
  expect(files.kind(path.resolve(chart, climbing))).toBe('folder');
  expect(files.kind(path.resolve(copy, climbing))).toBe('absent');
});

test('globs are sorted, find only files, and leave dot files out', () => {
  for (const name of ['10.yaml', '2.yaml', '.hidden.yaml', 'deep/3.yaml', 'other.txt']) {
    put(`glob/${name}`);
  }
  const found = (pattern: string) => names(files.glob(pattern, path.join(root, 'glob')));
  expect(found('*.yaml')).toEqual(['glob/10.yaml', 'glob/2.yaml']);
  expect(found('**/*.yaml')).toEqual(['glob/10.yaml', 'glob/2.yaml', 'glob/deep/3.yaml']);
  expect(found('deep')).toEqual([]);
  expect(found('../elsewhere/*')).toEqual(['elsewhere/linked.yaml']);
});

test('the private folder is for us alone, and goes at the end', () => {
  const mode = (file: string) => (statSync(file).mode & 0o777).toString(8);
  const file = files.writePrivate('values.yaml', 'password: x\n');
  expect(files.read(file)).toBe('password: x\n');
  expect(mode(file)).toBe('600');
  expect(mode(path.dirname(file))).toBe('700');
  expect(path.dirname(file)).toBe(files.privateFolder());
  expect(() => files.writePrivate('../out.yaml', '')).toThrow('is a path');
  files.dispose();
  expect(files.kind(path.dirname(file))).toBe('absent');
  files.dispose();
});

test('makes a private tree, and nothing outside of it', () => {
  const bytes = Buffer.from('a');
  const made = files.makePrivateTree('tree', [{ path: 'charts/x/values.yaml', bytes }]);
  expect(files.read(path.join(made, 'charts/x/values.yaml'))).toBe('a');
  expect(statSync(path.join(made, 'charts/x/values.yaml')).mode & 0o777).toBe(0o600);
  expect(() => files.makePrivateTree('tree', [{ path: 'x/../../y', bytes }])).toThrow('leaves');
  expect(files.kind(path.join(made, '../y'))).toBe('absent');
  expect(files.walk(made)).toEqual([]);
});

test('a private file is replaced at once: it is another file, and nothing is left beside it', () => {
  const replaced = createFiles(path.join(root, 'replaced'));
  const file = replaced.replacePrivate('token', 'one');
  const first = statSync(file);
  expect(replaced.replacePrivate('token', 'two')).toBe(file);
  expect(replaced.read(file)).toBe('two');
  expect(statSync(file).ino).not.toBe(first.ino);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(replaced.walk(replaced.privateFolder())).toEqual([file]);
  expect(() => replaced.replacePrivate('../token', '')).toThrow(TypeError);
});
