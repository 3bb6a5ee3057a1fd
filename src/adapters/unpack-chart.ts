import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { DeployError } from '../errors.ts';
import { MAX_UNPACKED } from '../release/chart-files.ts';
import { parseTar, type TarEntry } from '../release/tar.ts';

/**
 * Unpacks a chart's archive: what is in the folder of the archive, whatever that is called, comes into
 * `folder`. By hand because `helm pull --untar` keeps no archive, whose digest we want.
 * @throws DeployError `chart-invalid` for what is no archive of a chart
 */
export function unpackChart(request: {
  readonly archive: string;
  readonly folder: string;
  /** The chart, for the message. */
  readonly written: string;
}): void {
  const { archive, folder, written } = request;
  const entries = readEntries(archive, written).map(({ path: name, bytes }) => ({
    // As helm reads archives: the first part of a path is the folder that holds the chart.
    parts: name.split(/[\\/]+/).slice(1),
    bytes,
  }));
  if (!entries.every(({ parts }) => isBelow(parts))) {
    throw invalid(written, 'it has a file outside of the folder of the chart');
  }
  if (!entries.some(({ parts }) => parts.join('/') === 'Chart.yaml')) {
    throw invalid(written, 'it has no Chart.yaml');
  }
  for (const { parts, bytes } of entries) writeEntry(path.join(folder, ...parts), bytes, written);
}

function writeEntry(file: string, bytes: Uint8Array, written: string): void {
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  } catch (cause) {
    const { code = '' } = cause as NodeJS.ErrnoException;
    if (!IMPOSSIBLE.has(code)) throw cause;
    throw invalid(written, 'it has names that no folder can have together, or too long ones');
  }
}

/** A file that is a folder as well, a name of more than 255 bytes or with a NUL. */
const IMPOSSIBLE: ReadonlySet<string> = new Set(
  'EEXIST ENOTDIR EISDIR ENAMETOOLONG ERR_INVALID_ARG_VALUE'.split(' '),
);

/** A file of the chart's folder, not the folder itself or what is beside it. */
function isBelow(parts: readonly string[]): boolean {
  const isName = (part: string) => part !== '' && part !== '..' && !part.includes(':');
  return parts.length > 0 && parts.every(isName);
}

function readEntries(archive: string, written: string): readonly TarEntry[] {
  try {
    return parseTar(gunzipSync(readFileSync(archive), { maxOutputLength: MAX_UNPACKED }));
  } catch (cause) {
    throw invalid(written, explain(cause as NodeJS.ErrnoException));
  }
}

function explain({ code, message }: NodeJS.ErrnoException): string {
  if (code === 'ERR_BUFFER_TOO_LARGE') {
    return `unpacked it has more than ${MAX_UNPACKED / 1024 / 1024} MiB, which helm does not take`;
  }
  return code === 'Z_DATA_ERROR' ? `it is no gzip archive, or broken (${message})` : message;
}

function invalid(written: string, what: string): DeployError {
  return new DeployError('chart-invalid', `Unpacking chart ${written} failed: ${what}.`, {
    hint: 'Check that `chart` names a Helm chart, packed by `helm package`.',
  });
}
