import { DeployError } from '../../errors.ts';
import { resolvePath } from '../../paths.ts';
import type { Given } from '../given.ts';
import type { Workspace } from '../workspace.ts';
import type { ConfigDocument } from './document.ts';

/** Read without being asked for when it is there. */
const USUAL = 'slipway.yaml';

/** For a step whose release the file does not have. */
const NONE = 'none';

/** Reads the text of a file and says what is wrong in it: `parseConfig` of document.ts. */
export type ConfigReader = (text: string, file: string) => ConfigDocument;

/** slipway.yaml; undefined for a job of inputs only. Throws `DeployErrors` with all that is wrong in it. */
export function readConfigFile(
  given: Given,
  workspace: Workspace,
  read: ConfigReader,
): ConfigDocument | undefined {
  const found = findConfigFile(given, workspace);
  return found && read(found.text, workspace.toAnnotated(found.path));
}

/** Throws when the file that `config` names is not there. */
export function findConfigFile(
  given: Given,
  { files, directory }: Workspace,
): { readonly path: string; readonly text: string } | undefined {
  const written = given.text('config');
  if (written === NONE) return undefined;
  const path = resolvePath(directory(), written || USUAL);
  const text = files.kind(path) === 'file' ? files.read(path) : undefined;
  if (text !== undefined) return { path, text };
  if (written === '') return undefined;
  throw new DeployError(
    'config-file-missing',
    `\`config\` names \`${written}\`, but there is no file ${path}.`,
    { hint: 'Correct the path; it starts in `working-directory`.' },
  );
}
