import { DeployError } from '../errors.ts';
import { resolvePath } from '../paths.ts';
import { parseAll } from './gather.ts';
import type { Given } from './given.ts';
import { readToolVersion, type ToolName } from './tool-versions.ts';
import type { Workspace } from './workspace.ts';

/** Which tools to use, and where they come from. */
export interface ToolSource {
  /** `4.3.0` or `4.3`, without a leading `v`; empty: the version pinned by this release of the action. */
  readonly helmVersion: string;
  /** `1.36.3` or `1.36`, likewise; empty: kubectl is not installed. */
  readonly kubectlVersion: string;
  /** A URL or the absolute path of a folder, in the publishers' layouts; empty: the publishers. */
  readonly mirror: string;
}

interface VersionRule extends ToolName {
  readonly pattern: RegExp;
  /** What such a version is a version of. */
  readonly of: string;
}

const HELM: VersionRule = {
  name: 'helm',
  of: 'Helm 3 or 4',
  pattern: /^v?([34]\.\d+(?:\.\d+)?)$/,
  example: '4.3.0',
};
const KUBECTL: VersionRule = {
  name: 'kubectl',
  of: 'kubectl',
  pattern: /^v?(1\.\d+(?:\.\d+)?)$/,
  example: '1.36.3',
};

export function parseTools(given: Given, workspace: Workspace): ToolSource {
  return parseAll({
    helmVersion: () => parseVersion(HELM, given.text('helm-version'), workspace),
    kubectlVersion: () => parseVersion(KUBECTL, given.text('kubectl-version'), workspace),
    mirror: () => parseMirror(given.text('tool-mirror'), workspace),
  });
}

/** A path that ends in `.tool-versions` is read; nothing given is nothing asked, whatever such a file says. */
function parseVersion(rule: VersionRule, text: string, workspace: Workspace): string {
  if (text === '') return '';
  const { version, at } = text.endsWith('.tool-versions')
    ? readToolVersion(rule, text, workspace)
    : { version: text, at: undefined };
  const [, digits] = rule.pattern.exec(version) ?? [];
  if (digits) return digits;
  const where = at ? `${rule.name} in \`${text}\`` : `\`${rule.name}-version\``;
  throw new DeployError(
    'input-invalid',
    `${where} is \`${version}\`, which is no version of ${rule.of}.`,
    {
      hint: `Write an exact version such as \`${rule.example}\`, or a minor such as \`${rule.example.replace(/\.\d+$/, '')}\`.`,
      at,
    },
  );
}

function parseMirror(text: string, { files, directory }: Workspace): string {
  if (text === '') return '';
  if (text.includes('://')) return parseMirrorUrl(text);
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

/** An address may hold a password, so no message repeats it. */
function parseMirrorUrl(text: string): string {
  const url = URL.parse(text);
  if (url?.protocol === 'https:' || url?.protocol === 'http:') return text;
  const message =
    url === null
      ? '`tool-mirror` is not a usable address.'
      : '`tool-mirror` is an address of an unknown kind.';
  throw new DeployError('input-invalid', message, {
    hint: 'Give a URL that starts with `https://`, or a folder.',
  });
}
