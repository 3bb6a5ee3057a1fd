import { DeployError } from '../errors.ts';
import { resolvePath, toRelative } from '../paths.ts';
import type { Files } from '../ports.ts';
import { once } from './gather.ts';
import type { Given } from './given.ts';

/** Where the paths of the inputs lead. */
export interface Workspace {
  readonly files: Files;
  /** The working directory, an absolute path. Throws when `working-directory` is wrong itself. */
  readonly directory: () => string;
  /** The path to annotate, as GitHub wants it: from the root of the repository. */
  readonly toAnnotated: (path: string) => string;
}

/** `root`: the checkout (GITHUB_WORKSPACE), an absolute path. */
export function toWorkspace(given: Given, files: Files, root: string): Workspace {
  return {
    files,
    directory: once(() => parseDirectory(given.text('working-directory'), files, root)),
    toAnnotated: (path) => toRelative(root, path),
  };
}

function parseDirectory(written: string, files: Files, root: string): string {
  const path = resolvePath(root, written);
  if (files.kind(path) === 'folder') return path;
  throw new DeployError(
    'working-directory-missing',
    `\`working-directory\` names \`${written}\`, but there is no folder ${path}.`,
    { hint: 'Correct it, or check out the repository in an earlier step with actions/checkout.' },
  );
}
