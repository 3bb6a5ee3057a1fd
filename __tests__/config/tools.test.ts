import { describe, expect, test } from '@jest/globals';
import { parseHelm } from '../../src/config/tools.ts';
import { given, REPOSITORY, workspace } from './samples.ts';
import { tell } from './telling.ts';

const FILES = {
  ...REPOSITORY,
  '/repository/.tool-versions': '# tools\nnodejs 24.1.0\nhelm 3.17.4 # pinned\n',
  '/repository/mirror/helm.tar.gz': '',
  '/repository/other/.tool-versions': 'nodejs 24.1.0\n',
};

const parse = (inputs: Record<string, string>) =>
  parseHelm(given(inputs), workspace(FILES, inputs));

describe('helm-version', () => {
  test.each([
    ['', ''],
    ['4.3.0', '4.3.0'],
    ['v4.3.0', '4.3.0'],
    ['3.22', '3.22'],
    ['.tool-versions', '3.17.4'],
  ])('%j is %j', (text, version) => {
    expect(parse({ 'helm-version': text }).helmVersion).toBe(version);
  });

  test.each([
    [
      'latest',
      '`helm-version` is `latest`, which is no version of Helm 3 or 4. Write an exact version such as `4.3.0`, or a minor such as `4.3`.',
    ],
    [
      '2.17.0',
      '`helm-version` is `2.17.0`, which is no version of Helm 3 or 4. Write an exact version such as `4.3.0`, or a minor such as `4.3`.',
    ],
    [
      'other/.tool-versions',
      '`other/.tool-versions` has no line for helm. Add a line such as `helm 4.3.0`, or write the version itself.',
    ],
    [
      'no/.tool-versions',
      '`helm-version` names `no/.tool-versions`, but there is no file /repository/no/.tool-versions. Add the file with a line such as `helm 4.3.0`, or write the version itself.',
    ],
  ])('%s is refused', (text, told) => {
    expect(tell(() => parse({ 'helm-version': text }))).toEqual([told]);
  });
});

describe('tool-mirror', () => {
  test.each([
    ['', ''],
    ['https://mirror.example.com/helm', 'https://mirror.example.com/helm'],
    ['mirror', '/repository/mirror'],
  ])('%j is %j', (text, mirror) => {
    expect(parse({ 'tool-mirror': text }).mirror).toBe(mirror);
  });

  test.each([
    [
      'mirrors',
      '`tool-mirror` names `mirrors`, but there is no folder /repository/mirrors. Give an existing folder, or a URL that starts with `https://`.',
    ],
    [
      'ftp://me:hunter2@example.com',
      '`tool-mirror` is an address of an unknown kind. Give a URL that starts with `https://`, or a folder.',
    ],
  ])('%s is refused', (text, told) => {
    expect(tell(() => parse({ 'tool-mirror': text }))).toEqual([told]);
  });
});
