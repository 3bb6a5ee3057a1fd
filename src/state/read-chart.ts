import type { Files } from '../ports.ts';
import { type ChartFile, isVersionControl } from '../release/chart-files.ts';

/**
 * All files of a chart's folder, an absolute path; without those of version control, because a chart
 * may be the root of its repository.
 */
export function readChartFiles(folder: string, files: Files): readonly ChartFile[] {
  return files
    .walk(folder)
    .map((path) => path.slice(folder.length + 1))
    .filter((path) => !isVersionControl(path))
    .map((path) => ({ path, bytes: files.readBytes(`${folder}/${path}`) ?? new Uint8Array() }));
}
