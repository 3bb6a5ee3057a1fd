import { DeployError } from '../../errors.ts';
import { findNearest } from '../../nearest.ts';
import { folderOf, nameOf, resolvePath, toRelative } from '../../paths.ts';
import type { Files } from '../../ports.ts';
import { parseChartYaml } from '../../release/chart.ts';
import type { ChartFolder } from '../../release/spec.ts';
import type { Workspace } from '../workspace.ts';

/** Where the folder is looked for, and what a message advises when a chart of a repository was meant. */
export interface ChartPlace extends Workspace {
  /** How the user calls the field with the address: `chart-repository` or `chart.repository`. */
  readonly repository: string;
}

/** A folder with a Chart.yaml that says name and version. */
export function parseChartFolder(written: string, workspace: ChartPlace): ChartFolder {
  const [scheme] = /^[a-z][a-z0-9+.-]*:\/\//i.exec(written) ?? [];
  if (scheme) throw remote(scheme, workspace);
  const path = resolvePath(workspace.directory(), written);
  checkFolder(written, path, workspace);
  checkMetadata(written, path, workspace);
  return { type: 'folder', path, written, folder: workspace.toAnnotated(path) };
}

function checkFolder(written: string, path: string, workspace: ChartPlace): void {
  const kind = workspace.files.kind(path);
  if (kind === 'folder') return;
  if (kind === 'absent') throw missing(written, path, workspace);
  throw new DeployError(
    'chart-not-a-folder',
    `\`chart\` names the file \`${written}\`, not a folder.`,
    {
      hint: /\.t?gz$/.test(written)
        ? 'Unpack it in an earlier step (`tar -xzf`) and give the folder.'
        : `Give its folder: \`chart: ${toRelative(workspace.directory(), folderOf(path))}\`.`,
    },
  );
}

function checkMetadata(written: string, path: string, { files, toAnnotated }: Workspace): void {
  const file = `${path}/Chart.yaml`;
  const text = files.read(file);
  if (text === undefined) throw withoutMetadata(written, path, files);
  parseChartYaml(text, { file: toAnnotated(file) });
}

/** The rest of the address may hold a password. */
function remote(scheme: string, { repository }: ChartPlace): DeployError {
  return new DeployError(
    'chart-invalid',
    `\`chart\` starts with \`${scheme}\`, which is not a chart.`,
    {
      hint: `Give the address of the repository as \`${repository}\` and the name of the chart as \`chart\`; for a registry write \`oci://…\`.`,
    },
  );
}

function withoutMetadata(written: string, path: string, files: Files): DeployError {
  const nested = findCharts(path, files).map(
    (folder) => `${written.replace(/\/+$/, '')}/${folder}`,
  );
  return new DeployError(
    'chart-yaml-missing',
    `\`chart\` names \`${written}\`, but there is no Chart.yaml in the folder ${path}.`,
    { hint: suggest(nested) ?? 'Give the folder that holds Chart.yaml.' },
  );
}

function missing(written: string, path: string, workspace: ChartPlace): DeployError {
  return new DeployError(
    'chart-missing',
    `\`chart\` names \`${written}\`, but there is no folder ${path}.`,
    { hint: hintForMissing(written, workspace) },
  );
}

function hintForMissing(written: string, workspace: ChartPlace): string {
  const { repository } = workspace;
  const directory = workspace.directory();
  const charts = findCharts(directory, workspace.files);
  const nearest = suggest(findNearest(written, charts));
  if (nearest !== undefined) return nearest;
  if (charts.length === 0 && workspace.files.glob('*', directory).length === 0) {
    return 'If the chart is in this repository, check it out in an earlier step with actions/checkout.';
  }
  const there =
    charts.length > 0 ? `Give the folder of a chart that is there: ${list(charts)}.` : '';
  if (isAlias(written, workspace)) {
    const alias = `If \`${written}\` is what \`helm repo add\` made of it: such names are not known here; write \`${nameOf(written)}\`, and the address of its repository as \`${repository}\`.`;
    return `${there} ${alias}`.trim();
  }
  return (
    there ||
    `Give the folder that holds Chart.yaml, as seen from \`working-directory\`; for a chart of a repository give \`${repository}\` as well, and for one of a registry write \`oci://…\`.`
  );
}

/** Such as `bitnami/redis`: two words, and no folder of the first. */
function isAlias(written: string, { files, directory }: Workspace): boolean {
  const [, first] = /^([\w.-]+)\/[\w.-]+$/.exec(written) ?? [];
  return first !== undefined && files.kind(resolvePath(directory(), first)) !== 'folder';
}

function suggest(folders: readonly string[]): string | undefined {
  return folders.length > 0 ? `Did you mean ${list(folders)}?` : undefined;
}

/** Three are enough to choose from. */
function list(folders: readonly string[]): string {
  return folders
    .slice(0, 3)
    .map((folder) => `\`${folder}\``)
    .join(' or ');
}

/** Folders with a Chart.yaml, at most two levels down: deeper ones are sub-charts, or not meant. */
function findCharts(folder: string, files: Files): readonly string[] {
  return ['*/Chart.yaml', '*/*/Chart.yaml']
    .flatMap((pattern) => files.glob(pattern, folder))
    .map((path) => toRelative(folder, folderOf(resolvePath(folder, path))));
}
