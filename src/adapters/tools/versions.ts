import { DeployError } from '../../errors.ts';
import { HELM_PINS, type Pin } from './pins.ts';
import type { Platform } from './platforms.ts';

const PINS: Readonly<Record<string, Pin>> = HELM_PINS;

/** Newest first. */
export const KNOWN_HELM_VERSIONS: readonly string[] = Object.keys(PINS).sort((a, b) =>
  b.localeCompare(a, 'en', { numeric: true }),
);

/** What is installed when the user asks for nothing: the newest known helm 4. */
export const DEFAULT_HELM_VERSION = newestOf('4');

/** The sha256 of the archive, when this release of the action knows it. */
export function pinnedSha256(version: string, platform: Platform): string | undefined {
  return PINS[version]?.sha256[platform];
}

/**
 * The input `helm-version` → the version to install: exact (`4.3.0`, `v4.3.0`; also one that is not
 * pinned), a minor (`4.3`: its newest patch that this release of the action knows), or empty (the
 * default).
 */
export function chooseHelmVersion(text: string): string {
  const wanted = text.trim();
  if (wanted === '') return DEFAULT_HELM_VERSION;
  const [, minor, patch] = /^v?([34]\.(?:0|[1-9]\d*))(?:\.(0|[1-9]\d*))?$/.exec(wanted) ?? [];
  if (minor === undefined)
    throw badVersion(`\`helm-version\` is \`${wanted}\`, which is no version of Helm 3 or 4.`);
  if (patch !== undefined) return `${minor}.${patch}`;
  const known = KNOWN_HELM_VERSIONS.find((version) => version.startsWith(`${minor}.`));
  if (known === undefined) {
    throw badVersion(
      `\`helm-version\` is \`${wanted}\`, a minor that this release of the action does not know.`,
    );
  }
  return known;
}

function badVersion(message: string): DeployError {
  const minors = KNOWN_HELM_VERSIONS.map((version) => version.replace(/\.\d+$/, ''));
  return new DeployError('input-invalid', message, {
    hint:
      `Write a known minor (${minors.join(', ')}), an exact version such as ${DEFAULT_HELM_VERSION}, ` +
      `or leave it empty for ${DEFAULT_HELM_VERSION}.`,
  });
}

function newestOf(major: string): string {
  const newest = KNOWN_HELM_VERSIONS.find((version) => version.startsWith(`${major}.`));
  if (newest === undefined) throw new Error(`pins.ts lists no helm ${major}`);
  return newest;
}
