import { copyFile } from 'node:fs/promises';
import { DeployError } from '../../errors.ts';
import type { Item } from './origin.ts';
import { KNOWN_HELM_VERSIONS } from './versions.ts';

/** `downloadTool` tries three times, 10 to 20 s apart; an answer of 4xx is final, but 408 and 429. */
const ATTEMPTS = 3;
const RETRIED = new Set([408, 429]);

/** Brings a file of the origin to `target`; `doing` begins every error message. */
export async function download(item: Item, target: string, doing: string): Promise<void> {
  try {
    if (item.kind === 'folder') return await copyFile(item.address, target);
    // Loaded here only: the import costs some 100 ms that a hit in the tool cache need not pay.
    const { downloadTool } = await import('@actions/tool-cache');
    await downloadTool(item.address, target);
  } catch (error) {
    throw toDeployError(error, item, doing);
  }
}

function toDeployError(error: unknown, item: Item, doing: string): DeployError {
  const { httpStatusCode: status, code } = error as { httpStatusCode?: number; code?: string };
  if (status === 404 || (item.kind === 'folder' && code === 'ENOENT')) {
    const answer = status === undefined ? '' : ' (404)';
    return new DeployError('tool-not-found', `${doing}: there is no ${item.shown}${answer}.`, {
      hint: `${MISSING[item.kind]} This release of the action knows helm ${KNOWN_HELM_VERSIONS.join(', ')}.`,
      cause: error,
    });
  }
  return new DeployError('tool-download-failed', `${doing}: ${reason(error, item)}.`, {
    hint: UNREACHABLE[item.kind],
    cause: error,
  });
}

function reason(error: unknown, item: Item): string {
  const {
    httpStatusCode: status,
    message,
    code,
  } = error as Error & { httpStatusCode?: number; code?: string };
  if (item.kind === 'folder') return `${item.shown} could not be read (${code ?? message})`;
  if (status === undefined)
    return `downloading ${item.shown} failed ${ATTEMPTS} times (${message || code})`;
  const times = status >= 500 || RETRIED.has(status) ? `, ${ATTEMPTS} times` : '';
  return `${item.shown} answered ${status}${times}`;
}

const MISSING: Readonly<Record<Item['kind'], string>> = {
  publisher: 'Check helm-version.',
  mirror: 'Check `helm-version`, or add the archive and its .sha256sum to `tool-mirror`.',
  folder:
    'Check `helm-version`, or add the archive and its .sha256sum to the `tool-mirror` folder.',
};

const UNREACHABLE: Readonly<Record<Item['kind'], string>> = {
  publisher:
    'Run the job again; where runners cannot reach get.helm.sh, set `tool-mirror` to a URL or a folder with the same files.',
  mirror: 'Check that `tool-mirror` is right and that this runner can read it without credentials.',
  folder: 'Check that `tool-mirror` is right and that this job may read it.',
};
