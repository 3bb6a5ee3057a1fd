import { gunzipSync, gzipSync } from 'node:zlib';
import type { KubeObject } from '../../src/release/object.ts';

export interface RecordOptions {
  readonly status?: string;
  readonly description?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly manifest?: string;
  /** Manifests of hooks. */
  readonly hooks?: readonly string[];
  /** When the hooks ran, and succeeded; ISO 8601. */
  readonly ran?: string;
  /** Values that helm was given. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** ISO 8601. */
  readonly updated?: string;
}

/** A Secret as helm writes it for a revision of release `app` in namespace `shop`. */
export function helmRecord(version: number, options: RecordOptions = {}): KubeObject {
  const status = options.status ?? 'deployed';
  const hooks = (options.hooks ?? []).map((manifest) => ({
    manifest,
    ...(options.ran && { last_run: { started_at: options.ran, phase: 'Succeeded' } }),
  }));
  const payload = {
    name: 'app',
    info: {
      status,
      description: options.description ?? 'Upgrade complete',
      last_deployed: options.updated ?? '2026-01-01T00:00:00Z',
    },
    chart: { metadata: { name: 'app', version: '1.0.0', appVersion: '1.0' } },
    config: options.config ?? {},
    manifest: options.manifest ?? '',
    hooks,
    version,
    namespace: 'shop',
    apply_method: 'ssa',
  };
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: `sh.helm.release.v1.app.v${version}`,
      namespace: 'shop',
      labels: { owner: 'helm', name: 'app', version: String(version), status, ...options.labels },
    },
    type: 'helm.sh/release.v1',
    data: { release: encodePayload(payload) },
  };
}

/** Labels of a revision that Slipway made and verified. */
export const verified = (version: number, source = 'source-1') => ({
  'slipway-attempt': String(version),
  'slipway-verified': String(version),
  'slipway-source': `${version}.${source}`,
});

/** The same of one whose hooks read what `hash` says (`hashInputs`). */
export const proved = (version: number, hash: string) => ({
  ...verified(version),
  'slipway-inputs': `${version}.${hash}`,
});

/** Labels of a revision that Slipway made and never judged. */
export const attempted = (version: number) => ({ 'slipway-attempt': String(version) });

export function encodePayload(payload: unknown): string {
  const inner = gzipSync(JSON.stringify(payload)).toString('base64');
  return Buffer.from(inner).toString('base64');
}

// biome-ignore lint/suspicious/noExplicitAny: a payload is what helm writes
export function decodePayload(secret: KubeObject | undefined): any {
  const data = secret?.['data'] as { release: string } | undefined;
  const inner = Buffer.from(Buffer.from(data?.release ?? '', 'base64').toString(), 'base64');
  return JSON.parse(gunzipSync(inner).toString());
}
