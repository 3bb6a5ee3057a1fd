import { expect, test } from '@jest/globals';
import { HELM } from '../../../src/adapters/tools/helm.ts';
import { KUBECTL } from '../../../src/adapters/tools/kubectl.ts';
import { toPlatform } from '../../../src/adapters/tools/platforms.ts';

test.each([
  ['linux', 'x64', 'linux-amd64.tar.gz', 'linux-amd64/helm', 'linux/amd64/kubectl'],
  ['linux', 'arm64', 'linux-arm64.tar.gz', 'linux-arm64/helm', 'linux/arm64/kubectl'],
  ['darwin', 'x64', 'darwin-amd64.tar.gz', 'darwin-amd64/helm', 'darwin/amd64/kubectl'],
  ['darwin', 'arm64', 'darwin-arm64.tar.gz', 'darwin-arm64/helm', 'darwin/arm64/kubectl'],
  ['win32', 'x64', 'windows-amd64.zip', 'windows-amd64/helm.exe', 'windows/amd64/kubectl.exe'],
  ['win32', 'arm64', 'windows-arm64.zip', 'windows-arm64/helm.exe', 'windows/arm64/kubectl.exe'],
] as const)('%s %s: %s with %s, and %s', (system, arch, archive, member, kubectl) => {
  const platform = toPlatform(system, arch);
  expect(HELM.file('4.3.0', platform)).toBe(`helm-v4.3.0-${archive}`);
  expect(HELM.member(platform)).toBe(member);
  expect(KUBECTL.file('1.36.3', platform)).toBe(`release/v1.36.3/bin/${kubectl}`);
});

test.each([
  ['freebsd', 'x64'],
  ['linux', 's390x'],
  ['win32', 'ia32'],
] as const)('%s %s is refused', (system, arch) => {
  expect(() => toPlatform(system, arch)).toThrow(
    expect.objectContaining({
      code: 'tool-not-found',
      message: `Installing tools: this runner is ${system} ${arch}.`,
    }),
  );
});
