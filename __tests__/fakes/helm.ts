import type { CommandResult, Helm, RollbackRequest, UpgradeRequest } from '../../src/ports.ts';
import type { KubeObject } from '../../src/release/object.ts';
import type { FakeCluster } from './cluster.ts';
import { decodePayload, encodePayload, helmRecord } from './record.ts';

const DONE: CommandResult = { code: 0, stdout: '', stderr: '' };
const CANCELLED: CommandResult = {
  code: 1,
  stdout: '',
  stderr: 'Error: UPGRADE FAILED: context canceled',
};

export interface FakeHelm extends Helm {
  readonly upgrades: UpgradeRequest[];
  readonly rollbacks: RollbackRequest[];
  /** What helm does between its pending record and the last one: creates objects, fails, hangs. */
  apply: (signal: AbortSignal) => Promise<CommandResult | undefined>;
  /** The same for a rollback. */
  back: () => Promise<CommandResult | undefined>;
  /** Instead of everything: fails before a record exists. */
  refuse: CommandResult | undefined;
  manifest: string;
}

/** helm that keeps its records in the fake cluster as the real one does, and applies what the test says. */
export function fakeHelm(cluster: FakeCluster): FakeHelm {
  const newest = () => {
    for (let version = 50; version > 0; version--) {
      const secret = cluster.find('Secret', `sh.helm.release.v1.app.v${version}`);
      if (secret) return { version, labels: secret.metadata.labels ?? {} };
    }
    return { version: 0, labels: {} };
  };
  const finish = (version: number, failure: string | undefined, description: string) => {
    const record = cluster.find('Secret', `sh.helm.release.v1.app.v${version}`);
    if (!record) return;
    cluster.put(restate(record, failure ? 'failed' : 'deployed', failure ?? description));
    const isUpgrade = description === 'Upgrade complete';
    if (!failure) supersede(version, isUpgrade ? version - 1 : undefined);
  };
  const supersede = (version: number, upgraded?: number) => {
    for (let old = version - 1; old > 0; old--) {
      const record = cluster.find('Secret', `sh.helm.release.v1.app.v${old}`);
      const status = record && decodePayload(record).info.status;
      // helm supersedes what it upgraded, also when that is not the deployed one.
      if (record && (status === 'deployed' || (status === 'failed' && old === upgraded))) {
        cluster.put(restate(record, 'superseded'));
      }
    }
  };

  const fake: FakeHelm = {
    version: '4.2.3',
    upgrades: [],
    rollbacks: [],
    apply: async () => undefined,
    back: async () => undefined,
    refuse: undefined,
    manifest: '',
    readFlags: async () => new Set(),
    pull: async () => ({ ...DONE, step: 'pull' }),
    template: async () => ({ ...DONE, stdout: fake.manifest }),
    dryRunUpgrade: async () => ({ ...DONE, stdout: '{}' }),
    buildDependencies: async () => DONE,
    async upgrade(request, signal) {
      if (signal.aborted) return { code: 130, stdout: '', stderr: 'not started: cancelled before' };
      fake.upgrades.push(request);
      cluster.writes.push('helm upgrade');
      if (fake.refuse) return fake.refuse;
      const { version, labels } = newest();
      const made = version + 1;
      const status = version === 0 ? 'pending-install' : 'pending-upgrade';
      // helm copies the labels of the revision before.
      const given = { ...custom(labels), ...request.labels };
      cluster.put(helmRecord(made, { status, labels: given, manifest: fake.manifest }));
      const result = (await fake.apply(signal)) ?? (signal.aborted ? CANCELLED : DONE);
      const failed = `Upgrade "app" failed: ${result.stderr}`;
      finish(made, result.code === 0 ? undefined : failed, 'Upgrade complete');
      return result;
    },
    async rollback(request) {
      fake.rollbacks.push(request);
      cluster.writes.push(`helm rollback ${request.revision}`);
      const made = newest().version + 1;
      const target = cluster.find('Secret', `sh.helm.release.v1.app.v${request.revision}`);
      const labels = custom(target?.metadata.labels ?? {});
      const { manifest } = decodePayload(target);
      const description = `Rollback to ${request.revision}`;
      cluster.put(helmRecord(made, { status: 'pending-rollback', labels, manifest, description }));
      const result = (await fake.back()) ?? DONE;
      // Refused by the cluster, it cannot write its record to the end either.
      if (result.stderr.includes('Unauthorized')) return result;
      const failed = `Rollback "app" failed: ${result.stderr}`;
      finish(made, result.code === 0 ? undefined : failed, description);
      return result;
    },
  };
  return fake;
}

/** Waits for the abort that stands for SIGINT. */
export function interrupted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
}

function restate(secret: KubeObject, status: string, description?: string): KubeObject {
  const payload = decodePayload(secret);
  const info = { ...payload.info, status, ...(description && { description }) };
  return {
    ...secret,
    metadata: { ...secret.metadata, labels: { ...secret.metadata.labels, status } },
    data: { release: encodePayload({ ...payload, info }) },
  };
}

function custom(labels: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).filter(([name]) => name.startsWith('slipway-')));
}
