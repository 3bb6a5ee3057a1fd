import { join, matchesGlob } from 'node:path';
import type { Files } from '../../src/ports.ts';

/** Files in memory: absolute path → text. Folders are what the paths imply, and those that end in `/`. */
export function fakeFiles(texts: Readonly<Record<string, string>>): Files & {
  /** What was written into the private folder, by name. */
  readonly written: ReadonlyMap<string, string>;
} {
  const written = new Map<string, string>();
  const all = (): ReadonlyMap<string, string> =>
    new Map([
      ...Object.entries(texts),
      ...[...written].map(([name, text]) => [`/private/${name}`, text] as const),
    ]);
  const paths = (): readonly string[] =>
    [...all().keys()].filter((path) => !path.endsWith('/')).sort();
  return {
    written,
    read: (path) => all().get(path),
    readBytes: (path) => {
      const text = all().get(path);
      return text === undefined ? undefined : new TextEncoder().encode(text);
    },
    walk: (folder) => paths().filter((path) => path.startsWith(`${folder}/`)),
    kind(path) {
      if (paths().includes(path)) return 'file';
      return [...all().keys()].some((known) => known.startsWith(`${path}/`)) ? 'folder' : 'absent';
    },
    glob: (pattern, directory) =>
      paths().filter((path) => matchesGlob(path, join(directory, pattern))),
    writePrivate(name, text) {
      written.set(name, text);
      return `/private/${name}`;
    },
    replacePrivate(name, text) {
      written.set(name, text);
      return `/private/${name}`;
    },
    makePrivate: (name) => `/private/${name}`,
    makePrivateTree(name, entries) {
      for (const { path, bytes } of entries) {
        written.set(`${name}/${path}`, new TextDecoder().decode(bytes));
      }
      return `/private/${name}`;
    },
    copyPrivate: (folder) => folder,
  };
}
