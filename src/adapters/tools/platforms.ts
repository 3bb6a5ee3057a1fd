import { DeployError } from '../../errors.ts';

/** As the publisher names them: Go's names of the operating system and the architecture. */
export type HelmPlatform = `${'linux' | 'darwin' | 'windows'}-${'amd64' | 'arm64'}`;

const SYSTEMS: Readonly<Record<string, 'linux' | 'darwin' | 'windows'>> = {
  linux: 'linux',
  darwin: 'darwin',
  win32: 'windows',
};
const ARCHITECTURES: Readonly<Record<string, 'amd64' | 'arm64'>> = { x64: 'amd64', arm64: 'arm64' };

/** Node's names of a machine → the publisher's. */
export function toHelmPlatform(platform: NodeJS.Platform, arch: string): HelmPlatform {
  const system = SYSTEMS[platform];
  const architecture = ARCHITECTURES[arch];
  if (system === undefined || architecture === undefined) {
    throw new DeployError(
      'tool-not-found',
      `Installing helm: this runner is ${platform} ${arch}.`,
      {
        hint: 'Use a runner with Linux, macOS or Windows on x64 or arm64.',
      },
    );
  }
  return `${system}-${architecture}`;
}

/** Such as `helm-v4.3.0-linux-amd64.tar.gz`; a zip for Windows. */
export function archiveName(version: string, platform: HelmPlatform): string {
  return `helm-v${version}-${platform}.${platform.startsWith('windows-') ? 'zip' : 'tar.gz'}`;
}

export function binaryName(platform: HelmPlatform): string {
  return platform.startsWith('windows-') ? 'helm.exe' : 'helm';
}
