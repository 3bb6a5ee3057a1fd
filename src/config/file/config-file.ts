import { DeployError } from '../../errors.ts';
import { resolvePath } from '../../paths.ts';
import type { Given } from '../given.ts';
import type { Workspace } from '../workspace.ts';
import { type ConfigDocument, parseConfig } from './document.ts';

/** Read without being asked for when it is there. */
const USUAL = 'slipway.yaml';

/** For a step whose release the file does not have. */
const NONE = 'none';

/** slipway.yaml; undefined for a job of inputs only. Throws `DeployErrors` with all that is wrong in it. */
export function readConfigFile(
  given: Given,
  { files, directory, toAnnotated }: Workspace,
): ConfigDocument | undefined {
  const written = given.text('config');
  if (written === NONE) return undefined;
  const path = resolvePath(directory(), written || USUAL);
  const text = files.kind(path) === 'file' ? files.read(path) : undefined;
  if (text !== undefined) return parseConfig(text, toAnnotated(path));
  if (written === '') return undefined;
  throw new DeployError(
    'config-file-missing',
    `\`config\` names \`${written}\`, but there is no file ${path}.`,
    {
      hint: 'Correct the path; it starts in `working-directory`.',
    },
  );
}
