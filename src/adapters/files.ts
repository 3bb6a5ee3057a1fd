import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { globSync } from 'tinyglobby';
import type { Files } from '../ports.ts';
import { copyFolder } from './copy-folder.ts';

export interface DisposableFiles extends Files {
  /** This run's private folder (0700); made at the first use. */
  privateFolder(): string;
  /** Removes the private folder. */
  dispose(): void;
}

/** `temporary`: an existing or absent folder such as RUNNER_TEMP, in which the private one is made. */
export function createFiles(temporary: string): DisposableFiles {
  let folder: string | undefined;
  const privateFolder = () => {
    folder ??= makePrivateFolder(temporary);
    return folder;
  };
  return {
    read: (file) => readBytes(file)?.toString('utf8'),
    readBytes,
    walk: (root) => walk(path.resolve(root), []).map(toSlashes).sort(),
    kind(file) {
      const stats = statsOf(file);
      if (stats === undefined) return 'absent';
      return stats.isDirectory() ? 'folder' : 'file';
    },
    glob: (pattern, directory) =>
      globSync(pattern, { cwd: directory, absolute: true, dot: false, expandDirectories: false })
        .map((file) => toSlashes(path.normalize(file)))
        .sort(),
    writePrivate: (name, text) => toSlashes(writePrivate(privateFolder(), name, text)),
    replacePrivate: (name, text) => toSlashes(replacePrivate(privateFolder(), name, text)),
    makePrivate: (name) => toSlashes(makePrivate(privateFolder(), name)),
    copyPrivate(written, name, beside) {
      const folder = path.resolve(written);
      const into = makePrivate(privateFolder(), name);
      return toSlashes(copyFolder({ folder, files: walk(folder, []), into, beside }));
    },
    makePrivateTree(name, entries) {
      const made = makePrivate(privateFolder(), name);
      for (const { path: relative, bytes } of entries) writeBelow(made, relative, bytes);
      return toSlashes(made);
    },
    privateFolder,
    dispose() {
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
      folder = undefined;
    },
  };
}

/** Every path that we hand out has `/`, which Windows and helm understand: the pure rooms cut paths there. */
function toSlashes(file: string): string {
  return path.sep === '/' ? file : file.replaceAll(path.sep, '/');
}

function makePrivateFolder(temporary: string): string {
  mkdirSync(temporary, { recursive: true });
  return mkdtempSync(path.join(temporary, 'slipway-'));
}

function writePrivate(folder: string, name: string, text: string): string {
  const file = path.join(folder, checkName(name));
  writeFileSync(file, text, { mode: 0o600 });
  return file;
}

function replacePrivate(folder: string, name: string, text: string): string {
  const file = path.join(folder, checkName(name));
  renameSync(writePrivate(folder, `${name}.new`, text), file);
  return file;
}

function makePrivate(folder: string, name: string): string {
  const made = path.join(folder, checkName(name));
  rmSync(made, { recursive: true, force: true });
  mkdirSync(made, { mode: 0o700 });
  return made;
}

/** Archives of others may name any path. */
function writeBelow(folder: string, relative: string, bytes: Uint8Array): void {
  const file = path.join(folder, relative);
  if (!file.startsWith(folder + path.sep)) throw new TypeError(`${relative} leaves its folder`);
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(file, bytes, { mode: 0o600 });
}

function checkName(name: string): string {
  if (name === path.basename(name)) return name;
  throw new TypeError(`${name} is a path, not a file name`);
}

function readBytes(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch (error) {
    if (isNothing(error) || codeOf(error) === 'EISDIR') return undefined;
    throw error;
  }
}

/** Undefined for what is not there, a broken link included. */
function statsOf(file: string): Stats | undefined {
  try {
    return statSync(file);
  } catch (error) {
    if (isNothing(error)) return undefined;
    throw error;
  }
}

/** `above`: the real paths of the folders that lead here; a link back to one of them is a circle. */
function walk(folder: string, above: readonly string[]): string[] {
  const real = realpathSync(folder);
  if (above.includes(real)) return [];
  return readdirSync(folder).flatMap((name) => {
    const file = path.join(folder, name);
    const stats = statsOf(file);
    if (stats?.isDirectory()) return walk(file, [...above, real]);
    return stats?.isFile() ? [file] : [];
  });
}

/** Nothing is there, or nothing can be: a path through a file, a circle of links, a name too long, one with a NUL. */
function isNothing(error: unknown): boolean {
  const codes = ['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG', 'ERR_INVALID_ARG_VALUE'];
  return codes.includes(codeOf(error));
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? '';
}
