/** Small charts, packed as helm packs them. */
import { createHash } from 'node:crypto';
import { stringify } from 'yaml';
import { toTarGz } from '../mirror/tar.ts';

export interface PackedChart {
  readonly name: string;
  readonly version: string;
  /** Chart.yaml as data. */
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly archive: Buffer;
}

/** A chart with one ConfigMap, which tells the chart's version; `more` goes into Chart.yaml. */
export function packChart(
  name: string,
  version: string,
  more: Readonly<Record<string, unknown>> = {},
): PackedChart {
  const metadata = { apiVersion: 'v2', name, version, ...more };
  const files = {
    'Chart.yaml': stringify(metadata),
    'values.yaml': '{}\n',
    'templates/config.yaml': CONFIG_MAP,
  };
  const members = Object.entries(files).map(([file, text]) => ({
    name: `${name}/${file}`,
    content: Buffer.from(text),
  }));
  return { name, version, metadata, archive: toTarGz(members) };
}

const CONFIG_MAP = `apiVersion: v1
kind: ConfigMap
metadata: { name: "{{ .Release.Name }}-{{ .Chart.Name }}" }
data: { version: "{{ .Chart.Version }}" }
`;

export function sha256(bytes: Buffer | string): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}
