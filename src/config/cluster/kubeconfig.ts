import { DeployError } from '../../errors.ts';
import { folderOf, resolvePath } from '../../paths.ts';
import type { KubeconfigCluster } from '../../release/cluster-spec.ts';
import type { Fields } from '../fields.ts';
import { required, type Written } from '../scalars.ts';
import type { Workspace } from '../workspace.ts';
import { checkKubeconfig } from './kubeconfig-check.ts';
import { nameOf, parseWritten } from './written.ts';

interface Source {
  readonly text: string;
  readonly directory: string;
  /** Absent when the content itself was given. */
  readonly path?: string;
}

/**
 * The kubeconfig that is given; that of the machine is never used unasked.
 * The content is secret: no message quotes it.
 */
export function parseKubeconfig(fields: Fields, workspace: Workspace): KubeconfigCluster {
  return parseWritten(fields, 'kubeconfig', (given) => {
    required(
      given,
      'Give the content of a kubeconfig, base64 of it, or a path; a secret that this run cannot read is empty.',
    );
    const { text, directory, path } = readSource(given, workspace);
    const context = {
      name: nameOf(fields, 'context'),
      text: fields.text('cluster', 'context'),
    };
    const file = path === undefined ? undefined : workspace.toAnnotated(path);
    checkKubeconfig({ name: 'The kubeconfig', text, file }, context);
    return { provider: 'kubeconfig', kubeconfig: text, directory, context: context.text };
  });
}

function readSource(given: Written, workspace: Workspace): Source {
  const { text: written } = given;
  const content = toContent(written);
  if (content !== undefined) return { text: content, directory: workspace.directory() };
  if (!isPath(written)) throw unreadable(given);
  const path = resolvePath(workspace.directory(), written);
  const text = workspace.files.kind(path) === 'file' ? workspace.files.read(path) : undefined;
  if (text === undefined) throw missing(given, path);
  return { text: toContent(text) ?? text, directory: folderOf(path), path };
}

/** The content, given as it is or in base64; undefined when it is something else, such as a path. */
function toContent(written: string): string | undefined {
  if (looksLikeContent(written)) return written;
  if (!/^[A-Za-z0-9+/=\s]+$/.test(written)) return undefined;
  const decoded = Buffer.from(written, 'base64').toString();
  return looksLikeContent(decoded) ? decoded : undefined;
}

/** A kubeconfig as YAML or JSON; a token in base64 starts with `{` too. */
function looksLikeContent(text: string): boolean {
  return /(^|[\s{,"])(apiVersion|clusters|contexts|users)"?\s*:/m.test(text);
}

/** Anything longer or stranger may be a secret that was meant to be content, and is not repeated. */
function isPath(written: string): boolean {
  return written.length <= 255 && /^[\w./\\~:@ +-]+$/.test(written);
}

function unreadable({ name }: Written): DeployError {
  return new DeployError(
    'kubeconfig-invalid',
    `\`${name}\` is neither a kubeconfig, nor base64 of one, nor the path of a file.`,
    {
      hint: 'Give the content of the file (`kubectl config view --raw --minify --flatten`), or its path.',
    },
  );
}

function missing({ name, text: written }: Written, path: string): DeployError {
  return new DeployError(
    'kubeconfig-missing',
    `\`${name}\` names \`${written}\`, but there is no file ${path}.`,
    {
      hint: written.startsWith('~')
        ? 'The step has no shell to replace `~`: write the whole path.'
        : 'Write the file in an earlier step, or give its content.',
    },
  );
}
