import { DeployError } from '../../errors.ts';
import { findNearest } from '../../nearest.ts';
import { folderOf, nameOf, resolvePath, toRelative } from '../../paths.ts';
import { isSopsFile } from '../../release/sops-file.ts';
import type { FileLayer } from '../../release/spec.ts';
import { parseYamlMap } from '../../release/yaml-map.ts';
import { parseEach } from '../gather.ts';
import { fillIn, type Placeholders } from '../placeholders.ts';
import type { Workspace } from '../workspace.ts';

/** Where values files are, and what their names may refer to. */
export interface ValuesPlace extends Workspace {
  readonly placeholders: Placeholders;
}

/** A line of the input, or an item of slipway.yaml; a leading `?` is `optional` in a line. */
export type ValuesEntry =
  | string
  | {
      readonly file: string;
      readonly optional?: boolean | undefined;
      readonly decrypt?: 'sops' | undefined;
    };

/** The files that an entry of `values` names, sorted, each of them read and checked. */
export function parseValuesFile(entry: ValuesEntry, place: ValuesPlace): readonly FileLayer[] {
  const { file, optional, decrypt } = toItem(entry);
  const written = fillIn({ name: 'values', text: file }, place.placeholders);
  const [scheme] = /^[a-z][a-z0-9+.-]*:\/\//i.exec(written) ?? [];
  if (scheme) throw remote(scheme);
  const path = resolvePath(place.directory(), written);
  const paths = place.files.kind(path) === 'file' ? [path] : findFiles(written, place);
  if (paths.length === 0 && !optional) throw missing(written, path, place);
  return parseEach(paths, (found) => readLayer(found, decrypt, place));
}

function toItem(entry: ValuesEntry): Exclude<ValuesEntry, string> {
  const item = typeof entry === 'string' ? { file: entry } : entry;
  return item.file.startsWith('?')
    ? { ...item, file: item.file.slice(1).trim(), optional: true }
    : item;
}

/** Nothing for a name that is not a pattern: its file is known to be absent. */
function findFiles(written: string, { files, directory }: ValuesPlace): readonly string[] {
  const path = resolvePath(directory(), written);
  if (files.kind(path) === 'folder') {
    throw new DeployError('values-folder', `\`values\` names the folder \`${written}\`.`, {
      hint: `Write \`${written.replace(/\/+$/, '')}/*.yaml\` for all files in it.`,
    });
  }
  return isPattern(written) ? files.glob(written, directory()) : [];
}

function isPattern(written: string): boolean {
  return /[*?[{]/.test(written);
}

function readLayer(
  path: string,
  decrypt: 'sops' | undefined,
  { files, directory, toAnnotated }: ValuesPlace,
): FileLayer {
  const written = toRelative(directory(), path);
  const text = files.read(path);
  if (text === undefined) {
    throw new DeployError('values-missing', `The values file \`${written}\` cannot be read.`, {
      hint: `Check ${path} and its permissions.`,
    });
  }
  const layer = { type: 'file', path, written, text } as const;
  if (decrypt) return { ...layer, decrypt };
  if (isSopsFile(text)) throw encrypted(written);
  parseYamlMap({ name: `\`${written}\``, text, file: toAnnotated(path) });
  return layer;
}

/** helm would deploy the ciphertext. */
function encrypted(written: string): DeployError {
  return new DeployError(
    'values-encrypted',
    `The values file \`${written}\` is encrypted by sops.`,
    {
      hint: `Let Slipway decrypt it: in slipway.yaml write \`{ file: ${written}, decrypt: sops }\` under \`values\`.`,
    },
  );
}

/** The rest of the address may hold a password. */
function remote(scheme: string): DeployError {
  return new DeployError(
    'values-remote',
    `\`values\` has a line that starts with \`${scheme}\`, which is not a file here.`,
    { hint: 'Download it in an earlier step and name the file.' },
  );
}

function missing(written: string, path: string, place: ValuesPlace): DeployError {
  const way = `write \`?${written}\` if it may be missing`;
  if (isPattern(written)) {
    return new DeployError(
      'values-missing',
      `\`values\` has \`${written}\`, and no file matches it.`,
      {
        hint: `Correct the pattern (it starts in ${place.directory()}), or ${way}.`,
      },
    );
  }
  const similar = findSimilar(path, place).map((name) => `\`${name}\``);
  return new DeployError(
    'values-missing',
    `\`values\` names \`${written}\`, but there is no file ${path}.`,
    {
      hint:
        similar.length > 0
          ? `Did you mean ${similar.join(' or ')}? Otherwise ${way}.`
          : `Add the file, or ${way}.`,
    },
  );
}

/** Up to three files of the same folder with nearly that name. */
function findSimilar(path: string, { files, directory }: ValuesPlace): readonly string[] {
  const folder = folderOf(path);
  if (files.kind(folder) !== 'folder') return [];
  const names = files.glob('*', folder).map((found) => nameOf(resolvePath(folder, found)));
  return findNearest(nameOf(path), names)
    .slice(0, 3)
    .map((name) => toRelative(directory(), `${folder}/${name}`));
}
