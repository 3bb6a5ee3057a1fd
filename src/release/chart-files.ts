import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { parseTar } from './tar.ts';

/** A file of a chart; the path is relative to the chart's folder, with `/`. */
export interface ChartFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** As in helm 3.17 and later (MaxDecompressedChartSize), 100 MiB. */
export const MAX_UNPACKED = 100 * 1024 * 1024;

/**
 * `sha256:…` over paths and contents. Equal for equal charts: an archive below `charts/` counts by the
 * files in it, and the time in Chart.lock not at all, because `helm dependency build` writes both anew.
 */
export function chartDigest(files: Iterable<ChartFile>): string {
  return `sha256:${digestOf(files)}`;
}

function digestOf(files: Iterable<ChartFile>): string {
  const lines = [...files]
    .filter(({ path }) => !isVersionControl(path))
    .map((file) => `${file.path}\0${contentDigest(file)}\n`)
    // By code unit, not by locale.
    .sort();
  return sha256(lines.join(''));
}

function contentDigest({ path, bytes }: ChartFile): string {
  const entries = unpack({ path, bytes });
  if (entries) return digestOf(entries);
  if (/(?:^|\/)(?:Chart|requirements)\.lock$/.test(path)) {
    return sha256(
      Buffer.from(bytes)
        .toString('utf8')
        .replace(/^generated:.*$/m, ''),
    );
  }
  return sha256(bytes);
}

/**
 * All files of a chart, also those inside the archives below `charts/`, at any depth. An archive is a
 * folder of its own name: a chart may have one dependency in two versions.
 */
export function* withArchives(files: Iterable<ChartFile>): Generator<ChartFile> {
  for (const file of files) {
    const entries = unpack(file);
    if (!entries) {
      yield file;
      continue;
    }
    const folder = file.path.slice(0, -'.tgz'.length);
    for (const { path, bytes } of withArchives(entries)) {
      yield { path: folder + path.slice(path.indexOf('/')), bytes };
    }
  }
}

/** Whether the chart or a dependency brings CRDs in helm's own way: in `crds/`, which is no template. */
export function hasCrds(files: Iterable<ChartFile>): boolean {
  return withArchives(files).some(({ path }) =>
    /^(?:charts\/[^/]+\/)*crds\/.+\.(?:ya?ml|json)$/.test(path),
  );
}

/** The files in an archive of a dependency; undefined for any other file, and for a broken archive. */
function unpack({ path, bytes }: ChartFile): ChartFile[] | undefined {
  if (!/(?:^|\/)charts\/[^/]+\.tgz$/.test(path)) return undefined;
  try {
    return parseTar(gunzipSync(bytes, { maxOutputLength: MAX_UNPACKED }));
  } catch {
    // helm will say what is wrong with it.
    return undefined;
  }
}

/** Whether a path leads into `.git`. */
export function isVersionControl(path: string): boolean {
  return path.split('/').includes('.git');
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
