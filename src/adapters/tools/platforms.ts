import { DeployError } from '../../errors.ts';

/** As the publishers name them: Go's names of the operating system and the architecture. */
export type Platform = `${'linux' | 'darwin' | 'windows'}-${'amd64' | 'arm64'}`;

const SYSTEMS: Readonly<Record<string, 'linux' | 'darwin' | 'windows'>> = {
  linux: 'linux',
  darwin: 'darwin',
  win32: 'windows',
};
const ARCHITECTURES: Readonly<Record<string, 'amd64' | 'arm64'>> = { x64: 'amd64', arm64: 'arm64' };

/** Node's names of a machine → the publishers'. */
export function toPlatform(system: NodeJS.Platform, arch: string): Platform {
  const published = SYSTEMS[system];
  const architecture = ARCHITECTURES[arch];
  if (published === undefined || architecture === undefined) {
    throw new DeployError('tool-not-found', `Installing tools: this runner is ${system} ${arch}.`, {
      hint: 'Use a runner with Linux, macOS or Windows on x64 or arm64.',
    });
  }
  return `${published}-${architecture}`;
}

/** The file name of a program, such as `helm.exe`. */
export function programName(name: string, platform: Platform): string {
  return platform.startsWith('windows-') ? `${name}.exe` : name;
}
