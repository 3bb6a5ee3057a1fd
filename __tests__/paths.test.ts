import { expect, test } from '@jest/globals';
import { folderOf, nameOf, resolvePath, toRelative } from '../src/paths.ts';

test.each([
  ['/w', 'a/b', '/w/a/b'],
  ['/w', '.', '/w'],
  ['/w/', './a//b/', '/w/a/b'],
  ['/w/x', '../a', '/w/a'],
  ['/w', '../../..', '/'],
  ['/w', '/tmp/a', '/tmp/a'],
  ['D:\\a\\w', 'charts\\api', 'D:/a/w/charts/api'],
  ['D:\\a\\w', 'C:/x', 'C:/x'],
  ['D:\\', '..\\x', 'D:/x'],
  ['D:\\a\\w', '\\\\server\\share\\x\\..\\y', '//server/share/y'],
  ['//server/share/w', './a', '//server/share/w/a'],
  ['/', 'a', '/a'],
])('in %s, %s is %s', (directory, path, resolved) => {
  expect(resolvePath(directory, path)).toBe(resolved);
});

test('a path is told from the folder, when it is in it', () => {
  expect(toRelative('/w', '/w/a/b')).toBe('a/b');
  expect(toRelative('/w', '/web/a')).toBe('/web/a');
  expect(toRelative('D:\\a\\w', 'D:\\a\\w\\values\\b.yaml')).toBe('values/b.yaml');
});

test('folder and name of a path', () => {
  expect(folderOf('/w/a.yaml')).toBe('/w');
  expect(folderOf('/a.yaml')).toBe('/');
  expect(folderOf('D:/a.yaml')).toBe('D:/');
  expect(nameOf('/w/a.yaml')).toBe('a.yaml');
});
