import { expect, test } from '@jest/globals';
import {
  chooseHelmVersion,
  DEFAULT_HELM_VERSION,
  KNOWN_HELM_VERSIONS,
  pinnedSha256,
} from '../../../src/adapters/tools/versions.ts';

test.each([
  ['', '4.3.0'],
  ['  ', '4.3.0'],
  ['4.3', '4.3.0'],
  ['v4.2', '4.2.4'],
  ['3.22', '3.22.0'],
  ['3.17', '3.17.4'],
  ['4.3.0', '4.3.0'],
  ['v4.3.0', '4.3.0'],
  [' 4.2.3\n', '4.2.3'],
  ['3.17.3', '3.17.3'],
  ['3.9.4', '3.9.4'],
])('helm-version %j is %s', (text, version) => {
  expect(chooseHelmVersion(text)).toBe(version);
});

test.each([
  'latest',
  '4',
  'v4',
  '2.17.0',
  '5.0',
  '4.3.x',
  '^4.3',
  '>=3.1',
  '4.3.0-rc.1',
  '4.03',
  '04.3',
  '4.3.0.0',
  'vv4.3',
  '4.3 # newest',
  '../4.3.0',
])('helm-version %j is no version', (text) => {
  expect(() => chooseHelmVersion(text)).toThrow(
    expect.objectContaining({
      code: 'input-invalid',
      message: `\`helm-version\` is \`${text}\`, which is no version of Helm 3 or 4.`,
    }),
  );
});

test('a minor that is not known names the known ones', () => {
  expect(() => chooseHelmVersion('3.16')).toThrow(
    expect.objectContaining({
      code: 'input-invalid',
      message: '`helm-version` is `3.16`, a minor that this release of the action does not know.',
      hint: 'Write a known minor (4.3, 4.2, 4.1, 4.0, 3.22, 3.21, 3.20, 3.19, 3.18, 3.17), an exact version such as 4.3.0, or leave it empty for 4.3.0.',
    }),
  );
});

test('newest first, by number and not by text', () => {
  expect(KNOWN_HELM_VERSIONS[0]).toBe(DEFAULT_HELM_VERSION);
  expect(KNOWN_HELM_VERSIONS.indexOf('3.22.0')).toBeGreaterThan(
    KNOWN_HELM_VERSIONS.indexOf('4.0.5'),
  );
});

test('what is pinned', () => {
  expect(pinnedSha256('4.3.0', 'linux-amd64')).toMatch(/^86584a54/);
  expect(pinnedSha256('3.22.0', 'windows-arm64')).toBeUndefined();
  expect(pinnedSha256('4.2.3', 'linux-amd64')).toBeUndefined();
});
