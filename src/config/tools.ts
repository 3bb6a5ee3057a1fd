import { DeployError } from '../errors.ts';
import { parseAll } from './gather.ts';
import type { Given } from './given.ts';
import { resolvePath } from './paths.ts';
import type { Workspace } from './workspace.ts';

/** Which Helm to use, and where it comes from. */
export interface HelmSource {
  /** `4.3.0` or `4.3`, without a leading `v`; empty: the version pinned by this release of the action. */
  readonly helmVersion: string;
  /** A URL or the absolute path of a folder; empty: the publisher. */
  readonly mirror: string;
}

export function parseHelm(given: Given, workspace: Workspace): HelmSource {
  return parseAll({
    helmVersion: () => parseHelmVersion(given.text('helm-version'), workspace),
    mirror: () => parseMirror(given.text('tool-mirror'), workspace),
  });
}

function parseHelmVersion(text: string, workspace: Workspace): string {
  if (text === '') return '';
  const version = text.endsWith('.tool-versions') ? readToolVersion(text, workspace) : text;
  const [, digits] = /^v?([34]\.\d+(?:\.\d+)?)$/.exec(version) ?? [];
  if (digits) return digits;
  throw new DeployError(
    'input-invalid',
    `\`helm-version\` is \`${version}\`, which is no version of Helm 3 or 4.`,
    {
      hint: 'Write an exact version such as `4.3.0`, or a minor such as `4.3`.',
    },
  );
}

/** Lines of asdf and mise: a tool, blank space, its version (https://asdf-vm.com/manage/configuration.html). */
function readToolVersion(written: string, { files, directory }: Workspace): string {
  const path = resolvePath(directory(), written);
  const text = files.read(path);
  if (text === undefined) {
    throw new DeployError(
      'tool-versions-missing',
      `\`helm-version\` names \`${written}\`, but there is no file ${path}.`,
      {
        hint: 'Add the file with a line such as `helm 4.3.0`, or write the version itself.',
      },
    );
  }
  const [, version] = /^[ \t]*helm[ \t]+([^\s#]+)/m.exec(text) ?? [];
  if (version) return version;
  throw new DeployError('tool-versions-missing', `\`${written}\` has no line for helm.`, {
    hint: 'Add a line such as `helm 4.3.0`, or write the version itself.',
  });
}

function parseMirror(text: string, { files, directory }: Workspace): string {
  if (text === '' || /^https?:\/\//.test(text)) return text;
  // An address may hold a password, so it is not repeated.
  if (text.includes('://')) {
    throw new DeployError('input-invalid', '`tool-mirror` is an address of an unknown kind.', {
      hint: 'Give a URL that starts with `https://`, or a folder.',
    });
  }
  const path = resolvePath(directory(), text);
  if (files.kind(path) === 'folder') return path;
  throw new DeployError(
    'tool-mirror-missing',
    `\`tool-mirror\` names \`${text}\`, but there is no folder ${path}.`,
    {
      hint: 'Give an existing folder, or a URL that starts with `https://`.',
    },
  );
}
