import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { DeployError } from '../../errors.ts';
import { download } from './download.ts';
import { DEFAULT_KUBECTL_VERSION, KUBECTL_PINS } from './kubectl-pins.ts';
import { locate, type Origin } from './origin.ts';
import type { Pin } from './pins.ts';
import { programName } from './platforms.ts';
import type { Tool } from './tool.ts';

const PINS: Readonly<Record<string, Pin>> = KUBECTL_PINS;

/** https://kubernetes.io/releases/download/#binaries: the bare programs, each with its `.sha256` beside it. */
export const KUBECTL: Tool = {
  name: 'kubectl',
  input: 'kubectl-version',
  publisher: 'https://dl.k8s.io',
  file: (version, platform) =>
    `release/v${version}/bin/${platform.replace('-', '/')}/${programName('kubectl', platform)}`,
  checksum: '.sha256',
  pin: (version, platform) => PINS[version]?.sha256[platform],
  member: () => undefined,
  page: (version) => `https://dl.k8s.io/v${version}`,
  versions: 'The versions of kubectl are listed on https://kubernetes.io/releases.',
};

/**
 * The input `kubectl-version` → the version to install: exact (`1.36.3`), a minor (`1.36`: its
 * newest patch, as the publisher's `stable-1.36.txt` says or, in a folder without it, the newest
 * there), or empty (the default).
 * `folder`: an existing one, for what is downloaded.
 */
export async function chooseKubectlVersion(
  text: string,
  origin: Origin,
  folder: string,
): Promise<string> {
  const wanted = text.trim();
  if (wanted === '') return DEFAULT_KUBECTL_VERSION;
  const [, minor, patch] = /^v?(1\.(?:0|[1-9]\d*))(?:\.(0|[1-9]\d*))?$/.exec(wanted) ?? [];
  if (minor === undefined) {
    const message = `\`kubectl-version\` is \`${wanted}\`, which is no version of kubectl.`;
    const hint = 'Write an exact version such as 1.36.3, or a minor such as 1.36.';
    throw new DeployError('input-invalid', message, { hint });
  }
  if (patch !== undefined) return `${minor}.${patch}`;
  return (await newestInFolder(origin, minor)) ?? (await readStable(origin, minor, folder));
}

/** Undefined when the origin is no folder, or tells by itself. */
async function newestInFolder(origin: Origin, minor: string): Promise<string | undefined> {
  if (origin.kind !== 'folder') return undefined;
  const names = await readdir(path.join(origin.path, 'release')).catch((): string[] => []);
  if (names.includes(`stable-${minor}.txt`)) return undefined;
  const patches = names
    .filter((name) => name.startsWith(`v${minor}.`))
    .map((name) => Number(name.slice(minor.length + 2)))
    .filter(Number.isInteger);
  return patches.length === 0 ? undefined : `${minor}.${Math.max(...patches)}`;
}

async function readStable(origin: Origin, minor: string, folder: string): Promise<string> {
  const item = locate(origin, `release/stable-${minor}.txt`);
  const target = path.join(folder, path.basename(item.shown));
  const doing = `Looking for the newest patch of kubectl ${minor}`;
  await download(item, target, { tool: KUBECTL, doing });
  const text = (await readFile(target, 'utf8')).trim();
  const [, version] = /^v(\d+\.\d+\.\d+)$/.exec(text) ?? [];
  if (version?.startsWith(`${minor}.`)) return version;
  throw new DeployError('tool-download-failed', `${doing}: ${item.shown} names no version.`, {
    hint: `It must hold a version such as v${minor}.1 and nothing else; or write an exact version as \`kubectl-version\`.`,
    said: text,
  });
}
