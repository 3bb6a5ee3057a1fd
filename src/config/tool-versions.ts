import { DeployError, type Place } from '../errors.ts';
import { resolvePath } from '../paths.ts';
import type { Workspace } from './workspace.ts';

/** A tool, and the version that our messages give as an example. */
export interface ToolName {
  readonly name: 'helm' | 'kubectl';
  readonly example: string;
}

/**
 * What a file of asdf or mise says of a tool: lines of a name, blank space and versions, of which the
 * first counts (https://asdf-vm.com/manage/configuration.html). It need not be a version: `ref:`,
 * `path:`, `latest` and `system` may stand there as well. `written`: the file's path in the input.
 */
export function readToolVersion(
  { name, example }: ToolName,
  written: string,
  { files, directory, toAnnotated }: Workspace,
): { readonly version: string; readonly at: Place } {
  const path = resolvePath(directory(), written);
  const text = files.read(path);
  if (text === undefined) {
    throw new DeployError(
      'tool-versions-missing',
      `\`${name}-version\` names \`${written}\`, but there is no file ${path}.`,
      {
        hint: `Add the file with a line such as \`${name} ${example}\`, or write the version itself.`,
      },
    );
  }
  for (const [index, line] of text.split('\n').entries()) {
    const [tool, version] = line.replace(/#.*/, '').trim().split(/\s+/);
    if (tool === name && version)
      return { version, at: { file: toAnnotated(path), line: index + 1 } };
  }
  throw new DeployError('tool-versions-missing', `\`${written}\` has no line for ${name}.`, {
    hint: `Add a line such as \`${name} ${example}\`, or write the version itself.`,
  });
}
