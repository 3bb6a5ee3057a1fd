import { DeployError } from '../errors.ts';
import type { ValuesLayer } from '../release/spec.ts';
import { parseEach } from './gather.ts';
import type { Line } from './given.ts';
import { findNearest } from './nearest.ts';
import { folderOf, nameOf, resolvePath, toRelative } from './paths.ts';
import type { Workspace } from './workspace.ts';
import { parseYamlMap } from './yaml.ts';

/** Where values files are, and what their names may refer to. */
export interface ValuesPlace extends Workspace {
  /** Replaces `{environment}` and so on; throws when that input is wrong itself. */
  readonly placeholders: Readonly<Record<string, () => string>>;
}

type FileLayer = Extract<ValuesLayer, { type: 'file' }>;

/** The files that the lines of `values` name, in their order, each of them read and checked. */
export function parseValuesFiles(lines: readonly Line[], place: ValuesPlace): readonly FileLayer[] {
  return parseEach(lines, (line) => parseLine(line.text, place)).flat();
}

function parseLine(line: string, place: ValuesPlace): readonly FileLayer[] {
  const optional = line.startsWith('?');
  const written = fillIn(optional ? line.slice(1).trim() : line, place);
  const [scheme] = /^[a-z][a-z0-9+.-]*:\/\//i.exec(written) ?? [];
  if (scheme) throw remote(scheme);
  const path = resolvePath(place.directory(), written);
  const paths = place.files.kind(path) === 'file' ? [path] : findFiles(written, place);
  if (paths.length === 0 && !optional) throw missing(written, path, place);
  return parseEach(paths, (found) => readLayer(found, place));
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

function fillIn(line: string, { placeholders }: ValuesPlace): string {
  return line.replaceAll(/\{([A-Za-z][\w-]*)\}/g, (_, name: string) => {
    const read = Object.hasOwn(placeholders, name) ? placeholders[name] : undefined;
    const problem = `\`values\` has \`{${name}}\` in \`${line}\``;
    if (!read) {
      const known = Object.keys(placeholders).map((key) => `\`{${key}}\``);
      throw new DeployError('values-placeholder', `${problem}, which has no meaning.`, {
        hint: `Use ${known.join(', ')}.`,
      });
    }
    const text = read();
    if (text !== '') return text;
    throw new DeployError('values-placeholder', `${problem}, but \`${name}\` is not given.`, {
      hint: `Set \`${name}\`.`,
    });
  });
}

function readLayer(path: string, { files, directory, toAnnotated }: ValuesPlace): FileLayer {
  const written = toRelative(directory(), path);
  const text = files.read(path);
  if (text === undefined) {
    throw new DeployError('values-missing', `The values file \`${written}\` cannot be read.`, {
      hint: `Check ${path} and its permissions.`,
    });
  }
  parseYamlMap({ name: `\`${written}\``, text, file: toAnnotated(path) });
  return { type: 'file', path, written, text };
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
