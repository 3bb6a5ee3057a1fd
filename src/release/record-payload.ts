import { gunzipSync, gzipSync } from 'node:zlib';
import { DeployError } from '../errors.ts';
import { isMap } from './json.ts';
import type { StoredHook } from './manifest.ts';
import type { KubeObject } from './object.ts';
import type { HelmStatus } from './revision.ts';

/*
 * helm keeps each revision in a Secret `sh.helm.release.v1.<name>.v<n>` of type helm.sh/release.v1:
 * data.release = base64(base64(gzip(JSON))).
 */

/** The fields of the payload that we read; the rest is kept as it is. */
export interface Payload {
  readonly name: string;
  readonly version: number;
  readonly namespace: string;
  readonly info: {
    readonly status: HelmStatus;
    readonly description?: string;
    readonly last_deployed?: string;
  };
  readonly chart?: {
    readonly metadata?: {
      readonly name?: string;
      readonly version?: string;
      readonly appVersion?: string;
    };
  };
  readonly config?: Readonly<Record<string, unknown>> | null;
  readonly manifest?: string;
  readonly hooks?: readonly StoredHook[];
  readonly apply_method?: string;
}

/** Throws DeployError `record-invalid` when what the Secret holds is not helm's. */
export function decode(secret: KubeObject): Payload {
  const data = secret['data'] as Record<string, string> | undefined;
  const inner = Buffer.from(
    Buffer.from(data?.['release'] ?? '', 'base64').toString('latin1'),
    'base64',
  );
  // Very old helm versions did not compress.
  const compressed = inner[0] === 0x1f && inner[1] === 0x8b;
  try {
    return toPayload(JSON.parse((compressed ? gunzipSync(inner) : inner).toString('utf8')));
  } catch (cause) {
    throw new DeployError(
      'record-invalid',
      `Reading the release record ${secret.metadata.name}: its payload is not helm's.`,
      {
        hint: 'helm cannot read this Secret either: restore it from a backup, or delete it when the other revisions are enough.',
        cause,
      },
    );
  }
}

/** As far as everything else relies on it; Go leaves out what is empty. */
function toPayload(value: unknown): Payload {
  const { version, info, manifest = '', hooks = [] } = Object(value) as Record<string, unknown>;
  const { status, description = '' } = Object(info) as Record<string, unknown>;
  const isSound =
    Number.isSafeInteger(version) &&
    [status, description, manifest].every((text) => typeof text === 'string') &&
    Array.isArray(hooks) &&
    hooks.every(isHook);
  if (isSound) return value as Payload;
  throw new TypeError('not what helm writes');
}

function isHook(value: unknown): boolean {
  const { manifest, path = '', last_run = {} } = Object(value) as Record<string, unknown>;
  return typeof manifest === 'string' && typeof path === 'string' && isMap(last_run);
}

/** For `data.release`. */
export function encode(payload: Payload): string {
  const inner = gzipSync(JSON.stringify(payload), { level: 9 }).toString('base64');
  return Buffer.from(inner).toString('base64');
}
