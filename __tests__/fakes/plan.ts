import type { Operation } from '../../src/plan/plan.ts';
import { parseManifest } from '../../src/release/manifest.ts';
import type { KubeObject, ReleaseObject } from '../../src/release/object.ts';
import { lastGood, parseRecord } from '../../src/release/record.ts';
import type { Policy, ReleaseSpec } from '../../src/release/spec.ts';
import type { Rendering, State } from '../../src/state/state.ts';

/** Release `app` in namespace `shop`. */
export function makeSpec(policy: Partial<Policy> = {}): ReleaseSpec {
  return {
    target: {
      environment: '',
      release: 'app',
      namespace: { name: 'shop', create: true, labels: {} },
    },
    cluster: { provider: 'kubeconfig', kubeconfig: '', directory: '/', context: '' },
    chart: { type: 'folder', path: '/work/chart', written: 'chart', folder: 'chart' },
    layers: [],
    needs: [],
    policy: {
      timeout: 300_000,
      onFailure: 'rollback',
      skipUnchanged: true,
      waitForLock: 0,
      historyMax: 10,
      wait: 'ours',
      crds: 'helm',
      ...policy,
    },
    helm: {
      args: [],
      serverSide: 'auto',
      forceConflicts: false,
      takeOwnership: false,
      skipSchemaValidation: false,
    },
    warnings: [],
  };
}

export function makeState(
  records: readonly KubeObject[],
  more: Partial<Omit<State, 'history' | 'lastGood'>> = {},
): State {
  const history = records.map(parseRecord);
  return {
    history,
    lastGood: lastGood(history),
    namespace: 'present',
    readAt: Date.parse('2026-01-01T01:00:00Z'),
    live: new Map(),
    versions: { server: 'v1.36.3', helm: '4.2.3' },
    ...more,
  };
}

/** helm 3's way, which needs no words. */
export const CLIENT_SIDE = { serverSide: false, forceConflicts: false } as const;

export function makeUpgrade(revision: number): Extract<Operation, { type: 'upgrade' }> {
  const method = CLIENT_SIDE;
  return { type: 'upgrade', revision, historyMax: 10, method, takeOwnership: false, wait: 'hooks' };
}

export function makeRendering(manifest: string, source = 'source-1'): Rendering {
  return {
    chart: { name: 'app', version: '1.0.0', appVersion: '1.0' },
    chartDigest: 'sha256:00',
    source,
    objects: parse(manifest),
    notes: [],
  };
}

export function parse(manifest: string): readonly ReleaseObject[] {
  return parseManifest(manifest, 'shop');
}

/** The only object of a manifest. */
export function parseOne(manifest: string): ReleaseObject {
  const [object] = parse(manifest);
  if (!object) throw new Error('an empty manifest');
  return object;
}
