import { type Platform, programName } from './platforms.ts';
import type { Tool } from './tool.ts';
import { KNOWN_HELM_VERSIONS, pinnedSha256 } from './versions.ts';

/** https://helm.sh/docs/intro/install: all releases, each archive with its `.sha256sum` beside it. */
export const HELM: Tool = {
  name: 'helm',
  input: 'helm-version',
  publisher: 'https://get.helm.sh',
  file: archiveName,
  checksum: '.sha256sum',
  pin: pinnedSha256,
  member: (platform) => `${platform}/${programName('helm', platform)}`,
  page: (version) => `https://github.com/helm/helm/releases/tag/v${version}`,
  versions: `This release of the action knows helm ${KNOWN_HELM_VERSIONS.join(', ')}.`,
};

/** Such as `helm-v4.3.0-linux-amd64.tar.gz`; a zip for Windows. */
export function archiveName(version: string, platform: Platform): string {
  return `helm-v${version}-${platform}.${platform.startsWith('windows-') ? 'zip' : 'tar.gz'}`;
}
