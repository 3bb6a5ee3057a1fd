import { expect, test } from '@jest/globals';
import { archiveName, binaryName, toHelmPlatform } from '../../../src/adapters/tools/platforms.ts';

test.each([
  ['linux', 'x64', 'helm-v4.3.0-linux-amd64.tar.gz', 'helm'],
  ['linux', 'arm64', 'helm-v4.3.0-linux-arm64.tar.gz', 'helm'],
  ['darwin', 'x64', 'helm-v4.3.0-darwin-amd64.tar.gz', 'helm'],
  ['darwin', 'arm64', 'helm-v4.3.0-darwin-arm64.tar.gz', 'helm'],
  ['win32', 'x64', 'helm-v4.3.0-windows-amd64.zip', 'helm.exe'],
  ['win32', 'arm64', 'helm-v4.3.0-windows-arm64.zip', 'helm.exe'],
] as const)('%s %s: %s with %s', (system, arch, archive, binary) => {
  const platform = toHelmPlatform(system, arch);
  expect(archiveName('4.3.0', platform)).toBe(archive);
  expect(binaryName(platform)).toBe(binary);
});

test.each([
  ['freebsd', 'x64'],
  ['linux', 's390x'],
  ['win32', 'ia32'],
] as const)('%s %s is refused', (system, arch) => {
  expect(() => toHelmPlatform(system, arch)).toThrow(
    expect.objectContaining({
      code: 'tool-not-found',
      message: `Installing helm: this runner is ${system} ${arch}.`,
    }),
  );
});
