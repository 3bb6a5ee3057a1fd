import type { Files } from '../ports.ts';
import type { ChartFile } from '../release/chart-files.ts';

/** All files of a chart's folder, an absolute path. */
export function readChartFiles(folder: string, files: Files): readonly ChartFile[] {
  return files.walk(folder).map((path) => ({
    path: path.slice(folder.length + 1),
    bytes: files.readBytes(path) ?? new Uint8Array(),
  }));
}
