import { parseManifest, toHookObjects, withoutTests } from './manifest.ts';
import type { KubeObject, ReleaseObject } from './object.ts';
import { decode, encode, type Payload } from './record-payload.ts';
import type { HelmStatus, Revision, Verdict } from './revision.ts';

/* What a release record says, and what we write into it; its format is in `record-payload.ts`. */

/** Given to `helm upgrade --labels`; helm copies labels on, so a value counts only on the revision it names. */
export const ATTEMPT_LABEL = 'slipway-attempt';
const VERIFIED_LABEL = 'slipway-verified';
const FAILED_LABEL = 'slipway-failed';
const SOURCE_LABEL = 'slipway-source';
const INPUTS_LABEL = 'slipway-inputs';

/** helm's texts of a failed operation; status alone does not tell, because a rollback rewrites it to `superseded`. */
const FAILURE_TEXT = /^(Upgrade|Install|Release|Rollback) ".*" failed: /;

/** Name of the Secret that holds a revision. */
export function recordName(release: string, revision: number): string {
  return `sh.helm.release.v1.${release}.v${revision}`;
}

/** Decodes a release Secret. Throws DeployError `record-invalid` when its payload is not helm's. */
export function parseRecord(secret: KubeObject): Revision {
  const payload = decode(secret);
  const labels = secret.metadata.labels ?? {};
  const metadata = payload.chart?.metadata;
  const number = payload.version;
  let objects: readonly ReleaseObject[] | undefined;
  return {
    number,
    status: payload.info.status,
    description: payload.info.description ?? '',
    verdict: toVerdict(number, payload.info.status, labels),
    chart: `${metadata?.name ?? 'unknown'}-${metadata?.version ?? '0.0.0'}`,
    appVersion: metadata?.appVersion ?? '',
    applied: payload.apply_method === 'ssa' ? 'server-side' : 'client-side',
    get objects() {
      objects ??= toObjects(payload);
      return objects;
    },
    updated: Date.parse(payload.info.last_deployed ?? '') || 0,
    source: ownValue(labels[SOURCE_LABEL], number),
    inputs: ownValue(labels[INPUTS_LABEL], number),
    config: payload.config ?? {},
    resourceVersion: secret.metadata.resourceVersion ?? '',
  };
}

/**
 * The revision to return to: the newest verified, else the newest foreign one that helm calls good.
 * What an uninstall ended (`--keep-history`) is no state to come back to.
 */
export function lastGood(history: readonly Revision[]): number | undefined {
  const standing = history
    .slice(history.findLastIndex(({ status }) => status === 'uninstalled') + 1)
    .filter(({ status }) => status === 'deployed' || status === 'superseded');
  const verified = standing.findLast(({ verdict }) => verdict === 'verified');
  const foreign = standing.findLast(
    ({ verdict, description }) => verdict === 'foreign' && !FAILURE_TEXT.test(description),
  );
  return (verified ?? foreign)?.number;
}

/** The record with our verdict "good", for a compare-and-swap. */
export function markVerified(secret: KubeObject): KubeObject {
  return withLabels(secret, { [VERIFIED_LABEL]: String(decode(secret).version) });
}

/**
 * The record with the hash of the chart and values that made it (40 hex characters). Written by us
 * and never given to helm as an argument: values may be secret, and so is a hash of them.
 */
export function markSource(secret: KubeObject, source: string): KubeObject {
  return withLabels(secret, { [SOURCE_LABEL]: `${decode(secret).version}.${source}` });
}

/** The record with the hash of what its hooks read (`hashInputs`). */
export function markInputs(secret: KubeObject, inputs: string): KubeObject {
  return withLabels(secret, { [INPUTS_LABEL]: `${decode(secret).version}.${inputs}` });
}

/** Whether this very revision was made by Slipway, not by a helm that copied our labels. */
export function isOurs(secret: KubeObject): boolean {
  return secret.metadata.labels?.[ATTEMPT_LABEL] === secret.metadata.labels?.['version'];
}

/** The record with our verdict "failed", in label and payload both: helm reads either (helm.md §2.5). */
export function markFailed(secret: KubeObject, cause: string): KubeObject {
  const payload = decode(secret);
  const description = `${operationOf(payload)} "${payload.name}" failed: ${cause}`;
  const release = encode({ ...payload, info: { ...payload.info, status: 'failed', description } });
  const marked = withLabels(secret, { status: 'failed', [FAILED_LABEL]: String(payload.version) });
  return { ...marked, data: { ...(secret['data'] as Record<string, string>), release } };
}

function operationOf(payload: Payload): string {
  return payload.info.status === 'pending-install' || payload.version === 1 ? 'Release' : 'Upgrade';
}

function toVerdict(
  number: number,
  status: HelmStatus,
  labels: Readonly<Record<string, string>>,
): Verdict {
  const own = String(number);
  if (labels[FAILED_LABEL] === own) return 'failed';
  if (labels[VERIFIED_LABEL] === own) return 'verified';
  if (labels[ATTEMPT_LABEL] !== own) return 'foreign';
  return status === 'failed' ? 'failed' : 'unverified';
}

/** `7.abc` on revision 7 → `abc`; on any other revision it was copied by helm and says nothing. */
function ownValue(label: string | undefined, number: number): string {
  const prefix = `${number}.`;
  return label?.startsWith(prefix) ? label.slice(prefix.length) : '';
}

function toObjects(payload: Payload): readonly ReleaseObject[] {
  const manifest = parseManifest(payload.manifest ?? '', payload.namespace);
  return withoutTests([...manifest, ...toHookObjects(payload.hooks ?? [], payload.namespace)]);
}

function withLabels(secret: KubeObject, labels: Record<string, string>): KubeObject {
  return {
    ...secret,
    metadata: { ...secret.metadata, labels: { ...secret.metadata.labels, ...labels } },
  };
}
